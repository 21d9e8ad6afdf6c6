"""Which marks look odd, by tables of examples and by a generator of quiet records."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from itrack.assessment.rules.standing import StandingMark
from itrack.checking.rules.odd import MAYBE, SORT_NAMES, Known, Point, Sort, odd
from itrack.curriculum.rules_schemes import Kind, Option, Scale

MAIN, TEST, AGE = 1, 2, 3
BAND = {"B": "below", "W": "towards", "E": "expected", "G": "greater", "A": ""}
LETTERS = Scale(
    1, "Letters", Kind.RELATIVE, {code: Option(n, code, code, band) for n, (code, band) in enumerate(BAND.items(), 1)}
)
SCORES, AGES = Scale(2, "Scores", Kind.STANDARDISED), Scale(3, "Ages", Kind.AGE)
KINDS = {MAIN: LETTERS.kind, TEST: SCORES.kind, AGE: AGES.kind}
FIRST = date(2026, 9, 1)
POINTS = [
    Point(n, f"Point {n}", FIRST + timedelta(days=50 * n), FIRST + timedelta(days=50 * n + 40)) for n in range(1, 6)
]
HERE = (date(2025, 9, 1), None)


def mark(point: int, code: str, assessment: int = MAIN, pupil: int = 7, **more: object) -> StandingMark:
    told = {"id": point, "pupil": pupil, "point": point, "subject": 5, "assessment": assessment, "scheme": assessment}
    told |= {"option": 1, "score": None, "code": code, "band": BAND.get(code, ""), "of_year": "", "taken_on": None}
    return StandingMark(**{**told, "confirmed": True, "kind": KINDS[assessment], **more})  # type: ignore[arg-type]


def score(point: int, n: int, band: str = "", **more: object) -> StandingMark:
    return mark(point, str(n), TEST, score=Decimal(n), band=band, **more)


def known(*spells: tuple[date, date | None]) -> Known:
    names = {MAIN: "Main assessment", TEST: "Reading test", AGE: "Reading age"}
    return Known(POINTS, {7: spells or (HERE,), 8: (HERE,)}, names, {MAIN: LETTERS, TEST: SCORES, AGE: AGES}, MAIN)


def said(marks: list[StandingMark], about: Known | None = None) -> list[tuple[Sort, int, str]]:
    return [(one.sort, one.point, one.what) for one in odd(marks, about or known()) if one.pupil == 7]


@pytest.mark.parametrize(
    ("marks", "what"),
    [
        ([mark(1, "B"), mark(2, "E")], "B at Point 1, E at Point 2: two bands up."),
        ([mark(2, "E"), mark(1, "B")], "B at Point 1, E at Point 2: two bands up."),
        ([mark(1, "G"), mark(2, "B")], "G at Point 1, B at Point 2: three bands down."),
        ([mark(1, "W"), mark(2, "E")], ""),
        ([mark(1, "B"), mark(2, "A"), mark(3, "E")], "B at Point 1, E at Point 3: two bands up."),
        ([mark(1, "B"), mark(2, "E", confirmed=False)], ""),
        ([score(1, 90, "expected"), score(2, 105, "expected")], "90 at Point 1, 105 at Point 2: 15 points up."),
        ([score(1, 40, kind="percentage", scheme=9), score(2, 60, kind="percentage", scheme=9)], ""),
        ([score(1, 90), score(2, 105)], "90 at Point 1, 105 at Point 2: 15 points up."),
        ([score(1, 90, "below"), score(2, 104)], ""),
        ([score(1, 105, "expected"), score(2, 90, "expected")], "105 at Point 1, 90 at Point 2: 15 points down."),
        ([score(1, 90, "expected"), score(2, 104, "expected")], ""),
        ([score(1, 90, "expected", scheme=9), score(2, 120, "expected")], ""),
        ([mark(1, "E", TEST), score(2, 120, "expected")], ""),
        ([score(1, 90, "expected"), mark(2, "E", TEST)], ""),
        ([mark(n, "6:00", AGE, score=Decimal(30 * n), band="expected") for n in (1, 2)], ""),
    ],
)
def test_a_jump_is_two_bands_or_a_standard_deviation(marks, what):
    jumps = [words for sort, _, words in said(marks) if sort is Sort.JUMP]

    assert jumps == ([what] if what else [])


@pytest.mark.parametrize(
    ("spells", "others", "gap"),
    [
        ([HERE], True, True),
        ([HERE], False, False),
        ([(HERE[0], POINTS[0].closes), (POINTS[2].opens, None)], True, False),
        ([(HERE[0], POINTS[1].opens), (POINTS[1].closes, None)], True, False),
    ],
)
def test_a_gap_is_a_point_others_were_assessed_at_while_the_pupil_was_here(spells, others, gap):
    marks = [mark(1, "W"), mark(3, "W")] + ([mark(2, "E", pupil=8)] if others else [])

    gaps = [row for row in said(marks, known(*spells)) if row[0] is Sort.GAP]

    assert gaps == ([(Sort.GAP, 2, "No mark at Point 2, though there is one before and one after.")] if gap else [])


def test_a_mark_is_of_now_only_while_its_scheme_has_it():
    old = [mark(1, "X", scheme=9), mark(2, "E", scheme=9), mark(3, "E")]

    assert said(old) == [(Sort.UNREAD, 1, "X is no mark of Main assessment as it is marked now.")]
    assert said([score(1, 140, scheme=9)]) == [(Sort.UNREAD, 1, "140 is no mark of Reading test as it is marked now.")]


@pytest.mark.parametrize(
    ("spells", "why"),
    [
        ([HERE], ""),
        ([(POINTS[1].closes, None)], ""),
        ([(HERE[0], POINTS[1].opens)], ""),
        ([(date(2027, 2, 1), None)], "joined on 1 February 2027"),
        ([(HERE[0], date(2026, 11, 30))], "left on 30 November 2026"),
        ([(HERE[0], date(2026, 9, 30)), (date(2027, 3, 1), None)], "left on 30 September 2026"),
    ],
)
def test_a_mark_of_a_point_when_the_pupil_was_not_here_says_why(spells, why):
    expected = [(Sort.AWAY, 2, f"E at Point 2, but the pupil {why}.")] if why else []

    assert said([mark(2, "E")], known(*spells)) == expected


def test_a_pupil_without_a_spell_was_never_on_the_roll():
    [found] = odd([mark(2, "E", pupil=99)], known())

    assert found.what == "E at Point 2, but the pupil was never on the roll."


@pytest.mark.parametrize(
    ("judged", "tested", "apart"),
    [
        (mark(1, "G"), score(1, 84, "towards"), True),
        (mark(1, "B"), score(1, 104, "expected"), True),
        (mark(1, "E"), score(1, 84, "towards"), False),
        (mark(1, "A"), score(1, 84, "below"), False),
        (mark(1, "G", confirmed=False), score(1, 84, "below"), False),
        (mark(1, "G"), score(1, 84, "below", confirmed=False), False),
        (mark(1, "G"), score(1, 84, ""), False),
        (mark(1, "G"), mark(1, "B", TEST), False),
        (mark(2, "G"), score(1, 84, "below"), False),
    ],
)
def test_judgement_and_test_of_one_point_are_compared_by_band(judged, tested, apart):
    found = [row for row in said([judged, tested]) if row[0] is Sort.APART]

    assert bool(found) == apart


def test_the_comparison_names_both():
    [(_, _, what)] = said([mark(1, "G"), score(1, 84, "towards")])

    assert what == "Judged G (greater depth) at Point 1, Reading test 84 (working towards)."


def test_marks_of_points_not_known_are_not_looked_at():
    assert odd([mark(99, "E"), mark(1, "E")], known()) == []


def test_every_sort_has_a_name_and_a_reason_for_being_right():
    [found] = odd([mark(1, "B"), mark(2, "E")], known())

    assert found.maybe == MAYBE[Sort.JUMP]
    assert set(SORT_NAMES) == set(MAYBE) == set(Sort)


@given(start=st.integers(0, 3), steps=st.lists(st.integers(-1, 1), max_size=4))
def test_a_record_that_moves_a_band_at_a_time_without_a_break_is_never_odd(start, steps):
    places = [start]
    for step in steps:
        places.append(min(3, max(0, places[-1] + step)))

    assert odd([mark(n, "BWEG"[place]) for n, place in enumerate(places, 1)], known()) == []
