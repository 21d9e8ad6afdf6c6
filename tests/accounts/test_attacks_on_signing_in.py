"""What is sent to the sign-in form by somebody who means harm, or by a program that is broken."""

import time

import pytest
from django.contrib.auth import hashers
from django.test import Client

from tests.accounts.browsers import is_in, text_of, try_in
from tests.cast import PASSWORD, Cast

ENTER = "/sign-in/enter"


def test_a_form_from_another_site_is_refused(cast: Cast) -> None:
    client = Client(enforce_csrf_checks=True)

    assert try_in(client, "tom").status_code == 403
    assert client.post("/sign-in/not-me").status_code == 403
    assert not is_in(client)


@pytest.mark.parametrize(
    "asked",
    [
        "//evil.example",
        "\\\\evil.example",
        "/\\evil.example",
        "https://evil.example/",
        "https:evil.example",
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        "data:text/html,x",
        "///evil.example",
        " //evil.example",
        "\t//evil.example",
        "http:///evil.example",
        "//evil.example\r\nSet-Cookie: a=b",
    ],
)
def test_after_signing_in_nobody_is_sent_to_another_site(cast: Cast, asked: str) -> None:
    answer = Client().post(ENTER, {"username": "tom", "password": PASSWORD, "next": asked})

    assert answer["Location"] == "/"
    assert "Set-Cookie" not in answer["Location"]


def test_after_signing_in_one_is_sent_to_the_page_one_asked_for(cast: Cast) -> None:
    answer = Client().post(ENTER, {"username": "tom", "password": PASSWORD, "next": "/pupils/?class=4B"})

    assert answer["Location"] == "/pupils/?class=4B"


@pytest.mark.parametrize(
    "name", ["tom\r\nSet-Cookie: a=b", "tom\x00", "tоm", "t\u200bom", "<script>alert(1)</script>", "x" * 10_000, ""]
)
def test_no_odd_name_gets_in_or_into_the_answer(cast: Cast, name: str) -> None:
    answer = try_in(Client(), name)

    assert answer.status_code == 422
    assert "a=b" not in str(answer.headers)
    assert "<script>alert" not in text_of(answer)


def test_a_password_of_ten_thousand_letters_is_answered_without_hashing(cast: Cast, monkeypatch) -> None:
    def hashed(*args: object, **named: object) -> None:
        pytest.fail("it was hashed")

    monkeypatch.setattr(hashers.get_hasher(), "encode", hashed)
    before = time.monotonic()

    answers = [try_in(Client(), name, "x" * 10_000).status_code for name in ("tom", "nobody-here")]

    assert answers == [422, 422]
    assert time.monotonic() - before < 2


@pytest.mark.parametrize("password", [PASSWORD + "\x00", "\x00", " " + PASSWORD, PASSWORD.upper()])
def test_a_password_that_is_nearly_right_is_wrong(cast: Cast, password: str) -> None:
    assert try_in(Client(), "tom", password).status_code == 422


@pytest.mark.parametrize(
    "kind", ["application/json", "text/plain", "application/xml", "multipart/form-data; boundary="]
)
def test_another_kind_of_content_signs_nobody_in(cast: Cast, kind: str) -> None:
    client = Client(raise_request_exception=False)

    answer = client.post(ENTER, data=f'{{"username": "tom", "password": "{PASSWORD}"}}', content_type=kind)

    assert answer.status_code in (400, 422)
    assert not is_in(client)


def test_a_field_sent_twice_counts_once(cast: Cast) -> None:
    answer = Client().post(ENTER, {"username": ["hana", "tom"], "password": ["Wrong-1", "Wrong-2"]})

    assert answer.status_code == 422
