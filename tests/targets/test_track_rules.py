"""On track: the bands held against one another, what a school may settle, and the words for it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from itrack.curriculum.rules import BANDS
from itrack.schools.rules import SLOTS as NAMES
from itrack.targets.rules.track import (
    ALWAYS_THE_SAME,
    ORDER,
    SLOTS,
    Aim,
    MarkAt,
    Track,
    in_words,
    reaches,
    tidied,
    track_of,
    wanted_by,
    why_not,
)

HALVES = dict(enumerate(NAMES, start=1))
SLOWLY = {"greater": {1: "expected", 2: "expected", 3: "expected", 4: "expected"}}
bands = st.sampled_from([band.code for band in BANDS])
slots = st.integers(1, 6)
years = st.integers(2024, 2027)
any_steps = st.dictionaries(bands, st.dictionaries(slots, bands))


@pytest.mark.parametrize(
    ("target", "mark", "track", "reached"),
    [
        ("expected", "expected", Track.ON, True),
        ("expected", "towards", Track.BELOW, False),
        ("expected", "below", Track.BELOW, False),
        ("expected", "greater", Track.AHEAD, True),
        ("greater", "expected", Track.BELOW, False),
        ("greater", "greater", Track.ON, True),
        ("below", "below", Track.ON, True),
    ],
)
def test_without_steps_the_last_mark_is_held_against_the_target_itself(target, mark, track, reached) -> None:
    aim, held = Aim(target, 2026, 6), MarkAt(mark, 2026, 2)

    assert track_of(aim, held, {}) is track
    assert reaches(aim, held) is reached


@pytest.mark.parametrize(
    ("mark", "year", "slot", "track", "reached"),
    [
        ("expected", 2026, 2, Track.ON, False),
        ("towards", 2026, 2, Track.BELOW, False),
        ("greater", 2026, 2, Track.AHEAD, True),
        ("expected", 2026, 5, Track.BELOW, False),
        ("expected", 2026, 6, Track.BELOW, False),
        ("greater", 2026, 6, Track.ON, True),
        # The same half term of an earlier year, for a target further away.
        ("expected", 2025, 4, Track.ON, False),
        ("expected", 2025, 6, Track.BELOW, False),
    ],
)
def test_on_the_way_a_lower_band_will_do_where_the_school_says_so(mark, year, slot, track, reached) -> None:
    aim, held = Aim("greater", 2026, 6), MarkAt(mark, year, slot)

    assert track_of(aim, held, SLOWLY) is track
    assert reaches(aim, held) is reached


@pytest.mark.parametrize(
    ("steps", "reason"),
    [
        ({}, ""),
        (SLOWLY, ""),
        ({"expected": {1: "greater"}}, "On the way to expected nothing higher can be wanted. Nothing was saved."),
        ({"greater": {1: "expected", 2: "below", 3: "expected"}}, "What is wanted on the way to greater depth cannot"),
        # Half terms left out want the target's own band, so what follows them may not be less.
        ({"greater": {2: "expected"}}, "What is wanted on the way to greater depth cannot fall again."),
    ],
)
def test_steps_never_ask_more_than_the_target_and_never_fall(steps, reason) -> None:
    assert why_not(steps).startswith(reason) if reason else not why_not(steps)


def test_the_steps_are_said_in_words() -> None:
    mixed = {"greater": {1: "towards", 2: "expected", 3: "expected"}, "expected": {1: "towards"}}

    assert in_words({}, HALVES) == [ALWAYS_THE_SAME]
    assert in_words(mixed, HALVES) == [
        "On the way to greater depth: working towards in Autumn 1; expected in Autumn 2, Spring 1. "
        "Otherwise greater depth.",
        "On the way to expected: working towards in Autumn 1. Otherwise expected.",
    ]


def test_what_holds_anyway_is_not_kept() -> None:
    assert tidied({"greater": {1: "expected", 5: "greater"}, "expected": {2: "expected"}}) == {
        "greater": {1: "expected"}
    }


@given(any_steps, bands, bands, years, slots, years, slots)
def test_exactly_one_place_and_ahead_means_more_than_wanted(steps, target, mark, year, slot, at, half) -> None:
    aim, held = Aim(target, year, slot), MarkAt(mark, at, half)

    wanted, track = wanted_by(aim, held, steps), track_of(aim, held, steps)

    assert (track is Track.ON) == (mark == wanted)
    assert (track is Track.AHEAD) == (ORDER[mark] > ORDER[wanted])


@given(any_steps, bands, bands, slots)
def test_at_the_point_itself_on_track_or_ahead_is_to_have_met_the_target(steps, target, mark, slot) -> None:
    aim, held = Aim(target, 2026, slot), MarkAt(mark, 2026, slot)

    assert (track_of(aim, held, steps) is not Track.BELOW) == reaches(aim, held)


@given(any_steps, bands, slots)
def test_steps_that_may_stand_rise_to_the_target(steps, target, slot) -> None:
    if why_not(steps):
        return
    wanted = [ORDER[wanted_by(Aim(target, 2030, 6), MarkAt("below", 2029, half), steps)] for half in SLOTS]

    assert wanted == sorted(wanted)
    assert max(wanted) <= ORDER[target]
    assert not why_not(tidied(steps))
