"""Help with a lost password or user name: by mail to the registered address, told alike to everybody who asks."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.contrib.auth import hashers
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from itrack.accounts.actions.links import make_link
from itrack.accounts.api import end_place
from itrack.accounts.models import Link, Membership, Person
from itrack.accounts.rules_links import Purpose
from itrack.foundation import clock
from itrack.foundation.models import AuditEntry
from itrack.foundation.tenancy.windows import writing
from tests.accounts.post import jobs, link_in, post
from tests.cast import PASSWORD, TODAY, Cast

NEW = "Gondola-Badger-trumpet-9"


@pytest.fixture(autouse=True)
def addresses(cast: Cast) -> None:
    for name in ("tom", "theo"):
        Person.objects.filter(username=name).update(email=f"{name}@school.example")


def ask(typed: str, lost: str = "password", client: Client | None = None):
    return (client or Client()).post("/forgotten/ask", {"typed": typed, "lost": lost})


def letter_for(typed: str, lost: str = "password"):
    ask(typed, lost)
    [letter] = post(clock.now())
    return letter


def come(path: str) -> Client:
    client = Client()
    assert client.get(path).status_code == 302
    return client


def set_new(client: Client, password: str = NEW):
    return client.post("/new-password/set", {"password": password})


def enters(password: str, name: str = "tom") -> bool:
    return Client().post("/sign-in/enter", {"username": name, "password": password}).status_code == 302


@pytest.mark.parametrize("typed", ["tom", "TOM ", "tom@school.example", "Tom@School.Example"])
def test_the_link_goes_to_the_registered_address_and_sets_a_new_password(cast: Cast, typed: str) -> None:
    letter = letter_for(typed)
    client = come(link_in(letter))
    page = client.get("/new-password").content.decode()

    answer = set_new(client)

    assert letter.to == ["tom@school.example"]
    assert "Set a new password" in page
    assert (answer.status_code, answer["Location"]) == (302, "/")
    assert "Tom Teacher" in client.get("/").content.decode()
    assert enters(NEW)
    assert not enters(PASSWORD)


def test_the_user_name_goes_to_the_registered_address_alone(cast: Cast) -> None:
    answer = ask("tom@school.example", "name")
    [letter] = post(clock.now())

    assert letter.to == ["tom@school.example"]
    assert "\n\ntom\n\n" in letter.body
    assert "tom" not in Client().get(answer["Location"]).content.decode().replace("custom", "")
    assert Link.objects.count() == 0


def counted(typed: str, lost: str, monkeypatch) -> tuple[int, int, str, dict[str, str]]:
    """Questions to the database, jobs, page and headers of one request for help; no password is hashed for any."""

    def never(*_: object, **__: object) -> None:
        raise AssertionError("a hash takes time")

    monkeypatch.setattr(hashers.Argon2PasswordHasher, "verify", never)
    before, client = len(jobs()), Client()
    with CaptureQueriesContext(connection) as asked:
        answer = ask(typed, lost, client)
        work = len(asked)
    page = re.sub(r'nonce="[^"]*"', "", client.get(answer["Location"]).content.decode())
    headers = {name: value for name, value in answer.headers.items() if name != "Content-Security-Policy"}
    return work, len(jobs()) - before, page, headers


@pytest.mark.parametrize("lost", ["password", "name"])
def test_known_and_unknown_get_the_same_answer_for_the_same_work(cast: Cast, lost: str, monkeypatch) -> None:
    known = counted("tom", lost, monkeypatch)

    for other in ("nobody", "nobody@school.example", "tom@school.example", "olu", "x" * 254):
        assert counted(other, lost, monkeypatch) == known, other
    assert known[0] > 1
    assert known[1] == 1


def test_the_queue_holds_an_id_and_not_what_was_typed(cast: Cast) -> None:
    ask("tom@school.example")
    ask("nobody@school.example")

    assert [job.args for job in jobs()] == [{"person": cast.tom.person}, {"person": 0}]


def test_who_has_no_address_no_account_or_no_place_any_more_gets_no_mail(cast: Cast) -> None:
    with writing(cast.oakfield):
        end_place(school=cast.oakfield, member=cast.tom.member, on=TODAY, by=None, at=clock.now())

    for typed in ("olu", "nobody", "tom"):
        ask(typed)
        ask(typed, "name")

    assert post(clock.now()) == []
    assert Link.objects.count() == 0


def test_an_invited_person_cannot_come_in_by_forgetting_instead(cast: Cast) -> None:
    Person.objects.create(email="nia@oakfield.example", password="!")

    ask("nia@oakfield.example")

    assert post(clock.now()) == []


def test_a_link_sets_one_password_and_then_leads_nowhere(cast: Cast) -> None:
    path = link_in(letter_for("tom"))
    first, second = come(path), come(path)
    set_new(first)

    late, again = set_new(second, "Meadow-kettle-Pelican-31"), Client().get(path)

    assert late.status_code == again.status_code == 410
    assert enters(NEW)


def test_a_link_is_good_for_an_hour(cast: Cast) -> None:
    path = link_in(letter_for("tom"))
    client = come(path)

    with time_machine.travel(clock.now() + timedelta(minutes=61)):
        assert set_new(client).status_code == 410
        assert "one hour" in Client().get(path).content.decode()
    assert enters(PASSWORD)


def test_the_newest_link_alone_is_good(cast: Cast) -> None:
    first = link_in(letter_for("tom"))
    second = link_in(letter_for("tom"))

    assert "A newer mail has replaced this link" in Client().get(first).content.decode()
    assert set_new(come(second)).status_code == 302


def test_setting_a_new_password_signs_everybody_else_out(cast: Cast) -> None:
    thief = cast.client("tom")
    assert thief.get("/").status_code == 200

    set_new(come(link_in(letter_for("tom"))))

    assert thief.get("/").status_code == 302
    assert "The password of this account was changed." in thief.get("/sign-in").content.decode()


def test_a_second_factor_is_still_asked_for(cast: Cast) -> None:
    from itrack.accounts.models import SecondFactor

    SecondFactor.objects.create(person_id=cast.tom.person, kind="app", sealed="x", added_at=clock.now())
    client = come(link_in(letter_for("tom")))

    answer = set_new(client)

    assert answer["Location"] == "/second-factor"
    assert client.get("/").status_code == 302


def test_a_link_opens_its_owners_account_whoever_is_signed_in(cast: Cast) -> None:
    path = link_in(letter_for("theo"))
    client = cast.client("tom")
    client.get(path)

    set_new(client)

    assert enters(PASSWORD, "tom")
    assert enters(NEW, "theo")


@pytest.mark.parametrize("password", ["", "short", "x" * 10_000, "Oakfield-Primary-2026"])
def test_a_weak_password_is_refused_and_the_link_stays_good(cast: Cast, password: str) -> None:
    client = come(link_in(letter_for("tom")))

    refused = set_new(client, password)

    assert refused.status_code == 422
    assert not password or password not in refused.content.decode()
    assert set_new(client).status_code == 302


@pytest.mark.parametrize("typed", ["", " ", "x" * 10_000, "tom\x00"])
def test_what_can_be_nobodys_name_is_answered_and_queues_nothing(cast: Cast, typed: str) -> None:
    assert ask(typed).status_code == 422
    assert jobs() == []


@pytest.mark.parametrize("lost", ["", "everything", "password\r\nX-Evil: 1"])
def test_only_two_things_can_be_lost(cast: Cast, lost: str) -> None:
    assert ask("tom", lost).status_code == 422


@pytest.mark.parametrize("typed", ["tom", "nobody"])
def test_nobodys_mailbox_can_be_filled(cast: Cast, typed: str) -> None:
    seen = [ask(typed).status_code for _ in range(9)]

    assert seen[0] == 302
    assert seen[-1] == 429
    assert len(jobs()) < 9
    assert ask("olu").status_code == 302, "others are not held up"


def test_the_schools_audit_log_keeps_the_trail(cast: Cast) -> None:
    set_new(come(link_in(letter_for("tom"))))

    with writing(cast.oakfield):
        said = list(AuditEntry.objects.filter(subject_id=cast.tom.member).values_list("verb", flat=True))
    assert {"password.sent", "password.set"} <= set(said)


def test_the_host_a_request_claims_is_in_no_mail(cast: Cast, settings) -> None:
    settings.ALLOWED_HOSTS = ["*"]

    Client().post("/forgotten/ask", {"typed": "tom", "lost": "password"}, headers={"host": "evil.example"})
    [letter] = post(clock.now())

    assert "evil.example" not in letter.body
    assert settings.ADDRESS in letter.body


def test_nothing_a_stranger_adds_sends_them_elsewhere_afterwards(cast: Cast) -> None:
    client = come(link_in(letter_for("tom")))

    answer = client.post("/new-password/set?next=//evil.example", {"password": NEW, "next": "https://evil.example/"})

    assert answer["Location"] == "/"


def test_a_person_has_one_waiting_link_even_if_two_workers_write_at_once(cast: Cast) -> None:
    for _ in range(3):
        make_link(person=cast.tom.person, purpose=Purpose.PASSWORD, school=None, at=clock.now())

    assert Link.objects.filter(expires_at__gt=clock.now(), used_at__isnull=True).count() == 1
    with writing(cast.oakfield):
        assert Membership.objects.get(pk=cast.tom.member).ended_on is None
