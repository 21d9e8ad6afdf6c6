"""Absence from yearly totals of sessions: overall of pooled sessions, persistent pupil by pupil.

    missed([Sessions(380, 19), Sessions(380, 57)]) → Sessions(760, 76), 10% overall, though of one pupil it is 5%

Overall absence is all sessions missed, with leave or without, of all that were possible; it is not the mean of pupils'
rates. Persistent absence: ten per cent or more of the pupil's own. Both after the Department for Education.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from itrack.reports.rules.answer import Number, Unit
from itrack.reports.rules.finding import FEW, Finding, Standing, in_brackets, inside, is_enough
from itrack.reports.rules.measure import Measure
from itrack.reports.rules.tally import SubjectTally
from itrack.ui.words import count_of, figure

PERSISTENT, SEVERE = Fraction(1, 10), Fraction(1, 2)


@dataclass(frozen=True, slots=True)
class Sessions:
    """Of one pupil or of many together; `possible` is never nought."""

    possible: int
    missed: int

    @property
    def rate(self) -> Fraction:
        return Fraction(self.missed, self.possible)


@dataclass(frozen=True, slots=True)
class AbsenceBand:
    """From `least` (in it) to `most` (not in it, None for no end)."""

    code: str
    words: str
    least: Fraction
    most: Fraction | None

    def holds(self, one: Sessions) -> bool:
        return self.least <= one.rate and (self.most is None or one.rate < self.most)


ABSENCE_BANDS = (
    AbsenceBand("rare", "Under 5% missed", Fraction(0), Fraction(1, 20)),
    AbsenceBand("some", "5% to under 10%", Fraction(1, 20), PERSISTENT),
    AbsenceBand("persistent", "10% to under 50%", PERSISTENT, SEVERE),
    AbsenceBand("severe", "50% or more", SEVERE, None),
)


def together_missed(some: Iterable[Sessions]) -> Sessions | None:
    """Pooled; None of nobody."""
    told = list(some)
    return Sessions(sum(one.possible for one in told), sum(one.missed for one in told)) if told else None


def persistent(known: Mapping[int, Sessions]) -> frozenset[int]:
    return frozenset(pupil for pupil, one in known.items() if one.rate >= PERSISTENT)


def rate_said(one: Sessions) -> str:
    """ "4.6%": one decimal, since absence is small and its differences are smaller."""
    return f"{Number(100 * one.rate, Unit.MEAN).decimal}%"


def attendance_findings(
    known: Mapping[int, Sessions], one: SubjectTally, measure: Measure, *, year: str, where: str, in_view: int
) -> list[Finding]:
    whole = together_missed(known.values())
    if whole is None:
        return []
    often = persistent(known)
    row = Standing("", len(often), len(known), len(known))
    first = (
        f"In {year}, {count_of(len(known), 'pupil')} {where} missed {rate_said(whole)} of their sessions "
        f"({figure(whole.missed)} of {figure(whole.possible)})."
    )
    who = f"{figure(len(often)) if often else 'None'} of them missed 10% or more, which is persistent absence"
    said = [Finding("", f"{first} {who}{in_brackets(row)}.")]
    beside = _beside(often, frozenset(known) - often, one, measure)
    care = [*_without(in_view - len(known)), *_few(len(known))]
    return [*said, *(Finding("", text) for text in (beside, " ".join(care)) if text)]


def _beside(often: frozenset[int], others: frozenset[int], one: SubjectTally, measure: Measure) -> str:
    """Where persistent absentees and the others stand, if nearly all of both have a mark."""
    reached, marked = measure.reached(one), one.counted
    low, high = (Standing("", len(some & reached), len(some & marked), len(some)) for some in (often, others))
    if not is_enough(low) or not is_enough(high):
        return ""
    return (
        f"Of those of them with a mark, {figure(low.secure)} of {figure(low.counted)} are {measure.words} in "
        f"{inside(one.name)}{in_brackets(low)}; of the others, {figure(high.secure)} of {figure(high.counted)}"
        f"{in_brackets(high)}. That does not say that the one comes of the other."
    )


def _without(missing: int) -> list[str]:
    if not missing:
        return []
    verb = "has" if missing == 1 else "have"
    return [f"{count_of(missing, 'pupil')} in view {verb} no totals and {'is' if missing == 1 else 'are'} left out."]


def _few(counted: int) -> list[str]:
    return [f"Fewer than {FEW} pupils are counted: read it with care."] if counted < FEW else []
