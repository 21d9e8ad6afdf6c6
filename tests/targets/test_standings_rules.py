"""Counts of targets: everybody is in one place or left out with a reason."""

from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from itrack.assessment.rules.standing import LastMark
from itrack.curriculum.rules import BANDS
from itrack.targets.rules.standings import NO_MARK, NO_TARGET, Target, standing, subject_tracks
from itrack.targets.rules.track import Track

AT = datetime(2026, 11, 23, 10, tzinfo=UTC)
END = (2026, 6)


def target(band: str) -> Target:
    return Target(band[:1].upper(), band, "Hana Head", AT)


def mark(
    band: str, *, code: str = "", name: str = "", year: int = 2026, slot: int = 2, point: str = "Autumn 2"
) -> LastMark:
    return LastMark(code or band[:1].upper(), band, name, year, slot, point)


def test_each_standing_says_where_or_why_not() -> None:
    on = standing(target("expected"), mark("expected"), END, {})
    old = standing(target("expected"), mark("greater", year=2025, slot=6, point="Summer 2"), END, {})
    absent = standing(target("expected"), mark("", code="A", name="Absent for the assessment"), END, {})
    unknown = standing(target("expected"), mark("", code="105"), END, {})

    assert (on.track, on.reached, on.when, on.out) == (Track.ON, True, "Aut 2", "")
    assert (old.track, old.when) == (Track.AHEAD, "Sum 2, 2025/26")
    assert (absent.track, absent.out, absent.mark_css) == (None, "Only code A, absent for the assessment", "")
    assert unknown.out == "Only 105"
    assert standing(None, mark("expected"), END, {}).out == NO_TARGET
    assert standing(target("expected"), None, END, {}).out == NO_MARK
    assert (on.mark_css, on.target.css if on.target else "") == ("e", "e")


def test_counts_of_a_subject_keep_the_pupils() -> None:
    told = [
        standing(target("expected"), mark("expected"), END, {}),
        standing(target("greater"), mark("expected"), END, {}),
        standing(target("towards"), mark("expected"), END, {}),
        standing(None, None, END, {}),
        standing(None, mark("below"), END, {}),
        standing(target("expected"), None, END, {}),
    ]

    [reading] = subject_tracks([(3, "Reading")], range(6), {(who, 3): one for who, one in enumerate(told)})

    assert (reading.below, reading.on, reading.ahead, reading.counted) == (1, 1, 1, 3)
    assert (reading.on_or_ahead, reading.with_target, set(reading.reached)) == (2, 4, {0, 2})
    assert reading.tracks[Track.BELOW] == {1}
    assert reading.reasons() == [(NO_TARGET, 2), (NO_MARK, 1)]


bands = st.sampled_from([band.code for band in BANDS])
targets = st.none() | bands.map(target)
marks = st.none() | bands.map(mark) | st.just(mark("", code="A", name="Absent"))


@given(st.lists(st.tuples(targets, marks), max_size=12))
def test_everybody_is_in_one_place_or_left_out(told) -> None:
    cells = {(who, 1): standing(wanted, held, END, {}) for who, (wanted, held) in enumerate(told)}

    [one] = subject_tracks([(1, "Maths")], range(len(told)), cells)

    places = [*one.tracks.values(), frozenset(one.out)]
    assert sum(len(place) for place in places) == len(told)
    assert one.counted == sum(bool(wanted and held and held.band) for wanted, held in told)
    assert one.reached <= frozenset().union(*one.tracks.values())
    assert one.with_target == sum(wanted is not None for wanted, _ in told)
