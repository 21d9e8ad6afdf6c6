"""P20: hostile values in every part of every address and form. Never a breakdown, never a changed question."""

from contextlib import contextmanager

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from itrack.foundation.routes import Route, every_route
from itrack.promises.evidence import catalog
from itrack.promises.evidence.parameters import HOSTILE
from tests.architecture.heard import field_names
from tests.architecture.world import WORDS, World, address, ask, stored
from tests.cast import PASSWORD
from tests.promises.breaking import broken, what_is_seen

NAME = "every_value_a_page_takes_is_checked_before_it_is_used"
MARK = "zqx"  # stands in every hostile text, so that its way can be followed
TEXTS = (
    *(MARK + text for text in HOSTILE),
    MARK + "\x00",
    MARK + "A" * 5000,
    MARK + "🦉\ud7ff",
    f"{MARK}\r\nSet-Cookie: a=b",
)
NUMBERS = ("0", "1" * 18, "9" * 40, "9223372036854775808")
ODD = ("", "-1", "1.5", "1e9", "NaN", "٣", " 7 ", "7,7,7", "[]", "null")


@contextmanager
def questions():
    """The text of every statement sent meanwhile, without its values."""
    sent: list[str] = []

    def note(execute, sql, params, many, context):
        sent.append(str(sql))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(note):
        yield sent


def names(world: World) -> list[str]:
    """Every field of every form, every name of an id, and what pages ask of their address beside."""
    return sorted({*field_names(), *world.ours.ids, "page", "next", "saved", "columns", "done", "as_at", "year", "q"})


def attack(world: World, client, route: Route, url: str, sent: dict[str, object]) -> str:
    """What went wrong, or ""."""
    with questions() as asked:
        answer = ask(client, route, url, sent)
    if answer.status_code >= 500:
        return f"{route.pattern} breaks down on {sent}"[:300]
    if any(MARK in question for question in asked):
        return f"{route.pattern} makes a question of {sent}"[:300]
    return ""


def routes(world: World, name: str) -> list[Route]:
    who = world.cast.people[name]
    return [route for route in every_route() if route.declared.may.admits(who) and route.name != "sign-out"]


@pytest.mark.parametrize("text", [TEXTS[0], TEXTS[1], MARK + "\x00", NUMBERS[2], "-1", ""], ids=repr)
def test_no_text_in_every_field_at_once_breaks_a_page_or_changes_a_question(world: World, text: str) -> None:
    client, before = world.client("ada"), stored(world.ours.id)
    sent = dict.fromkeys(names(world), text) | {f"{world.ours.ids['pupil']}-{world.ours.ids['subject']}": text}

    wrong = [attack(world, client, route, address(route, world.ours), sent) for route in routes(world, "ada")]

    assert not [one for one in wrong if one]
    assert stored(world.ours.id) == before


@pytest.mark.parametrize("text", [*NUMBERS, "1'--", "%00", "..", "7%2F8", "x" * 3000, "-1", "%F0%9F%A6%89"])
def test_no_text_in_an_address_breaks_a_page(world: World, text: str) -> None:
    client, wrong = world.client("ada"), []

    for route in [route for route in routes(world, "ada") if route.parameters]:
        for varied in route.parameters:
            url = "/" + route.pattern
            for name, kind in route.parameters.items():
                known = WORDS.get(name) or world.ours.ids[name]
                url = url.replace(f"<{kind}:{name}>", text if name == varied else str(known))
            answer = ask(client, route, url)
            if answer.status_code >= 500 or answer.status_code == 200:
                wrong.append(f"{url[:80]} answers {answer.status_code}")

    assert not wrong, wrong


TEXT = st.sampled_from([*TEXTS, *NUMBERS, *ODD]) | st.text(max_size=60).map(lambda text: MARK + text)


@settings(
    max_examples=100, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(data=st.data())
def test_no_text_in_one_field_among_good_ones_breaks_a_page(world: World, signed_in, data) -> None:
    route = data.draw(st.sampled_from(routes(world, "ada")))
    field, text = data.draw(st.sampled_from(names(world))), data.draw(TEXT)
    good = {**world.ours.ids, "year": "2026", "name": "4 Alder", "day": "2026-11-23", "pupils": world.ours.ids["pupil"]}

    assert not attack(world, signed_in, route, address(route, world.ours), {**good, field: text})


@pytest.fixture
def signed_in(world: World):
    return world.client("ada")


@pytest.mark.parametrize("text", TEXTS[:14])
def test_a_guess_at_signing_in_is_a_value_too(db, client, text: str) -> None:
    with questions() as asked:
        answer = client.post("/sign-in/enter", {"username": text, "password": text, "next": text})

    assert answer.status_code == 422
    assert not [question for question in asked if MARK in question]


@pytest.mark.parametrize(
    "back", ["https://evil.example/", "//evil.example/", "javascript:alert(1)", "\\\\evil.example"]
)
def test_signing_in_sends_nobody_away_from_here(world: World, client, back: str) -> None:
    answer = client.post("/sign-in/enter", {"username": "ada", "password": PASSWORD, "next": back})

    assert answer["Location"] == "/"


@pytest.mark.parametrize("content", [b"", b"\x00\xff\xfe", b"<CTfile>", b"PK\x03\x04broken", MARK.encode() * 500])
def test_no_file_breaks_the_page_that_takes_files(world: World, content: bytes) -> None:
    client = world.client("olu")

    with questions() as asked, transaction.atomic():
        answer = client.post("/import/file", {"file": SimpleUploadedFile("x.xml", content)})

    assert answer.status_code == 422
    assert not [question for question in asked if MARK in question]


def test_the_evidence_turns_when_the_program_could_change_the_school_inside_a_question(db, monkeypatch) -> None:
    assert what_is_seen(NAME)["state"] == "holding"

    monkeypatch.setattr(catalog, "PROGRAM", "itrack_owner")  # who may do all that the program may not

    told = what_is_seen(NAME)
    assert told["state"] == "failing"
    assert "changing the school" in told["observed"]


def test_the_evidence_turns_when_the_program_may_make_tables(db) -> None:
    with broken("grant create on schema public to itrack_app", "revoke create on schema public from itrack_app"):
        told = what_is_seen(NAME)

    assert told["state"] == "failing"
    assert "making tables" in told["observed"]


def test_the_evidence_turns_when_an_address_takes_any_text(db, settings) -> None:
    settings.ROOT_URLCONF = "tests.promises.careless_urls"

    told = what_is_seen(NAME)

    assert told["state"] == "failing"
    assert "careless/<name>" in told["observed"]
