"""The codes of England's statutory assessments: in which years each may be used, and what it does to a figure.

    effect_of("outcome", 2026, "B") → Effect.NOT        # counted, and not achieved
    effect_of("outcome", 2026, "L") → Effect.OUT        # left out of the percentage
    effect_of("outcome", 2026, "F") → Effect.NO_RULE    # shown, counted nowhere, flagged

What a code stands for is in `assessment.rules.result_words`; here is what it counts as, with the source of each rule:

- goals: EYFS profile handbook (emerging, expected; exceeding until 2021). A child with an A is in no calculation
  (daisi.education, guide to the profile; NCER glossary: one A means seventeen).
- phonics: DfE methodology of the check, 2025: A, D and Q are among those counted, other codes are not.
- times tables: DfE methodology of the check: full marks are a share of all eligible pupils, among them those absent,
  just arrived, unable to access it or below it; the mean is of those who took it. L and Z were not eligible.
- Key Stage 2 tests: DfE primary accountability, as Insight's table of code usage gives it: A, B, H, J, Q and U (also
  written T) are counted and not achieved, L and M left out, and an average is of scores alone.
- teacher assessment: the teacher assessment frameworks say which codes reach the standard; A and L as for the tests.

A code for which no source was found has no rule, and neither has one nobody knows.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from itrack.assessment.rules.result_words import WORDS

if TYPE_CHECKING:
    from collections.abc import Iterator

EVER: Final = 9999
# The interim framework ended with 2018; P scales 5 to 8 with it, the others when the engagement model came.
INTERIM, P_SCALES_END, PRE_KEY_STAGE_FROM, ENGAGEMENT_FROM = 2018, 2021, 2019, 2022


class Effect(StrEnum):
    """What a result does to a percentage."""

    ACHIEVED = "achieved"
    NOT = "not achieved"
    OUT = "left out"
    NO_RULE = "no rule"


EFFECT_WORDS: Final = {
    Effect.ACHIEVED: "Counted, achieved",
    Effect.NOT: "Counted, not achieved",
    Effect.OUT: "Left out",
    Effect.NO_RULE: "No rule is known: counted nowhere",
}


@dataclass(frozen=True, slots=True)
class Code:
    """`since` and `until` are the first and last year it may be used. `typed` False: read from files, never offered."""

    code: str
    words: str
    effect: Effect
    since: int = 0
    until: int = EVER
    typed: bool = True

    def is_of(self, year: int) -> bool:
        return self.since <= year <= self.until


@dataclass(frozen=True, slots=True)
class Scale:
    """How a component is written: marks from `lowest` to `most` (none when `most` is 0), codes, or both."""

    name: str
    title: str
    codes: tuple[Code, ...] = ()
    lowest: int = 0
    most: int = 0

    def offered(self, year: int) -> list[Code]:
        """The codes that may be typed for that year."""
        return [code for code in self.codes if code.typed and code.is_of(year)]

    def code_of(self, year: int, text: str) -> Code | None:
        return next((code for code in self.codes if code.code == text and code.is_of(year)), None)

    def mark_of(self, text: str) -> int | None:
        """The mark a text says, if it lies within the scale. A leading zero may stand there or not."""
        if not self.most or not text.isascii() or not text.isdecimal():
            return None
        return mark if self.lowest <= (mark := int(text)) <= self.most else None


def _codes(
    table: str, effect: Effect, *codes: str, since: int = 0, until: int = EVER, typed: bool = True
) -> Iterator[Code]:
    return (Code(code, WORDS[table][code], effect, since, until, typed) for code in codes)


def _pre_key_stage(highest: int) -> Iterator[Code]:
    steps = (f"PK{step}" for step in range(highest, 0, -1))
    yield from _codes("teacher", Effect.NOT, *steps, since=PRE_KEY_STAGE_FROM)
    yield from _codes("teacher", Effect.NOT, "EM", since=ENGAGEMENT_FROM)


def _interim(*codes: str) -> Iterator[Code]:
    """The codes until 2018, with the P scales of pupils below them."""
    yield from _codes("teacher", Effect.NOT, *codes, "BLW", until=INTERIM)
    yield from _codes("teacher", Effect.NOT, "P8", "P7", "P6", "P5", "NOTSEN", until=INTERIM)
    yield from _codes("teacher", Effect.NOT, "P4", "P3ii", "P3i", "P2ii", "P2i", "P1ii", "P1i", until=P_SCALES_END)


def _reached(*codes: str, until: int = EVER) -> Iterator[Code]:
    return _codes("teacher", Effect.ACHIEVED, *codes, until=until)


def _other(*, later: bool) -> Iterator[Code]:
    """Codes in place of a judgement; `later` those of whoever is assessed in another year."""
    yield from _codes("teacher", Effect.NOT, "A")
    yield from _codes("teacher", Effect.OUT, "L", typed=later)
    yield from _codes("teacher", Effect.NO_RULE, "F", "P", typed=later)
    yield from _codes("teacher", Effect.NO_RULE, "D", until=INTERIM)


SCALES: Final = {
    scale.name: scale
    for scale in (
        Scale(
            "goal",
            "Early learning goals",
            (
                *_codes("goal", Effect.NOT, "1"),
                *_codes("goal", Effect.ACHIEVED, "2"),
                *_codes("goal", Effect.ACHIEVED, "3", until=2021),
                *_codes("goal", Effect.OUT, "A"),
            ),
        ),
        Scale(
            "phonics",
            "Phonics check",
            (
                *_codes("phonics", Effect.NOT, "A", "D", "Q"),
                *_codes("phonics", Effect.OUT, "L"),
                *_codes("phonics", Effect.ACHIEVED, "Wa", typed=False),
                *_codes("phonics", Effect.NOT, "Wt", typed=False),
            ),
            most=40,
        ),
        Scale(
            "tables",
            "Multiplication tables check",
            (
                *_codes("tables", Effect.NOT, "A", "B", "J", "U", "X"),
                *_codes("tables", Effect.OUT, "L", "Z"),
                *_codes("tables", Effect.NO_RULE, "H", "NAA", "Q"),
            ),
            most=25,
        ),
        Scale(
            "ks1-teacher",
            "Teacher assessment",
            (
                *_reached("GDS", "EXS"),
                *_codes("teacher", Effect.NOT, "WTS"),
                *_pre_key_stage(4),
                *_interim("PKF"),
                *_other(later=False),
            ),
        ),
        Scale(
            "writing",
            "Writing, teacher assessment",
            (
                *_reached("GDS", "EXS"),
                *_codes("teacher", Effect.NOT, "WTS"),
                *_pre_key_stage(6),
                *_interim("PKG", "PKE", "PKF"),
                *_other(later=True),
            ),
        ),
        Scale(
            "science",
            "Science, teacher assessment",
            (*_reached("EXS"), *_codes("teacher", Effect.NOT, "HNM"), *_other(later=True)),
        ),
        Scale(
            "below",
            "Reading and maths, teacher assessment of pupils below the tests",
            (
                *_reached("EXS", until=INTERIM),
                *_codes("teacher", Effect.NOT, "HNM", until=INTERIM),
                *_pre_key_stage(6),
                *_interim("PKG", "PKE", "PKF"),
                *_other(later=False),
            ),
        ),
        Scale(
            "ks1-science",
            "Science, teacher assessment",
            (*_reached("EXS"), *_codes("teacher", Effect.NOT, "HNM"), *_other(later=False)),
        ),
        Scale("ks1-scaled", "Scaled score", lowest=85, most=115),
        Scale("scaled", "Scaled score", lowest=80, most=120),
        Scale("raw-50", "Raw mark, reading", most=50),
        Scale("raw-70", "Raw mark, GPS", most=70),
        Scale("raw-110", "Raw mark, maths", most=110),
        Scale(
            "outcome",
            "Outcome of a test",
            (
                *_codes("outcome", Effect.ACHIEVED, "AS"),
                *_codes("outcome", Effect.NOT, "NS", "A", "B", "H", "J", "Q", "T", "U"),
                *_codes("outcome", Effect.OUT, "L", "M"),
                *_codes("outcome", Effect.NO_RULE, "CA", "CB", "F", "P"),
            ),
        ),
    )
}


def effect_of(scale: str, year: int, text: str) -> Effect:
    """What a code does to a percentage in that year; one that nobody knows has no rule."""
    code = SCALES[scale].code_of(year, text)
    return code.effect if code else Effect.NO_RULE


def spelt(scale: Scale, year: int, text: str) -> str | None:
    """What was typed, as the record writes it: "exs" → "EXS", "07" → "7". None when it is nothing of that year."""
    mark = scale.mark_of(text)
    if mark is not None:
        return str(mark)
    return next((code.code for code in scale.offered(year) if code.code.upper() == text.upper()), None)
