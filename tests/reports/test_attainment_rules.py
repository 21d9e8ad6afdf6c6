"""The arithmetic of the attainment overview, against an oracle that counts one pupil at a time."""

import random
from collections import Counter
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from itrack.curriculum.rules import BANDS, SECURE
from itrack.reports.rules.tally import (
    NO_MARK,
    Population,
    counted_somewhere,
    out_lines,
    tally,
)
from itrack.ui.words import rounded_percent

OPTIONS = {"A": "Absent for the assessment"}
# By number, as the tests below give them: the four bands, a code no band has, and one of an older scheme.
MARKS = {place: (band.letter, band.code) for place, band in enumerate(BANDS, 1)} | {5: ("A", ""), 6: ("Z", "")}
SUBJECTS = [(1, "Reading"), (2, "Writing"), (3, "Maths")]
AMARA, TOBY, IDRIS, LEO = 11, 12, 13, 14
pupils = st.sets(st.integers(1, 40), max_size=40)
marks = st.dictionaries(st.tuples(st.integers(1, 45), st.integers(1, 4)), st.integers(1, 6), max_size=120)


def rows(*told: tuple[int, int, int]) -> list[tuple[int, str, str, list[int]]]:
    return [(subject, *MARKS[number], [pupil]) for pupil, subject, number in told]


def test_a_pupil_with_a_mark_is_in_its_band():
    [reading, *_] = tally(SUBJECTS, OPTIONS, Population(frozenset({AMARA, TOBY})), rows((AMARA, 1, 3), (TOBY, 1, 1)))

    assert reading.bands["expected"] == {AMARA}
    assert reading.bands["below"] == {TOBY}
    assert reading.secure == {AMARA}
    assert reading.out == {}


def test_a_pupil_out_of_the_figures_has_a_reason():
    late = {IDRIS: "Joined on 18 November 2026, after the point opened"}
    population = Population(frozenset({AMARA, TOBY, LEO}), late)

    [reading, *_] = tally(SUBJECTS, OPTIONS, population, rows((AMARA, 1, 5), (LEO, 1, 6), (IDRIS, 1, 3)))

    assert reading.out == {
        AMARA: "Code A, absent for the assessment",
        TOBY: NO_MARK,
        LEO: "Code Z",
        IDRIS: "Joined on 18 November 2026, after the point opened",
    }
    assert reading.counted == frozenset()


def test_a_pupil_out_everywhere_for_one_reason_is_one_line():
    population = Population(frozenset({AMARA, TOBY}), {IDRIS: "Joined late"})

    lines = out_lines(
        tally(SUBJECTS, OPTIONS, population, rows((AMARA, 1, 3), (TOBY, 1, 5), (TOBY, 2, 3), (TOBY, 3, 3)))
    )

    told = [(line.pupil, line.subjects, line.everywhere, line.reason) for line in lines]
    assert told == [
        (AMARA, ("Writing", "Maths"), False, NO_MARK),
        (TOBY, ("Reading",), False, "Code A, absent for the assessment"),
        (IDRIS, ("Reading", "Writing", "Maths"), True, "Joined late"),
    ]


@given(inside=pupils, outside=pupils, said=marks)
def test_everybody_is_in_one_band_or_out_and_the_sums_add_up(inside, outside, said):
    population = Population(frozenset(inside), dict.fromkeys(outside - inside, "Joined late"))

    tallies = tally(SUBJECTS, OPTIONS, population, rows(*((*key, number) for key, number in said.items())))

    for one in tallies:
        assert sum(len(members) for members in one.bands.values()) == len(one.counted)
        assert one.counted | set(one.out) == inside | outside
        assert not one.counted & set(one.out)
        assert one.population == len(population) == len(inside | outside)
        assert sum(n for _, n in one.reasons()) == len(one.out)
    lines = out_lines(tallies)
    assert sum(len(line.subjects) for line in lines) == sum(len(one.out) for one in tallies)
    assert counted_somewhere(tallies) == {
        pupil for pupil in inside if any(said.get((pupil, subject)) in (1, 2, 3, 4) for subject, _ in SUBJECTS)
    }


@given(inside=pupils, said=marks)
def test_the_figures_agree_with_counting_by_hand(inside, said):
    tallies = tally(
        SUBJECTS, OPTIONS, Population(frozenset(inside)), rows(*((*key, number) for key, number in said.items()))
    )

    for one in tallies:
        by_hand = Counter()
        for pupil in inside:
            option = said.get((pupil, one.subject))
            by_hand[{1: "below", 2: "towards", 3: "expected", 4: "greater"}.get(option, "out")] += 1
        assert {band: len(members) for band, members in one.bands.items()} == {
            band: by_hand[band] for band in ("below", "towards", "expected", "greater")
        }
        assert len(one.secure) == sum(by_hand[band] for band in SECURE)
        assert len(one.out) == by_hand["out"]


@given(inside=pupils, said=marks, seed=st.integers())
def test_the_order_of_the_marks_does_not_matter(inside, said, seed):
    told = rows(*((*key, number) for key, number in said.items()))
    shuffled = random.Random(seed).sample(told, len(told))

    population = Population(frozenset(inside))

    assert tally(SUBJECTS, OPTIONS, population, told) == tally(SUBJECTS, OPTIONS, population, shuffled)


@pytest.mark.parametrize(("part", "whole", "said"), [(1, 8, 13), (1, 200, 1), (29, 58, 50), (1, 3, 33), (0, 7, 0)])
def test_halves_are_rounded_up(part, whole, said):
    assert rounded_percent(part, whole) == said


@given(whole=st.integers(1, 10_000), data=st.data())
def test_a_percentage_is_the_exact_fraction_rounded_half_up(whole, data):
    part = data.draw(st.integers(0, whole))

    exact = Fraction(100 * part, whole)

    assert rounded_percent(part, whole) == int(exact + Fraction(1, 2))
