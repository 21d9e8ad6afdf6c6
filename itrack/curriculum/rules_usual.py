"""Mark schemes as most schools keep them, to begin with. A school edits its own copy.

Where a publisher or the department sets a line (a scaled score of 100, an average of 100), it is theirs; the others
are our suggestion, and docs/guide/mark-schemes.md says which is which.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from itrack.curriculum.rules import BANDS
from itrack.curriculum.rules_schemes import NUMERIC, BandRule, Kind, Option, Scale
from itrack.curriculum.rules_thresholds import Cut, Where, rules_from

if TYPE_CHECKING:
    from collections.abc import Collection
    from decimal import Decimal

type Marks = tuple[tuple[str, str, str], ...]

ABSENT: Final = ("A", "Absent for the assessment", "")
HIGHEST: Final = 999
MAIN: Final = "Main assessment"
_BANDS: Final[Marks] = tuple((band.letter, band.name, band.code) for band in BANDS)
_PARTS: Final = (("B", "beginning"), ("D", "developing"), ("S", "secure"))
# Each year's ladder: what a pupil of the year has who is not yet within it, within it, secure in it, and beyond it.
_STEPS: Final[Marks] = tuple(
    (f"{year}{letter}", f"Year {year} {word}", "greater") for year in range(1, 7) for letter, word in _PARTS
)
_MARKS: Final[dict[Kind, Marks]] = {
    Kind.RELATIVE: (*_BANDS, ABSENT),
    Kind.LADDER: (*_STEPS, ABSENT),
    Kind.CODED: (("M", "Met", "expected"), ("N", "Not yet met", "towards"), ABSENT),
}
_CUTS: Final[dict[Kind, tuple[Cut, ...]]] = {
    Kind.STANDARDISED: (Cut(Where(), "below", (("towards", "85"), ("expected", "95"), ("greater", "116"))),),
    Kind.SCALED: (Cut(Where(), "below", (("towards", "90"), ("expected", "100"), ("greater", "110"))),),
    Kind.AGE: (Cut(Where(), "below", (("towards", "-12"), ("expected", "-6"), ("greater", "12"))),),
}


@dataclass(frozen=True, slots=True)
class Usual:
    """What a scheme of a kind begins with: its marks as (code, name, band), and its rules."""

    kind: Kind
    marks: Marks
    rules: tuple[BandRule, ...] = ()


@dataclass(frozen=True, slots=True)
class UsualAssessment:
    """An assessment many schools have, with a scheme of the same name; `subjects` by name, none for all."""

    name: str
    kind: Kind
    subjects: tuple[str, ...] = ()


USUAL_ASSESSMENTS: Final = (
    UsualAssessment("Standardised test", Kind.STANDARDISED),
    UsualAssessment("Practice test (scaled score)", Kind.SCALED, ("Reading", "Maths")),
    UsualAssessment("Reading age", Kind.AGE, ("Reading",)),
    UsualAssessment("Practice test (%)", Kind.PERCENTAGE),
)


def usual_missing(names: Collection[str]) -> list[str]:
    """The usual assessments of which the school has none by that name."""
    return [each.name for each in USUAL_ASSESSMENTS if each.name not in names]


def usual(kind: Kind) -> Usual:
    """What a new scheme of this kind begins with."""
    marks = _MARKS.get(kind, (ABSENT,))
    options = {code: Option(place, code, name, band) for place, (code, name, band) in enumerate(marks)}
    cuts = _ladder_cuts() if kind is Kind.LADDER else _CUTS.get(kind, ())
    return Usual(kind, marks, tuple(rules_from(cuts, Scale(0, "", kind, options))))


def _ladder_cuts() -> tuple[Cut, ...]:
    return tuple(_ladder_cut(year) for year in range(1, 7))


def _ladder_cut(year: int) -> Cut:
    """In the year's own steps a pupil works towards it until secure; below them is below, above them greater depth."""
    own, later = (("expected", f"{year}S"),), ((("greater", f"{year + 1}B"),) if year < 6 else ())
    if year == 1:
        return Cut(Where("1"), "towards", (*own, *later))
    return Cut(Where(str(year)), "below", (("towards", f"{year}B"), *own, *later))


def fits(kind: Kind, lowest: Decimal | None, highest: Decimal | None) -> str:
    """Why a scheme of this kind cannot have this range; "" when it can."""
    if kind not in NUMERIC:
        return "Marks of this kind are codes, so there is no range."
    low, high = Scale(0, "", kind, {}, lowest, highest).range
    if low < 0 or high > HIGHEST:
        return f"Scores lie between 0 and {HIGHEST}."
    if low >= high:
        return f"The lowest score must be under the highest: {low} is not under {high}."
    return ""
