"""The figures a school is known by, each kept with its pupils: who is in it, who is not and why.

    tally(MEASURES["rwm-expected"], 2026, lines, {}).achieved → {17: "Reading: 104; Writing: …"}

Figure, names and denominator come from one set and cannot disagree. A percentage is of everybody counted, an average of
those with a score. Whoever has no result is left out and named; so is a code without a rule, which is flagged as well.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from itrack.statutory.rules import verdicts
from itrack.statutory.rules.codes import Effect
from itrack.statutory.rules.verdicts import EXPECTED, HIGHER, Found, Verdict, found_in

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from itrack.assessment.rules.results import ResultLine


@dataclass(frozen=True, slots=True)
class About:
    """What a verdict is made from: the pupil's results of the year, those of the year before, and the standards."""

    found: Found
    before: Found
    year: int
    standards: Mapping[int, int]


@dataclass(frozen=True, slots=True)
class Measure:
    """`average` False: a percentage. `assessment` says whose cohort it is of, `within` the heading it stands under."""

    name: str
    within: str
    title: str
    assessment: str
    judge: Callable[[About], Verdict]
    of: str
    average: bool = False


@dataclass(frozen=True, slots=True)
class MeasureTally:
    """Each pupil of the cohort stands in exactly one of `achieved`, `short` and `out`, with what was read.

    Of an average, `achieved` has those with a score and `short` nobody. `flagged` are those `out` for want of a rule.
    """

    achieved: Mapping[int, str]
    short: Mapping[int, str]
    out: Mapping[int, str]
    flagged: frozenset[int]
    scores: Mapping[int, int]

    @property
    def counted(self) -> int:
        return len(self.achieved) + len(self.short)

    @property
    def everybody(self) -> int:
        return self.counted + len(self.out)


def tally(
    measure: Measure,
    year: int,
    cohort: Mapping[int, Sequence[ResultLine]],
    standards: Mapping[int, int],
    absent: Mapping[int, str] | None = None,
) -> MeasureTally:
    """`cohort` has every pupil's results; `absent` are pupils of the year group who are left out from the start."""
    return tally_of(measure, {pk: about_of(lines, year, standards) for pk, lines in cohort.items()}, absent or {})


def about_of(lines: Sequence[ResultLine], year: int, standards: Mapping[int, int]) -> About:
    """A pupil as every measure of the year sees them: made once, asked often."""
    return About(found_in(lines, year), found_in(lines, year - 1), year, standards)


def tally_of(measure: Measure, cohort: Mapping[int, About], absent: Mapping[int, str]) -> MeasureTally:
    told = {pupil: measure.judge(about) for pupil, about in cohort.items()}
    inside = {pupil: one for pupil, one in told.items() if _counts(measure, one)}
    out = {pupil: one.why for pupil, one in told.items() if pupil not in inside}
    return MeasureTally(
        {pupil: one.why for pupil, one in inside.items() if measure.average or one.effect == Effect.ACHIEVED},
        {pupil: one.why for pupil, one in inside.items() if not measure.average and one.effect == Effect.NOT},
        {**out, **absent},
        frozenset(pupil for pupil, one in told.items() if one.effect == Effect.NO_RULE),
        {pupil: one.score for pupil, one in inside.items() if one.score is not None},
    )


def _counts(measure: Measure, one: Verdict) -> bool:
    return one.score is not None if measure.average else one.effect in (Effect.ACHIEVED, Effect.NOT)


def _test(subject: str, at: int) -> Callable[[About], Verdict]:
    return lambda about: verdicts.judge_test(about.found, subject, about.year, at)


def _teacher(slot: str, scale: str, *, higher: bool = False) -> Callable[[About], Verdict]:
    return lambda about: verdicts.judge_teacher(about.found, slot, scale, about.year, higher=higher)


def _combined(at: int) -> Callable[[About], Verdict]:
    return lambda about: verdicts.judge_combined(about.found, about.year, at)


