"""One account is signed in at one place at a time, and both sides are told."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.test import Client

from itrack.accounts.actions.stays import end_everywhere
from itrack.accounts.models import KnownDevice, Membership, Person
from itrack.accounts.rules_sessions import Ended
from itrack.foundation.models import AuditEntry
from itrack.foundation.tenancy.windows import reading, writing
from itrack.foundation.viewer import Role
from tests.accounts.browsers import CHROME, IPHONE, browser, guess, is_in, live, reasons, text_of, try_in
from tests.cast import PASSWORD, TODAY, Cast

NINE = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


@pytest.fixture
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(NINE, tick=False) as travel:
        yield travel


def test_the_newest_sign_in_holds_and_the_one_before_is_refused_on_its_next_click(cast: Cast) -> None:
    first, second = browser("tom"), browser("tom")

    assert is_in(second)
    assert not is_in(first)
    assert is_in(second), "what the first one asked changed nothing"
    assert reasons(cast, "tom") == ["replaced", ""]


def test_whoever_was_put_out_is_told_when_and_where_and_asked_if_it_was_them(cast: Cast, clock) -> None:
    first = browser("tom")
    clock.shift(timedelta(minutes=12))
    browser("tom", IPHONE)

    page = text_of(first.get("/", follow=True))

    assert "somebody signed in with your user name. Was this you?" in page
    assert "09:12" in page
    assert "Safari on iPhone" in page
    assert "It was not me" in page


def test_whoever_signs_in_is_told_whom_they_put_out_once(cast: Cast, clock) -> None:
    browser("tom")
    clock.shift(timedelta(minutes=12))
    second = browser("tom", IPHONE)

    page = text_of(second.get("/"))
    assert "You were signed in somewhere else too." in page
    assert "Chrome on Windows, since 09:00" in page
    assert "somewhere else" not in text_of(second.get("/"))


def test_the_note_waits_for_a_page_that_shows_it(cast: Cast) -> None:
    browser("tom")
    second = browser("tom")

    second.get("/nowhere")
    second.get("/", HTTP_ACCEPT="application/json")
    second.get("/sign-in", HTTP_HX_REQUEST="true")

    assert "somewhere else too" in text_of(second.get("/"))


def test_nobody_is_told_of_a_sign_in_that_had_lapsed(cast: Cast, clock) -> None:
    browser("tom")
    clock.shift(timedelta(minutes=31))
    second = browser("tom")

    assert "somewhere else" not in text_of(second.get("/"))
    assert reasons(cast, "tom") == ["idle", ""]


def test_it_was_not_me_ends_the_other_sign_in_at_once(cast: Cast) -> None:
    mine, theirs = browser("tom"), browser("tom", IPHONE)
    mine.get("/")

    page = text_of(mine.post("/sign-in/not-me", follow=True))

    assert "The other sign-in is over." in page
    assert not is_in(theirs)
    assert live(cast, "tom") == []
    assert reasons(cast, "tom") == ["replaced", "closed"]
    with reading(cast.oakfield):
        assert AuditEntry.objects.filter(verb="member.disowned", by_id=cast.tom.member).count() == 1


def test_whoever_was_disowned_is_told(cast: Cast) -> None:
    mine, theirs = browser("tom"), browser("tom", IPHONE)
    mine.get("/")
    mine.post("/sign-in/not-me")

    assert "This sign-in was ended from another browser." in text_of(theirs.get("/", follow=True))


def test_a_browser_that_was_disowned_is_a_stranger_again(cast: Cast) -> None:
    mine, theirs = browser("tom"), browser("tom", IPHONE)
    mine.get("/")
    mine.post("/sign-in/not-me")

    assert KnownDevice.objects.filter(person_id=cast.tom.person).count() == 1
    guess("tom", 5)
    assert try_in(theirs, "tom").status_code == 429
    assert try_in(mine, "tom").status_code == 302


def test_it_was_not_me_works_once_and_only_on_the_sign_in_it_was_said_of(cast: Cast) -> None:
    thief = browser("tom")
    browser("tom", IPHONE)
    thief.get("/")
    owner = browser("tom")

    page = text_of(thief.post("/sign-in/not-me", follow=True))

    assert "There was nothing left to end." in page
    assert is_in(owner)
    thief.post("/sign-in/not-me")
    assert is_in(owner)


def test_a_stranger_who_says_it_was_not_me_ends_nothing(cast: Cast) -> None:
    tom = browser("tom")

    answer = Client().post("/sign-in/not-me", {"person": str(cast.tom.person), "newer": "x", "school": "1"})

    assert answer.status_code == 303
    assert is_in(tom)


def test_a_script_is_told_why_in_json(cast: Cast) -> None:
    first = browser("tom")
    browser("tom")

    answers = [first.get("/", HTTP_ACCEPT="application/json") for _ in range(2)]

    assert [answer.status_code for answer in answers] == [401, 401]
    assert [json.loads(answer.content) for answer in answers] == [{"signed_out": True, "why": "replaced"}] * 2


def test_a_copied_cookie_is_worth_nothing_once_its_owner_has_signed_out(cast: Cast) -> None:
    tom, thief = browser("tom"), Client()
    thief.cookies["itrack_session"] = tom.cookies["itrack_session"].value
    assert is_in(thief), "the copy was good, so this proves something"

    tom.post("/sign-out")

    assert not is_in(thief)


def test_a_copied_cookie_goes_with_the_sign_in_it_was_copied_from(cast: Cast) -> None:
    tom, thief = browser("tom"), Client()
    thief.cookies["itrack_session"] = tom.cookies["itrack_session"].value

    assert try_in(tom, "tom").status_code == 302

    assert not is_in(thief)
    assert is_in(tom)


def test_a_session_planted_before_signing_in_is_worth_nothing_after_it(cast: Cast) -> None:
    planted = browser("gus").cookies["itrack_session"].value
    tom, thief = Client(), Client()
    tom.cookies["itrack_session"] = thief.cookies["itrack_session"] = planted

    assert try_in(tom, "tom").status_code == 302

    assert tom.cookies["itrack_session"].value != planted
    assert not is_in(thief)


@pytest.mark.parametrize("planted", ["x" * 32, "a" * 4000, "../../etc/passwd", "' or 1=1 --"])
def test_a_made_up_session_opens_nothing_and_is_not_taken_up(cast: Cast, planted: str) -> None:
    client = Client()
    client.cookies["itrack_session"] = planted

    assert not is_in(client)
    assert try_in(client, "tom").status_code == 302
    assert client.cookies["itrack_session"].value != planted


def test_the_back_button_shows_nothing_once_signed_out(cast: Cast) -> None:
    tom = browser("tom")
    shown = [tom.get(address) for address in ("/", "/pupils/", "/mark/", "/reports/")]

    assert all("no-store" in page["Cache-Control"] for page in shown)
    tom.post("/sign-out")
    assert not is_in(tom)


def test_a_new_password_ends_the_sign_in(cast: Cast) -> None:
    tom = browser("tom")

    end_everywhere(person=cast.tom.person, why=Ended.PASSWORD, at=NINE)

    assert "The password of this account was changed." in text_of(tom.get("/", follow=True))


def test_somebody_removed_is_out_on_their_next_click(cast: Cast) -> None:
    tom = browser("tom")

    with writing(cast.oakfield):
        Membership.objects.filter(pk=cast.tom.member).update(ended_on=TODAY)

    assert "Your account no longer opens this school." in text_of(tom.get("/", follow=True))
    assert try_in(tom, "tom").status_code == 422


def test_an_account_that_was_closed_is_out_on_its_next_click(cast: Cast) -> None:
    tom = browser("tom")

    Person.objects.filter(pk=cast.tom.person).update(is_active=False)

    assert not is_in(tom)


def test_somebody_with_a_smaller_role_has_it_on_their_next_click(cast: Cast) -> None:
    hana = browser("hana")
    assert hana.get("/school/subjects").status_code == 200

    with writing(cast.oakfield):
        Membership.objects.filter(pk=cast.hana.member).update(role=Role.ASSISTANT.value)

    assert hana.get("/school/subjects").status_code == 403


def test_half_an_hour_without_a_click_ends_a_sign_in(cast: Cast, clock) -> None:
    tom = browser("tom")
    for _ in range(4):
        clock.shift(timedelta(minutes=29))
        assert is_in(tom)

    clock.shift(timedelta(minutes=30))

    assert "nothing was clicked for a while" in text_of(tom.get("/", follow=True))
    assert reasons(cast, "tom") == ["idle"]


def test_twelve_hours_end_a_sign_in_however_busy(cast: Cast, clock) -> None:
    tom = browser("tom")
    for _ in range(12 * 60 // 20 - 1):
        clock.shift(timedelta(minutes=20))
        assert is_in(tom)

    clock.shift(timedelta(minutes=20))

    assert "your day here was long enough" in text_of(tom.get("/", follow=True))
    assert reasons(cast, "tom") == ["too long"]


def test_a_clock_set_back_ends_nobodys_sign_in_and_breaks_nothing(cast: Cast, clock) -> None:
    tom = browser("tom")
    guess("tom", 5)
    clock.shift(timedelta(hours=-3))

    assert is_in(tom)
    answer = try_in(Client(), "tom")
    assert (answer.status_code, answer["Retry-After"]) == (429, "15")
    clock.shift(timedelta(hours=3, minutes=20))
    assert is_in(tom)


def test_browsers_that_put_one_another_out_again_and_again_are_slowed_down(cast: Cast, clock) -> None:
    owner = browser("tom")
    answers = [try_in(Client(), "tom").status_code for _ in range(65)]

    assert answers == [302] * 60 + [429] * 5
    assert try_in(owner, "tom").status_code == 302, "a browser the account knows is counted on its own"
    assert is_in(owner)
    clock.shift(timedelta(minutes=15))
    assert try_in(Client(), "tom").status_code == 302


def test_a_new_password_lets_the_owner_in_however_often_strangers_came(cast: Cast, clock) -> None:
    for _ in range(25):
        try_in(Client(), "tom")

    end_everywhere(person=cast.tom.person, why=Ended.PASSWORD, at=NINE)

    assert try_in(Client(), "tom").status_code == 302


def test_the_same_browser_may_sign_in_again_and_keeps_one_sign_in(cast: Cast) -> None:
    tom = browser("tom", CHROME)
    for _ in range(5):
        assert try_in(tom, "tom", PASSWORD).status_code == 302

    assert is_in(tom)
    assert len(live(cast, "tom")) == 1
