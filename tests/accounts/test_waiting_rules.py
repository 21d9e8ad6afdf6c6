"""How long wrong tries make somebody wait, and where a request counts as coming from. No database."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from itrack.accounts.rules_holdups import (
    DAY,
    FROM_A_SCHOOL,
    GUESSES,
    IN_A_ROW,
    QUARTER,
    Tries,
    account_name,
    after_wrong,
    guesses_within,
    how_long,
    networks,
    paces_of,
    source_of,
    still_to_wait,
    wait_after,
)

NINE = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
FRESH = Tries(0, NINE, NINE)


def seconds(number: int) -> timedelta:
    return timedelta(seconds=number)


def test_the_first_tries_are_free_and_then_the_wait_doubles_to_a_quarter_of_an_hour() -> None:
    waits = [wait_after(count, GUESSES).total_seconds() for count in range(1, 14)]

    assert waits == [0, 0, 0, 0, 15, 30, 60, 120, 240, 480, 900, 900, 900]


def test_no_more_than_ten_guesses_fit_into_five_minutes() -> None:
    assert guesses_within(timedelta(minutes=5), paces_of("account:tom")) == 9


def test_no_more_than_a_hundred_guesses_in_a_row_and_then_one_a_day() -> None:
    week = guesses_within(timedelta(days=8), paces_of("account:tom"))

    assert week <= 107
    assert wait_after(100, IN_A_ROW) == DAY


@pytest.mark.parametrize("what", ["code:17", "link:17", "reset:tom", "known-account:4", "whatever comes:1"])
def test_what_has_no_pace_of_its_own_is_counted_like_a_password(what: str) -> None:
    assert paces_of(what) == (GUESSES, IN_A_ROW)


def test_a_school_behind_one_address_may_be_wrong_sixty_times_on_a_monday_morning() -> None:
    tries = FRESH
    for number in range(59):
        tries = after_wrong(tries, pace=FROM_A_SCHOOL, at=NINE + seconds(number))
        assert still_to_wait(tries, pace=FROM_A_SCHOOL, now=tries.last_at) == timedelta(0)


def test_an_address_that_goes_on_guessing_gets_about_one_guess_a_minute() -> None:
    assert guesses_within(timedelta(hours=10), (FROM_A_SCHOOL,)) < 60 + 10 * 60


def test_a_quarter_of_an_hour_without_a_try_takes_one_back() -> None:
    six = Tries(6, NINE, NINE + seconds(30))

    later = after_wrong(six, pace=GUESSES, at=NINE + 3 * QUARTER)

    assert later.count == 4
    assert later.until == NINE + 3 * QUARTER


def test_a_long_row_of_tries_is_remembered_for_thirty_days() -> None:
    ninety_nine = Tries(99, NINE, NINE)

    assert after_wrong(ninety_nine, pace=IN_A_ROW, at=NINE + 29 * DAY).count == 100
    assert after_wrong(ninety_nine, pace=IN_A_ROW, at=NINE + 30 * DAY).count == 1


def test_a_clock_set_back_holds_nobody_for_longer_than_the_tries_deserve() -> None:
    eight = Tries(8, NINE, NINE + seconds(120))

    wait = still_to_wait(eight, pace=GUESSES, now=NINE - timedelta(days=400))

    assert wait == seconds(120)


def test_a_clock_set_back_forgets_no_try() -> None:
    assert after_wrong(Tries(8, NINE, NINE), pace=GUESSES, at=NINE - timedelta(days=400)).count == 9


@given(gaps=st.lists(st.integers(min_value=-(10**6), max_value=10**6), max_size=60))
def test_whatever_the_clock_does_nobody_waits_for_longer_than_a_quarter_of_an_hour(gaps: list[int]) -> None:
    tries, now = FRESH, NINE
    for gap in gaps:
        now += seconds(gap)
        assert timedelta(0) <= still_to_wait(tries, pace=GUESSES, now=now) <= QUARTER
        tries = after_wrong(tries, pace=GUESSES, at=now)
        assert tries.until >= now


@pytest.mark.parametrize(
    ("wait", "said"),
    [
        (timedelta(milliseconds=1), "1 second"),
        (timedelta(seconds=39, milliseconds=200), "40 seconds"),
        (seconds(90), "90 seconds"),
        (seconds(91), "2 minutes"),
        (QUARTER, "15 minutes"),
        (DAY, "24 hours"),
    ],
)
def test_a_wait_is_said_in_words_and_never_too_short(wait: timedelta, said: str) -> None:
    assert how_long(wait) == said


@pytest.mark.parametrize("typed", ["tom", "Tom", "  TOM ", "ｔｏｍ", "ＴＯＭ"])
def test_ways_to_type_one_user_name_are_counted_as_one(typed: str) -> None:
    assert account_name(typed) == "tom"


@pytest.mark.parametrize("typed", ["tоm", "тom", "tom\u200b", "t\u0307om"])
def test_a_name_that_only_looks_the_same_is_another_name(typed: str) -> None:
    assert account_name(typed) != "tom"


PROXIES = networks("10.0.0.0/8, 2001:db8:ffff::1")


@pytest.mark.parametrize(
    ("peer", "forwarded", "source"),
    [
        ("203.0.113.7", "", "203.0.113.7"),
        ("203.0.113.7", "198.51.100.1", "203.0.113.7"),  # nobody's proxy: what it says is a lie
        ("10.0.0.5", "198.51.100.1", "198.51.100.1"),
        ("10.0.0.5", "1.2.3.4, 198.51.100.1", "198.51.100.1"),  # what the visitor wrote before our proxy did
        ("10.0.0.5", "1.2.3.4, 198.51.100.1, 10.0.0.6", "198.51.100.1"),  # two proxies of ours in a row
        ("10.0.0.5", "198.51.100.1:4711", "198.51.100.1"),
        ("10.0.0.5", "[2001:db8:1:2:3::4]:4711", "2001:db8:1:2::/64"),
        ("10.0.0.5", "<script>", "10.0.0.5"),
        ("10.0.0.5", "1.2.3.4, unknown", "10.0.0.5"),
        ("10.0.0.5", "10.0.0.6", "10.0.0.6"),
        ("2001:db8:ffff::1", "198.51.100.1", "198.51.100.1"),
        ("2001:db8:1:2:aaaa::1", "", "2001:db8:1:2::/64"),
        ("2001:db8:1:2:bbbb::9", "", "2001:db8:1:2::/64"),
        ("::ffff:203.0.113.7", "", "203.0.113.7"),
        ("fe80::1%eth0", "", "fe80::/64"),
        ("", "198.51.100.1", "unknown"),
    ],
)
def test_a_request_counts_as_coming_from_the_last_address_that_somebody_vouches_for(
    peer: str, forwarded: str, source: str
) -> None:
    assert source_of(peer=peer, forwarded=forwarded, proxies=PROXIES) == source


def test_a_proxy_that_is_no_address_stops_the_program_from_starting_unnoticed() -> None:
    with pytest.raises(ValueError, match="proxy"):
        networks("10.0.0.1 proxy")
