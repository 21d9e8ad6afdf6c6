"""School, Signing in: what leaders settle for a role holds from the next click of everybody who has it."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.contrib.sessions.models import Session
from django.test import Client

from itrack.accounts.actions.tidying import forget_old_sessions, forget_old_sign_ins
from itrack.accounts.api import settle_role
from itrack.accounts.models import SignIn
from itrack.accounts.queries.roles import limits_by_role
from itrack.accounts.rules_sessions import GUARDED, Limits
from itrack.foundation.refusal import Refused
from itrack.foundation.tenancy.windows import reading, writing
from itrack.foundation.viewer import Role
from tests.accounts.browsers import browser, is_in, text_of
from tests.cast import Cast

NINE = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


@pytest.fixture
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(NINE, tick=False) as travel:
        yield travel


def form(**changed: str) -> dict[str, str]:
    """What the page sends as it stands, with these fields changed; a tick that is taken away is not sent."""
    usual = {f"{role}_idle": "30" for role in Role} | {f"{role}_hours": "12" for role in Role}
    return usual | changed


def settle(client: Client, **changed: str):
    return client.post("/school/signing-in/settle", form(**changed))


def test_a_leader_reads_what_holds_and_changes_it(cast: Cast) -> None:
    hana = cast.client("hana")
    assert "Signed out after minutes without a click" in text_of(hana.get("/school/signing-in"))

    answer = hana.post("/school/signing-in/settle", form(teacher_idle="10", governor_hours="2"), follow=True)

    assert "Saved." in text_of(answer)
    with reading(cast.oakfield):
        held = limits_by_role(school=cast.oakfield)
    assert held[Role.TEACHER].idle == timedelta(minutes=10)
    assert held[Role.GOVERNOR].longest == timedelta(hours=2)
    assert held[Role.OFFICE].idle == timedelta(minutes=30)


@pytest.mark.parametrize("name", ["tom", "sena", "olu", "asha", "gus"])
def test_nobody_but_a_leader_settles_anything(cast: Cast, name: str) -> None:
    client = cast.client(name)

    assert client.get("/school/signing-in").status_code == 403
    assert settle(client, teacher_idle="240").status_code == 403


def test_a_shorter_wait_holds_from_the_next_click(cast: Cast, clock) -> None:
    tom, hana = browser("tom"), browser("hana")
    clock.shift(timedelta(minutes=12))

    settle(hana, teacher_idle="10")

    assert "nothing was clicked for a while" in text_of(tom.get("/", follow=True))
    assert is_in(hana)


def test_a_shorter_day_holds_from_the_next_click(cast: Cast, clock) -> None:
    tom, hana = browser("tom"), browser("hana")
    for _ in range(4):
        clock.shift(timedelta(minutes=20))
        assert is_in(tom)
        assert is_in(hana)

    settle(hana, teacher_hours="1")

    assert "your day here was long enough" in text_of(tom.get("/", follow=True))


def test_a_longer_wait_holds_too(cast: Cast, clock) -> None:
    tom, hana = browser("tom"), browser("hana")
    settle(hana, teacher_idle="60")

    clock.shift(timedelta(minutes=59))

    assert is_in(tom)


def test_a_second_proof_asked_for_ends_sign_ins_without_one(cast: Cast) -> None:
    tom, hana = browser("tom"), browser("hana")

    settle(hana, teacher_factor="on")

    assert "now asks for a second proof" in text_of(tom.get("/", follow=True))
    assert is_in(hana)


@pytest.mark.parametrize("role", sorted(GUARDED))
def test_outside_the_trial_no_school_gives_up_the_second_proof_of_who_sees_everything(
    cast: Cast, settings, role: Role
) -> None:
    settings.TRIAL = False
    with writing(cast.oakfield), pytest.raises(Refused, match="always give a second proof"):
        settle_role(school=cast.oakfield, role=role, limits=Limits(), by=cast.ada.member, at=NINE)


def test_outside_the_trial_the_page_asks_for_those_proofs_whatever_is_sent(cast: Cast, settings) -> None:
    hana = cast.client("hana")
    settings.TRIAL = False

    assert "Leaders, the SENCO and the office always give one" in text_of(hana.get("/school/signing-in"))
    settle(hana, teacher_idle="20")

    with reading(cast.oakfield):
        held = limits_by_role(school=cast.oakfield)
    assert {role for role in Role if held[role].second_factor} == GUARDED
    assert held[Role.TEACHER].idle == timedelta(minutes=20)


def test_teachers_see_the_whole_school_when_leaders_say_so(cast: Cast) -> None:
    settle(cast.client("hana"), whole_school="on")

    with reading(cast.oakfield):
        held = limits_by_role(school=cast.oakfield)
    assert held[Role.TEACHER].whole_school
    assert not held[Role.ASSISTANT].whole_school


@pytest.mark.parametrize(
    "changed",
    [
        {"teacher_idle": "4"},
        {"teacher_idle": "241"},
        {"head_hours": "25"},
        {"head_hours": ""},
        {"office_idle": "often"},
    ],
)
def test_what_is_out_of_bounds_is_told_and_nothing_is_saved(cast: Cast, changed: dict[str, str]) -> None:
    with reading(cast.oakfield):
        before = limits_by_role(school=cast.oakfield)

    answer = settle(cast.client("hana"), senco_idle="20", **changed)

    assert answer.status_code == 422
    assert "Give a number from" in text_of(answer)
    with reading(cast.oakfield):
        assert limits_by_role(school=cast.oakfield) == before


def test_what_one_school_settles_leaves_the_other_alone(cast: Cast) -> None:
    settle(cast.client("hana"), head_idle="5")

    with reading(cast.thornhill):
        assert limits_by_role(school=cast.thornhill)[Role.HEAD].idle == timedelta(minutes=30)


def test_sign_ins_unseen_for_two_weeks_and_lapsed_cookies_are_thrown_away(cast: Cast, clock) -> None:
    browser("tom")
    clock.shift(timedelta(days=10))
    browser("hana")
    clock.shift(timedelta(days=4, minutes=1))
    now = datetime.now(UTC)

    with writing(cast.oakfield):
        assert forget_old_sign_ins(school=cast.oakfield, at=now) == 1
        assert list(SignIn.objects.values_list("member__name", flat=True)) == ["Hana Head"]
    assert forget_old_sessions(at=now) == 2
    assert not Session.objects.exists()
