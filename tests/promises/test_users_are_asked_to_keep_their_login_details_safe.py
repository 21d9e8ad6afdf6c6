"""P95: each test begins with somebody who has not been told, or not for a year."""

import re
from datetime import timedelta

import pytest
from django.test import Client

from itrack.accounts.models import Person, SecondFactor
from itrack.accounts.rules_passwords import advice_is_due
from itrack.foundation import clock
from itrack.foundation.models import AuditEntry
from itrack.foundation.tenancy.windows import writing
from itrack.promises.evidence import passwords
from tests.cast import NOW, PASSWORD, Cast
from tests.promises.breaking import what_is_seen

NAME = "users_are_asked_to_keep_their_login_details_safe"
YEAR = timedelta(days=365)


def last_told(cast: Cast, name: str, ago: timedelta | None) -> None:
    at = None if ago is None else clock.now() - ago
    Person.objects.filter(pk=cast.people[name].person).update(advised_at=at)


def enter(name: str, back: str = "") -> tuple[Client, str]:
    client = Client()
    answer = client.post("/sign-in/enter", {"username": name, "password": PASSWORD, "next": back})
    return client, answer["Location"]


@pytest.mark.parametrize("ago", [None, YEAR, 5 * YEAR], ids=["never", "a year ago", "long ago"])
def test_nobody_gets_in_before_they_have_read_it(cast: Cast, ago) -> None:
    last_told(cast, "tom", ago)

    client, then = enter("tom")

    assert then == "/keep-safe"
    assert client.get("/").status_code == 302
    page = client.get("/keep-safe").content.decode()
    assert "Keep your account safe" in page
    assert "nobody will ever ask for it" in page
    assert client.get("/").status_code == 302, "looking at the page is not reading it"


def test_reading_it_lets_them_in_where_they_were_going_and_is_noted(cast: Cast) -> None:
    last_told(cast, "tom", None)
    client, then = enter("tom", "/pupils/")
    assert then == "/keep-safe?next=%2Fpupils%2F"
    [back] = re.findall(r'name="next" value="([^"]*)"', client.get(then).content.decode())

    answer = client.post("/keep-safe/read", {"next": back})

    assert answer["Location"] == "/pupils/"
    assert client.get("/").status_code == 200
    told = Person.objects.get(pk=cast.tom.person).advised_at
    assert told is not None
    assert clock.now() - told < timedelta(minutes=1)
    with writing(cast.oakfield):
        [entry] = AuditEntry.objects.filter(school_id=cast.oakfield, verb="advice.read")
    assert (entry.by_id, entry.subject_id) == (cast.tom.member, cast.tom.member)
    assert enter("tom")[1] == "/"


def test_within_the_year_nobody_is_asked_again(cast: Cast) -> None:
    last_told(cast, "tom", YEAR - timedelta(hours=1))

    assert enter("tom")[1] == "/"
    assert not advice_is_due(last=NOW, now=NOW + YEAR - timedelta(seconds=1))
    assert advice_is_due(last=NOW, now=NOW + YEAR)


def test_a_stranger_finds_neither_the_page_nor_a_way_in(cast: Cast) -> None:
    last_told(cast, "tom", None)
    stranger = Client()

    assert stranger.get("/keep-safe")["Location"] == "/sign-in"
    assert stranger.post("/keep-safe/read")["Location"] == "/sign-in"
    assert stranger.get("/").status_code == 302


def test_it_is_no_way_round_a_second_factor(cast: Cast) -> None:
    last_told(cast, "hana", None)
    SecondFactor.objects.create(person_id=cast.hana.person, kind="app", sealed="x", added_at=NOW)

    client, then = enter("hana")

    assert then == "/second-factor"
    assert client.post("/keep-safe/read")["Location"] == "/sign-in"
    assert client.get("/").status_code == 302


def test_the_evidence_sees_somebody_who_came_in_unasked(cast: Cast) -> None:
    enter("tom")
    assert what_is_seen(NAME)["state"] == "holding"

    last_told(cast, "tom", 2 * YEAR)

    told = what_is_seen(NAME)
    assert told["state"] == "failing"
    assert "1 of them more than a year after they were last told" in told["observed"]


@pytest.mark.parametrize("page", ["accounts/keep_safe.html", "accounts/invitation.html", "accounts/keeping_safe.html"])
def test_the_evidence_sees_a_page_without_the_words(cast: Cast, monkeypatch, page: str) -> None:
    whole = passwords.written
    monkeypatch.setattr(passwords, "written", lambda name: "" if name == page else whole(name))

    assert what_is_seen(NAME)["state"] == "failing"


def test_the_evidence_has_figures_where_nobody_is_yet(db) -> None:
    told = what_is_seen(NAME)

    assert told["state"] == "holding", told["observed"]
    assert "0 accounts have signed in" in told["observed"]