_TAKEN: Final = (
    "Counted: pupils with a scaled score, and those absent (A), below the test (B), cheating (H), just arrived (J), "
    "maladministered (Q) or unable to access it (T, U), who count as not achieved. Left out: left (L) and missing (M)."
)
_SCORED: Final = "Only pupils with a scaled score are in an average."
_JUDGED: Final = "Counted: pupils with a judgement, and those absent (A), as not achieved. Left out: left (L)."
_ALL_THREE: Final = (
    "Reading and maths by the tests, writing by the teacher; GPS is no part of it. A pupil left out of one of the "
    "three is left out here."
)


def _of_tests() -> list[Measure]:
    made: list[Measure] = []
    for name, title in (("reading", "Reading"), ("maths", "Maths"), ("gps", "Grammar, punctuation and spelling")):
        heading = f"Key Stage 2: {title.lower()}" if name != "gps" else "Key Stage 2: grammar, punctuation, spelling"
        made += [
            Measure(f"{name}-expected", heading, "Expected, 100 or more", "ks2", _test(name, EXPECTED), _TAKEN),
            Measure(f"{name}-higher", heading, "Higher, 110 or more", "ks2", _test(name, HIGHER), _TAKEN),
            Measure(f"{name}-average", heading, "Average scaled score", "ks2", _test(name, EXPECTED), _SCORED, True),
        ]
    return made


_TABLES, _RWM, _WRITING = "Times tables, Year 4", "Key Stage 2: reading, writing and maths", "Key Stage 2: writing"
_YOUNGER: Final = (
    Measure(
        "gld",
        "Early years",
        "Good level of development",
        "eyfsp",
        lambda about: verdicts.judge_goals(about.found, about.year),
        "Expected in the twelve goals of the prime areas, literacy and maths. A child with an A is left out.",
    ),
    Measure(
        "phonics-year-1",
        "Phonics check",
        "Met in Year 1",
        "phonics-1",
        lambda about: verdicts.judge_phonics(about.found, about.year, about.standards),
        "Counted: pupils with a mark, and those absent (A), not entered (D) or maladministered (Q).",
    ),
    Measure(
        "phonics-year-2",
        "Phonics check",
        "Met by the end of Year 2",
        "phonics-2",
        lambda about: verdicts.judge_phonics_by_year_2(about.before, about.found, about.year, about.standards),
        "Met in Year 1 or in Year 2. Counted otherwise: pupils with a mark, A, D or Q in Year 2.",
    ),
    Measure(
        "tables-average",
        _TABLES,
        "Average mark of 25",
        "tables",
        lambda about: verdicts.judge_tables(about.found, about.year),
        "The check has no expected standard. The average is of those who took it.",
        average=True,
    ),
    Measure(
        "tables-full",
        _TABLES,
        "Full marks",
        "tables",
        lambda about: verdicts.judge_tables(about.found, about.year),
        "Counted: all who were eligible, also if they did not take it. Left out: left (L) or not of this year (Z).",
    ),
)
_JUDGED_MEASURES: Final = (
    Measure("writing-expected", _WRITING, "Expected, EXS or GDS", "ks2", _teacher("ks2-writing", "writing"), _JUDGED),
    Measure(
        "writing-higher",
        _WRITING,
        "Greater depth, GDS",
        "ks2",
        _teacher("ks2-writing", "writing", higher=True),
        _JUDGED,
    ),
    Measure(
        "science-expected",
        "Key Stage 2: science",
        "Expected, EXS",
        "ks2",
        _teacher("ks2-science", "science"),
        _JUDGED,
    ),
)
_COMBINED: Final = (
    Measure("rwm-expected", _RWM, "Expected in all three", "ks2", _combined(EXPECTED), _ALL_THREE),
    Measure("rwm-higher", _RWM, "Higher in all three", "ks2", _combined(HIGHER), _ALL_THREE),
)
MEASURES: Final = {one.name: one for one in (*_YOUNGER, *_COMBINED, *_of_tests(), *_JUDGED_MEASURES)}
