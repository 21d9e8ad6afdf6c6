"""What becomes of a mark that is moved: it goes, stands there already, meets another, or cannot go."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from itrack.assessment.rules.standing import StandingMark
from itrack.checking.rules.moving import (
    NOT_FOR,
    RETIRED,
    Act,
    Choices,
    Chosen,
    Fate,
    Place,
    Target,
    decide,
    fates,
    misasked,
    plan,
    removal,
    seen,
)
from itrack.curriculum.rules_schemes import BandRule, Kind, Option, Scale

READING, MATHS = 5, 6
OPENS = date(2026, 11, 2)
LETTERS = Scale(
    1, "Letters", Kind.RELATIVE, {code: Option(n, code, code, band) for n, (code, band) in enumerate(
        [("B", "below"), ("W", "towards"), ("E", "expected"), ("G", "greater"), ("A", "")], 1)}
)  # fmt: skip
SCORES = Scale(2, "Scores", Kind.STANDARDISED, rules=(BandRule("below", at_least=Decimal(70)),))
AGES = Scale(3, "Ages", Kind.AGE, rules=(BandRule("expected", at_least=Decimal(0)),))


def mark(pupil: int, code: str, subject: int = READING, **more: object) -> StandingMark:
    told = {"id": pupil * 100 + subject, "pupil": pupil, "point": 1, "subject": subject, "assessment": 1, "scheme": 1}
    told |= {"option": 1, "score": None, "code": code, "band": "", "of_year": "", "taken_on": None, "confirmed": True}
    return StandingMark(**told | {"kind": "relative"} | more)  # type: ignore[arg-type]


def target(scale: Scale = LETTERS, subject: int = 0, **more: object) -> Target:
    return Target(Place(2, subject, 1), scale, 2, OPENS, **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("comes", "there", "fate"),
    [
        (mark(1, "E"), None, Fate.GOES),
        (mark(1, "E"), mark(1, "W"), Fate.MEETS),
        (mark(1, "E"), mark(1, "E"), Fate.THERE),
        (mark(1, "E"), mark(1, "E", confirmed=False), Fate.GOES),
        (mark(1, "E", confirmed=False), mark(1, "E"), Fate.THERE),
        (mark(1, "E", confirmed=False), mark(1, "E", confirmed=False), Fate.THERE),
        (mark(1, "E", taken_on=OPENS), mark(1, "E"), Fate.MEETS),
        (mark(1, "104"), None, Fate.REFUSED),
        (mark(1, "104"), mark(1, "E"), Fate.REFUSED),
    ],
)
def test_a_mark_meets_its_fate_by_what_stands_where_it_goes(comes, there, fate):
    [line] = plan([comes], {(1, READING): there} if there else {}, target())

    assert line.fate is fate
    assert fates([line])[fate] == 1


@pytest.mark.parametrize(
    ("code", "scale", "more", "reason"),
    [
        ("E", LETTERS, {"retired": {READING: date(2026, 9, 1)}}, RETIRED),
        ("E", LETTERS, {"retired": {READING: OPENS}}, ""),
        ("E", LETTERS, {"only_for": (MATHS,)}, NOT_FOR),
        ("E", LETTERS, {"only_for": (READING, MATHS)}, ""),
        ("X", LETTERS, {}, "X is not a mark here."),
        ("E", SCORES, {}, "E is not a score here."),
        ("140", SCORES, {}, "140 is out of range."),
        ("104", SCORES, {}, ""),
    ],
)
def test_what_cannot_stand_there_says_why(code, scale, more, reason):
    [line] = plan([mark(1, code)], {}, target(scale, **more))

    assert line.reason == reason
    assert (line.fate is Fate.REFUSED) == bool(reason)


def test_a_mark_takes_the_band_it_has_where_it_goes():
    by_subject = Scale(
        4, "By subject", Kind.RELATIVE, LETTERS.options, rules=(BandRule("greater", "E", subject=MATHS),)
    )

    [line] = plan([mark(1, "E")], {}, target(by_subject, subject=MATHS))

    assert (line.cell, line.band, line.becomes and line.becomes.code) == ((1, MATHS), "greater", "E")


def test_a_mark_against_another_year_is_compared_with_the_year_of_where_it_goes():
    [younger, own] = plan(
        [mark(1, "2:E", of_year="2"), mark(2, "2:E", of_year="2")], {}, target(year_groups={1: "4", 2: "2"})
    )

    assert (younger.becomes and younger.becomes.code, younger.band) == ("2:E", "below")
    assert (own.becomes and own.becomes.code, own.band) == ("E", "expected")


def test_an_age_is_compared_with_the_pupils_own_on_the_day_of_the_test():
    [line] = plan([mark(1, "8:06", taken_on=date(2026, 11, 2))], {}, target(AGES, born={1: date(2018, 5, 1)}))

    assert (line.becomes and line.becomes.score, line.band) == (Decimal(102), "expected")


MEETING = plan(
    [mark(1, "E"), mark(2, "E"), mark(3, "E")], {(2, READING): mark(2, "W"), (3, READING): mark(3, "E")}, target()
)


@pytest.mark.parametrize(
    ("act", "choices", "put", "taken"),
    [
        (Act.MOVE, Choices({1, 2, 3}), [1], [1, 3]),
        (Act.MOVE, Choices({1, 2, 3}, Chosen.REPLACE), [1, 2], [1, 2, 3]),
        (Act.MOVE, Choices({1, 2, 3}, Chosen.EACH, {(2, READING)}), [1, 2], [1, 2, 3]),
        (Act.MOVE, Choices({1, 2, 3}, Chosen.EACH, {(2, MATHS)}), [1], [1, 3]),
        (Act.MOVE, Choices({2}, Chosen.KEEP, {(2, READING)}), [], []),
        (Act.COPY, Choices({1, 2, 3}), [1], []),
        (Act.COPY, Choices({1, 2, 3}, Chosen.REPLACE), [1, 2], []),
        (Act.COPY, Choices({3}, Chosen.REPLACE), [], []),
    ],
)
def test_only_what_is_ticked_and_chosen_is_done(act, choices, put, taken):
    decided = decide(MEETING, act, choices)

    assert [line.mark.pupil for line in decided.put] == put
    assert [one.pupil for one in decided.taken] == taken


def test_counts_say_what_was_done():
    everybody = Choices({1, 2, 3}, Chosen.REPLACE)

    assert decide(MEETING, Act.MOVE, everybody).counts(Act.MOVE) == {"moved": 3, "replaced": 1}
    assert decide(MEETING, Act.COPY, Choices({1})).counts(Act.COPY) == {"copied": 1}
    assert decide(removal([mark(1, "E")]), Act.DELETE, everybody).counts(Act.DELETE) == {"deleted": 1}


def test_a_refused_mark_stays_whatever_is_chosen():
    lines = plan([mark(1, "X")], {(1, READING): mark(1, "E")}, target())

    assert decide(lines, Act.MOVE, Choices({1}, Chosen.REPLACE)).taken == []


@pytest.mark.parametrize(
    ("act", "source", "to", "wrong"),
    [
        (Act.MOVE, Place(1, 0, 1), Place(2, 0, 1), ""),
        (Act.MOVE, Place(1, 5, 1), Place(1, 6, 1), ""),
        (Act.MOVE, Place(1, 5, 1), Place(1, 5, 1), "The marks stand there already"),
        (Act.MOVE, Place(1, 0, 1), Place(1, 0, 1), "The marks stand there already"),
        (Act.COPY, Place(1, 0, 1), Place(2, 5, 1), "Choose one subject"),
        (Act.COPY, Place(1, 5, 1), Place(2, 0, 1), "Choose one subject"),
        (Act.DELETE, Place(1, 5, 1), Place(1, 5, 1), ""),
    ],
)
def test_what_makes_no_sense_is_told_before_anything_is_looked_up(act, source, to, wrong):
    assert misasked(act, source, to).startswith(wrong)
    assert bool(misasked(act, source, to)) == bool(wrong)


def test_a_plan_is_known_again_until_something_in_it_changes():
    word = seen(Act.MOVE, MEETING)

    assert seen(Act.MOVE, list(reversed(MEETING))) == word
    assert seen(Act.COPY, MEETING) != word
    assert seen(Act.MOVE, MEETING[:2]) != word
    other = plan([mark(1, "E"), mark(2, "E"), mark(3, "E")], {(2, READING): mark(2, "W", id=9)}, target())
    assert seen(Act.MOVE, other) != word


CODES = st.sampled_from(["B", "W", "E", "G", "A", "X", "104"])


@given(
    marks=st.dictionaries(st.integers(1, 9), CODES),
    there=st.dictionaries(st.integers(1, 9), CODES),
    chosen=st.sampled_from(Chosen),
    ticked=st.sets(st.integers(1, 9)),
    replaced=st.sets(st.integers(1, 9)),
)
def test_moving_loses_no_mark_and_invents_none(marks, there, chosen, ticked, replaced):
    """Played by hand on two columns of codes: every mark is afterwards where it was or where it went."""
    lines = plan(
        [mark(pupil, code) for pupil, code in marks.items()],
        {(pupil, READING): mark(pupil, code, id=pupil) for pupil, code in there.items()},
        target(),
    )
    decided = decide(lines, Act.MOVE, Choices(ticked, chosen, {(pupil, READING) for pupil in replaced}))

    after = there | {line.mark.pupil: line.becomes.code for line in decided.put if line.becomes}
    left = {pupil: code for pupil, code in marks.items() if pupil not in {one.pupil for one in decided.taken}}

    for pupil, code in marks.items():
        moved = pupil not in left
        assert left.get(pupil) == code or after[pupil] == code
        assert not moved or pupil in ticked
        may = (
            pupil in there
            and there[pupil] != code
            and not (chosen is Chosen.REPLACE or (chosen is Chosen.EACH and pupil in replaced))
        )
        assert not (moved and may)
        assert moved == (pupil in ticked and code in LETTERS.options and not may)
    assert {pupil: code for pupil, code in after.items() if pupil not in marks or pupil in left} == {
        pupil: code for pupil, code in there.items() if pupil not in marks or pupil in left
    }
