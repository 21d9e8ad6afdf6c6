"""P48: a second sign-in puts the first out, by whatever way it came, and both are told."""

import pytest
from django.test import Client

from itrack.accounts.api import end_everywhere
from itrack.accounts.models import Membership, Person, SignIn
from itrack.accounts.rules_sessions import Ended
from itrack.foundation import clock
from itrack.foundation.tenancy.windows import writing
from itrack.promises.evidence import signing_in
from tests.accounts.browsers import browser, is_in, text_of, try_in
from tests.architecture.world import World
from tests.promises.breaking import what_is_seen

NAME = "an_account_is_signed_in_at_one_place_at_a_time"


def test_of_two_browsers_the_first_is_refused_on_its_next_click_and_both_are_told(world: World) -> None:
    first, second = browser("tom"), browser("tom")

    assert "signed in somewhere else too" in text_of(second.get("/"))
    refused = first.get("/", follow=True)
    assert "somebody signed in with your user name" in text_of(refused)
    assert is_in(second)
    assert not is_in(first)


def test_a_sign_in_row_that_was_opened_again_lets_nobody_in(world: World) -> None:
    first, second = browser("tom"), browser("tom")
    with writing(world.ours.id):
        SignIn.objects.filter(member_id=world.cast.tom.member).update(ended_at=None, ended="")

    assert not is_in(first)
    assert is_in(second)


def test_a_copied_cookie_is_out_with_the_sign_in_it_was_copied_from(world: World) -> None:
    tom, thief = browser("tom"), Client()
    thief.cookies["itrack_session"] = tom.cookies["itrack_session"].value
    assert is_in(thief), "the copy is good, so this can fail"

    browser("tom")

    assert not is_in(thief)
    assert not is_in(tom)


def test_no_address_gets_round_it(world: World) -> None:
    first = browser("tom")
    browser("tom")
    key = first.session.get("key")

    for address in ("/?key=" + str(key), "/pupils/?sessionid=1", "/mark/?as=tom"):
        answer = first.get(address)
        assert answer.status_code == 302, address
        assert answer["Location"].startswith("/sign-in")


def test_a_new_password_ends_the_sign_in_that_holds(world: World) -> None:
    tom = browser("tom")
    assert is_in(tom)

    end_everywhere(person=world.cast.tom.person, why=Ended.PASSWORD, at=clock.now())

    assert not is_in(tom)


def test_somebody_at_two_schools_is_on_at_one(world: World) -> None:
    tom = browser("tom")
    with writing(world.theirs.id):
        Membership.objects.create(
            school_id=world.theirs.id,
            person_id=world.cast.tom.person,
            name="Tom Teacher",
            job_title="Supply",
            role="teacher",
            joined_at=clock.now(),
        )

    again = Client()
    assert try_in(again, "tom").status_code == 302

    assert not is_in(tom)
    assert is_in(again)


def test_the_evidence_counts_one_place_each(world: World) -> None:
    browser("tom")
    browser("hana")

    told = what_is_seen(NAME)

    assert told["state"] == "holding"
    assert "2 accounts are signed in" in told["observed"]
    assert "0 of them at more than one place" in told["observed"]


def test_the_evidence_turns_when_an_account_is_on_twice(world: World) -> None:
    browser("tom")
    key = Person.objects.get(pk=world.cast.tom.person).live_key
    with writing(world.ours.id, world.theirs.id):
        place = Membership.objects.create(
            school_id=world.theirs.id,
            person_id=world.cast.tom.person,
            name="Tom Teacher",
            job_title="Supply",
            role="teacher",
        )
        now = clock.now()
        SignIn.objects.create(
            school_id=world.theirs.id, member_id=place.pk, key=key, first_at=now, began_at=now, seen_at=now
        )

    told = what_is_seen(NAME)

    assert told["state"] == "failing"
    assert "1 of them at more than one place" in told["observed"]


def test_the_evidence_turns_when_nothing_holds_a_key_to_one_sign_in(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(signing_in, "_ONE_SIGN_IN", "select 0")

    told = what_is_seen(NAME)

    assert told["state"] == "failing"
    assert "the database is not holding each key to one sign-in" in told["observed"]
