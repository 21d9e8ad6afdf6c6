"""Somebody guesses at a password: they are slowed down, and the account's owner is not."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from itrack.accounts.actions import signing_in
from itrack.accounts.actions.holdups import forget_old_tries, wait_for
from itrack.accounts.models import Holdup, KnownDevice
from tests.accounts.browsers import guess, text_of, try_in
from tests.cast import PASSWORD, Cast

NINE = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


@pytest.fixture
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(NINE, tick=False) as travel:
        yield travel


def test_after_five_wrong_passwords_the_right_one_waits_too(cast: Cast, clock) -> None:
    assert guess("tom", 5) == [422] * 5

    answer = try_in(Client(), "tom", PASSWORD)

    assert answer.status_code == 429
    assert answer["Retry-After"] == "15"
    assert "Too many tries. Wait 15 seconds." in text_of(answer)


def test_when_the_wait_is_over_the_right_password_opens(cast: Cast, clock) -> None:
    guess("tom", 5)
    clock.shift(15)

    assert try_in(Client(), "tom", PASSWORD).status_code == 302
    assert guess("tom", 4) == [422] * 4, "the right one wiped the slate"


def test_the_wait_grows_with_each_wrong_password(cast: Cast, clock) -> None:
    guess("tom", 4)
    told = []
    for _ in range(8):
        assert guess("tom", 1) == [422]
        wait = int(try_in(Client(), "tom", "wrong again")["Retry-After"])
        told.append(wait)
        clock.shift(wait)

    assert told == [15, 30, 60, 120, 240, 480, 900, 900]


def test_tries_that_come_too_early_do_not_lengthen_the_wait(cast: Cast, clock) -> None:
    guess("tom", 5)

    assert set(guess("tom", 40)) == {429}
    assert try_in(Client(), "tom", PASSWORD)["Retry-After"] == "15"


def test_ten_wrong_passwords_in_five_minutes_and_the_right_one_is_refused(cast: Cast, clock) -> None:
    answers = []
    for _ in range(300):
        answers.append(try_in(Client(), "tom", "Wrong-1").status_code)
        clock.shift(1)

    assert answers.count(422) == 9
    assert try_in(Client(), "tom", PASSWORD).status_code == 429


def test_a_name_nobody_has_is_held_up_in_the_same_words(cast: Cast, clock) -> None:
    said = {}
    for name in ("tom", "nobody-here"):
        guess(name, 5)
        answer = try_in(Client(), name, PASSWORD)
        said[name] = (answer.status_code, answer["Retry-After"], text_of(answer).replace(name, "NAME"))

    known, unknown = said.values()
    assert known[:2] == unknown[:2] == (429, "15")
    assert without_tokens(known[2]) == without_tokens(unknown[2])


def without_tokens(page: str) -> str:
    return re.sub(r'(nonce|value)="[A-Za-z0-9+/=_-]{16,}"', "", page)


def test_the_same_work_is_done_for_known_and_unknown_names(cast: Cast, clock) -> None:
    work: dict[str, list[list[str]]] = {}
    for name in ("tom", "nobody-here"):
        for password in ("Wrong-1", "Wrong-2"):
            with CaptureQueriesContext(connection) as asked:
                try_in(Client(), name, password)
            shape = [re.sub(r"\d+|'[^']*'", "", query["sql"].split("VALUES")[0])[:60] for query in asked]
            work.setdefault(name, []).append(shape)

    assert work["tom"] == work["nobody-here"]


def test_while_somebody_is_held_up_no_password_is_hashed(cast: Cast, clock, monkeypatch) -> None:
    guess("tom", 5)
    guess("nobody-here", 5)
    monkeypatch.setattr(signing_in, HASHING, lambda *args, **named: pytest.fail("a password was hashed"))

    for name in ("tom", "nobody-here"):
        assert try_in(Client(), name, PASSWORD).status_code == 429


HASHING = "matches" if hasattr(signing_in, "matches") else "check_password"


def test_a_stranger_cannot_hold_up_a_browser_the_account_knows(cast: Cast, clock) -> None:
    mine = cast.client("tom")
    mine.post("/sign-out")

    assert set(guess("tom", 60)) == {422, 429}

    assert try_in(mine, "tom", PASSWORD).status_code == 302
    assert mine.get("/").status_code == 200


def test_a_known_browser_is_held_up_by_its_own_wrong_passwords(cast: Cast, clock) -> None:
    mine = cast.client("tom")
    mine.post("/sign-out")

    answers = [try_in(mine, "tom", "Wrong-1").status_code for _ in range(6)]

    assert answers == [422] * 5 + [429]
    assert try_in(Client(), "tom", PASSWORD).status_code == 302, "others are counted apart from it"


def test_a_browser_known_to_one_account_is_a_stranger_to_the_next(cast: Cast, clock) -> None:
    toms = cast.client("tom")
    toms.post("/sign-out")
    guess("hana", 5)

    assert try_in(toms, "hana", PASSWORD).status_code == 429


def test_several_people_share_a_computer_and_each_is_known_on_it(cast: Cast, clock) -> None:
    shared = Client()
    for name in ("tom", "hana", "olu"):
        assert try_in(shared, name, PASSWORD).status_code == 302
        shared.post("/sign-out")

    for name in ("tom", "hana", "olu"):
        guess(name, 5, REMOTE_ADDR="198.51.100.9")
        assert try_in(shared, name, PASSWORD).status_code == 302
        shared.post("/sign-out")


@pytest.mark.parametrize("cookie", ["made-up", "." * 400, "x" * 4000, "a.b.c.d", "\x00"])
def test_a_made_up_device_cookie_is_worth_nothing(cast: Cast, clock, cookie: str) -> None:
    guess("tom", 5)
    client = Client()
    client.cookies["itrack_device"] = cookie

    assert try_in(client, "tom", PASSWORD).status_code == 429


def test_the_device_cookie_is_out_of_reach_of_scripts_and_lasts_half_a_year(cast: Cast, clock) -> None:
    answer = try_in(Client(), "tom", PASSWORD)

    cookie = answer.cookies["itrack_device"]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"
    assert cookie["max-age"] == 180 * 24 * 60 * 60
    assert KnownDevice.objects.filter(person_id=cast.tom.person).count() == 1
    assert not KnownDevice.objects.filter(digest__in=cookie.value.split(".")).exists(), "only a digest is stored"


def test_a_wrong_password_makes_no_browser_known(cast: Cast, clock) -> None:
    answer = try_in(Client(), "tom", "Wrong-1")

    assert "itrack_device" not in answer.cookies
    assert not KnownDevice.objects.exists()


def test_many_addresses_against_one_account_are_held_up_as_one(cast: Cast, clock) -> None:
    answers = [guess("tom", 1, REMOTE_ADDR=f"198.51.100.{number}")[0] for number in range(1, 41)]

    assert answers == [422] * 5 + [429] * 35


def test_one_address_against_many_accounts_is_held_up(cast: Cast, clock) -> None:
    answers = [guess(f"name-{number}", 1, REMOTE_ADDR="198.51.100.7")[0] for number in range(100)]

    assert answers == [422] * 60 + [429] * 40
    assert try_in(Client(), "tom", PASSWORD, REMOTE_ADDR="198.51.100.7").status_code == 429
    assert try_in(Client(), "tom", PASSWORD, REMOTE_ADDR="198.51.100.8").status_code == 302


def test_an_account_of_ones_own_buys_no_guesses_at_others(cast: Cast, clock) -> None:
    for number in range(60):
        guess(f"name-{number}", 1)
        if number % 10 == 9:
            try_in(Client(), "gus", PASSWORD)

    assert guess("tom", 1) == [429]


def test_while_an_address_is_held_up_known_browsers_behind_it_still_get_in(cast: Cast, clock) -> None:
    mine = cast.client("tom")
    mine.post("/sign-out")
    for number in range(70):
        guess(f"name-{number}", 1)

    assert try_in(mine, "tom", PASSWORD).status_code == 302


def test_a_forwarded_address_is_not_believed_from_anybody(cast: Cast, clock) -> None:
    answers = [guess(f"name-{n}", 1, HTTP_X_FORWARDED_FOR=f"198.51.100.{n}")[0] for n in range(70)]

    assert answers.count(429) == 10


def test_a_forwarded_address_is_believed_from_the_operators_proxy(cast: Cast, clock, settings) -> None:
    settings.PROXIES = "127.0.0.0/8"

    answers = [guess(f"name-{n}", 1, HTTP_X_FORWARDED_FOR=f"198.51.100.{n}")[0] for n in range(70)]
    lies = [guess(f"name-{n}", 1, HTTP_X_FORWARDED_FOR=f"1.2.3.{n}, 203.0.113.5")[0] for n in range(70, 140)]

    assert answers.count(429) == 0
    assert lies.count(429) == 10


def test_one_ipv6_household_counts_as_one_address(cast: Cast, clock) -> None:
    answers = [guess(f"name-{n}", 1, REMOTE_ADDR=f"2001:db8:1:2::{n:x}")[0] for n in range(1, 71)]

    assert answers.count(429) == 10


@pytest.mark.parametrize("spelling", ["TOM", " tom ", "ｔｏｍ"])
def test_another_spelling_of_the_name_gives_no_more_guesses(cast: Cast, clock, spelling: str) -> None:
    guess("tom", 5)

    assert guess(spelling, 1) == [429]


def test_what_is_kept_of_tries_tells_neither_names_nor_addresses(cast: Cast, clock) -> None:
    guess("tom", 3, REMOTE_ADDR="198.51.100.77")

    with connection.cursor() as cursor:
        cursor.execute("select string_agg(t::text, '|') from accounts_holdup t")
        [kept] = cursor.fetchone()
    assert kept
    assert "tom" not in kept
    assert "198.51" not in kept


def test_old_tries_are_thrown_away_and_those_that_count_stay(cast: Cast, clock) -> None:
    guess("tom", 3)
    clock.shift(timedelta(days=29))
    guess("hana", 5)
    before = Holdup.objects.count()

    forget_old_tries(at=datetime.now(UTC) + timedelta(days=2))

    assert 0 < Holdup.objects.count() < before
    assert wait_for(what=["account:hana"], now=datetime.now(UTC)) == timedelta(seconds=15)
