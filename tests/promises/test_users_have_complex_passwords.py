"""P94: each test begins with somebody trying to have a password that is not complex."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from itrack.accounts.actions.links import make_link
from itrack.accounts.api import add_member
from itrack.accounts.models import Membership, Person
from itrack.accounts.rules_links import Purpose
from itrack.accounts.rules_passwords import faults
from itrack.accounts.rules_words import WORDS, generated
from itrack.foundation import clock
from itrack.foundation.refusal import Refused
from itrack.foundation.tenancy.windows import writing
from itrack.foundation.viewer import Role
from itrack.promises.evidence import passwords as evidence
from itrack.promises.evidence import source
from tests.cast import NOW, PASSWORD, Cast
from tests.promises.breaking import what_is_seen

NAME = "users_have_complex_passwords"
GOOD = "mint-Bungalow-saucepan-8"

Way = Callable[[Cast, str], int]


def by_invitation(cast: Cast, password: str) -> int:
    """Somebody new takes up an invitation with this password; tells whose account it is."""
    with writing(cast.oakfield):
        person = Person.objects.create(email=f"nia{Person.objects.count()}@oakfield.example")
        Membership.objects.create(school_id=cast.oakfield, person=person, name="Nia Nightjar", role="teacher")
    token = make_link(person=person.pk, purpose=Purpose.INVITATION, school=cast.oakfield, at=clock.now())
    browser = Client()
    browser.get(f"/invitation/{token}")
    browser.post("/invitation/take-up", {"username": f"nia{person.pk}", "password": password})
    return person.pk


def by_mail(cast: Cast, password: str) -> int:
    """Tom has lost his."""
    token = make_link(person=cast.tom.person, purpose=Purpose.PASSWORD, school=None, at=clock.now())
    browser = Client()
    browser.get(f"/new-password/{token}")
    browser.post("/new-password/set", {"password": password})
    return cast.tom.person


def by_choice(cast: Cast, password: str) -> int:
    """Hana changes hers, signed in."""
    cast.client("hana").post("/account/password/set", {"current": PASSWORD, "password": password})
    return cast.hana.person


def for_the_trial(cast: Cast, password: str) -> int:
    name = f"trial{Person.objects.count()}"
    facts = {"name": "Tria Trial", "job_title": "", "role": Role.TEACHER, "by": None, "at": NOW}
    with writing(cast.oakfield):
        try:
            add_member(school=cast.oakfield, username=name, password=password, **facts)
        except Refused:
            return 0
    return Person.objects.get(username=name).pk


WAYS: tuple[Way, ...] = (by_invitation, by_mail, by_choice, for_the_trial)

words = st.lists(st.sampled_from(WORDS), min_size=3, max_size=5).map("-".join)
weak = st.one_of(
    words,  # neither capital nor digit
    words.map(str.upper).map(lambda text: text + "-8"),
    words.map(lambda text: text + "-8"),
    words.map(lambda text: text.capitalize() + "-x"),
    words.map(lambda text: text.capitalize()[:12] + "-8"),
    words.map(lambda text: "Oakfield-" + text + "-8"),
    words.map(lambda text: text.capitalize() + "-23456"),
    words.map(lambda text: (text.capitalize() + "8") * 20),
    st.sampled_from(["Aa1Aa1Aa1Aa1Aa1", "Monkey1Monkey1Mon", "Password-1234567", "", " " * 20, "A1a" + "\t" * 15]),
)
by_each = settings(
    max_examples=25, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


def has(person: int, password: str) -> bool:
    from django.contrib.auth.hashers import check_password

    return check_password(password, Person.objects.get(pk=person).password) if person else False


@pytest.mark.parametrize("way", WAYS)
@by_each
@given(password=weak)
def test_no_way_to_a_password_lets_a_weak_one_through(way: Way, cast: Cast, password: str) -> None:
    assert not has(way(cast, password), password)


@pytest.mark.parametrize("way", WAYS)
def test_every_way_to_a_password_takes_one_that_is_made_up(cast: Cast, way: Way) -> None:
    for _ in range(5):
        offered = generated(avoid=["Oakfield Primary School", "Hana Head", "Nia Nightjar", "Tria Trial"])

        person = way(cast, offered)

        assert has(person, offered)
        Person.objects.filter(pk=cast.hana.person).update(password=Person.objects.get(pk=cast.ada.person).password)


@by_each
@given(st.text(max_size=140))
def test_what_is_accepted_holds_all_three_kinds_and_fifteen_characters(password: str) -> None:
    if not faults(password, words=[], second_factor=False):
        assert any(sign.isupper() for sign in password)
        assert any(sign.islower() for sign in password)
        assert any(sign.isdecimal() for sign in password)
        assert len(password) >= 15


def test_the_evidence_counts_what_it_tried_and_what_is_stored(cast: Cast) -> None:
    told, weak_ones = what_is_seen(NAME), len(evidence.WEAK)

    assert told["state"] == "holding", told["observed"]
    assert f"Of {weak_ones} weak passwords tried just now {weak_ones} were refused" in told["observed"]
    assert "15 to 128 characters" in told["observed"]
    assert f"{len(cast.people)} passwords are stored" in told["observed"]


def test_the_evidence_turns_when_the_rule_is_switched_off(cast: Cast, settings) -> None:
    settings.PASSWORD_CLASSES = False

    told = what_is_seen(NAME)

    assert told["state"] == "failing"
    assert "any characters do" in told["observed"]


def test_the_evidence_turns_when_the_rules_let_anything_pass(cast: Cast, monkeypatch) -> None:
    monkeypatch.setattr(evidence, "faults", lambda password, **rules: [])

    assert what_is_seen(NAME)["state"] == "failing"


@pytest.mark.parametrize(
    "change",
    [
        {"password_set_at": None},
        {"password_set_at": clock.now() - timedelta(minutes=5)},
        {"password": "plain$mint-Bungalow-saucepan-8"},
    ],
    ids=["no time", "a time without an entry", "no hash of ours"],
)
def test_the_evidence_turns_when_a_password_came_past_the_rules(cast: Cast, change: dict[str, object]) -> None:
    Person.objects.filter(pk=cast.tom.person).update(**change)

    told = what_is_seen(NAME)

    assert told["state"] == "failing"
    assert "1 came past the rules" in told["observed"] or "1 of them of another kind" in told["observed"]


@pytest.mark.parametrize(
    "careless",
    [
        "def reset_for(person): Person.objects.filter(pk=person).update(password=make_password('x'))",
        "def reset_for(person): person.password = 'x'",
        "def let_in(person, typed): return check_password(typed, person.password)",
    ],
)
def test_the_evidence_sees_a_function_that_goes_round_the_engine(db, monkeypatch, careless: str) -> None:
    whole = (*source.texts(), ("itrack.staff.actions.careless", careless))
    monkeypatch.setattr(source, "texts", lambda: whole)

    told = what_is_seen(NAME)

    assert told["state"] == "failing"
    assert "itrack.staff.actions.careless." in told["observed"]


def test_the_column_of_passwords_is_closed_to_the_reading_window(db) -> None:
    with connection.cursor() as cursor:
        cursor.execute("select has_table_privilege('itrack_reader', 'accounts_person', 'select, update, insert')")
        assert cursor.fetchone() == (False,)
