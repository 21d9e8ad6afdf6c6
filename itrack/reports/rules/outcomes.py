"""What four years of a statutory measure say, in a sentence or two, and no more than that.

told("rwm-expected", [Year(2025, …), Year(2026, 33, 58, national=Fraction(62, 100))])
→ "In 2026, 33 of 58 pupils counted reached the expected standard in reading, writing and maths (57%). Nationally it
  was 62%: 5 points more."
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Final

from itrack.reports.rules.finding import FEW, Finding, listed
from itrack.ui.words import count_of, figure, plural, rounded_percent

REACHED: Final = {
    "gld": "reached a good level of development",
    "phonics-year-1": "met the standard of the phonics check in Year 1",
    "phonics-year-2": "met the standard of the phonics check by the end of Year 2",
    "tables-full": "had full marks in the times tables check",
    "rwm-expected": "reached the expected standard in reading, writing and maths together",
    "rwm-higher": "reached the higher standard in reading, writing and maths together",
    "writing-expected": "reached the expected standard in writing",
    "writing-higher": "were at greater depth in writing",
    "science-expected": "reached the expected standard in science",
} | {
    f"{name}-{standard}": f"reached the {standard} standard in {words}"
    for name, words in (("reading", "reading"), ("maths", "maths"), ("gps", "grammar, punctuation and spelling"))
    for standard in ("expected", "higher")
}
MEAN_OF: Final = {
    "tables-average": "mark in the times tables check, of 25,",
    "reading-average": "scaled score in reading",
    "maths-average": "scaled score in maths",
    "gps-average": "scaled score in grammar, punctuation and spelling",
}
OTHER_PUPILS: Final = "Each year is of other pupils, so a rise or fall may be theirs and not the school’s."
# So few counted that one pupil moves the percentage by two points or more.
ONE_MATTERS: Final = 50


@dataclass(frozen=True, slots=True)
class Year:
    """One year: `part` of `counted` pupils, or of an average its `mean`. `official` is as the school put it in.

    `part` None: the reader is told the share alone. Shares and `national` are fractions of one, means are as they are.
    """

    year: int
    part: int | None
    counted: int
    value: Fraction | None = None
    official: Fraction | None = None
    national: Fraction | None = None

    @property
    def stands(self) -> Fraction | None:
        """The figure that counts: the official one before our own."""
        return self.official if self.official is not None else self.value


def told(measure: str, years: Sequence[Year]) -> list[Finding]:
    """Of the last year that has a figure, beside England and the years before; empty when none has."""
    held = [one for one in years if one.stands is not None]
    if not held:
        return []
    last = held[-1]
    rest = [_official(measure, last), _beside(measure, last), _before(measure, held[:-1]), _care(measure, last)]
    return [Finding("", " ".join([_now(measure, last), *(words for words in rest if words)]))]


def _now(measure: str, one: Year) -> str:
    if one.value is None:
        return f"No pupils of {one.year} are counted here."
    if measure in MEAN_OF:
        return (
            f"In {one.year} the average {MEAN_OF[measure]} was {mean(one.value)}, of {count_of(one.counted, 'pupil')}."
        )
    share = f"{_percent(one.value)} of {figure(one.counted)} pupils counted {REACHED[measure]}."
    if one.part is None:
        return f"In {one.year}, {share}"
    if one.counted == 1:
        whether = (
            REACHED[measure].replace("were ", "was ") if one.part else f"was not among those who {REACHED[measure]}"
        )
        return f"In {one.year}, the one pupil counted {whether}."
    many = {0: f"none of {figure(one.counted)}", one.counted: f"all {figure(one.counted)}"}
    who = many.get(one.part, f"{figure(one.part)} of {figure(one.counted)}")
    return f"In {one.year}, {who} pupils counted {REACHED[measure]}{_in_brackets(one)}."


def _in_brackets(one: Year) -> str:
    return "" if one.part in (0, one.counted) or one.value is None else f" ({_percent(one.value)})"


def _official(measure: str, one: Year) -> str:
    return f"The official figure of {one.year} is {value(measure, one.official)}." if one.official is not None else ""


def _beside(measure: str, one: Year) -> str:
    if one.national is None:
        return f"The national figure of {one.year} is not known here."
    return f"Nationally it was {value(measure, one.national)}: {_apart(measure, one)}."


def _apart(measure: str, one: Year) -> str:
    """How far the school is from England, and no claim where one pupil would make the difference."""
    gap = (one.stands or Fraction(0)) - (one.national or Fraction(0))
    if measure in MEAN_OF:
        return f"the school’s is {mean(abs(gap))} {_more(gap)}" if gap else "the same"
    if one.official is None and abs(gap) * one.counted < 1:
        return "less than one pupil apart"
    return f"the school’s is {points(abs(gap))} {plural(points(abs(gap)), 'point')} {_more(gap)}"


def _more(gap: Fraction) -> str:
    return "higher" if gap > 0 else "lower"


def points(gap: Fraction) -> int:
    """A difference of two shares in points, halves away from nought."""
    whole = (200 * abs(gap.numerator) + gap.denominator) // (2 * gap.denominator)
    return whole if gap >= 0 else -whole


def _before(measure: str, held: Sequence[Year]) -> str:
    if not held:
        return ""
    said = listed([f"{stood(measure, one)} in {one.year}" for one in held])
    return f"The school’s was {said}. {OTHER_PUPILS}"


def stood(measure: str, one: Year) -> str:
    """The figure that counts, in words: our own share in whole per cent as in the table, an official one as published.

    "" where there is none.
    """
    if one.official is not None or one.value is None or measure in MEAN_OF:
        return value(measure, one.stands)
    return _percent(one.value)


def _care(measure: str, one: Year) -> str:
    if one.value is None or measure in MEAN_OF:
        return ""
    if one.counted < FEW:
        return f"Fewer than {FEW} pupils are counted: read it with care."
    if one.counted > ONE_MATTERS or one.part is None:
        return ""
    return f"One pupil is {count_of(rounded_percent(1, one.counted), 'point')}."


def value(measure: str, told: Fraction | None) -> str:
    """ "62%", "65.2%" where it was published so; "103.4"."""
    if told is None:
        return ""
    return mean(told) if measure in MEAN_OF else _percent(told, exact=True)


def mean(told: Fraction) -> str:
    tenths = (20 * told.numerator + told.denominator) // (2 * told.denominator)
    return f"{tenths // 10}.{tenths % 10}"


def _percent(told: Fraction, *, exact: bool = False) -> str:
    """Whole per cent; with `exact` what was published with a decimal keeps it."""
    tenths = Decimal(told.numerator * 1000) / told.denominator
    if exact and tenths == tenths.to_integral_value() and tenths % 10:
        return f"{tenths / 10}%"
    return f"{rounded_percent(told.numerator, told.denominator)}%"
