"""Scores of one test over the points of a year: their mean, the ranges they fall in, and what may be said of them.

    mean_of([Decimal(96), Decimal(104)])   → Fraction(100)
    ranges(scale)                          → [Range("below", "under 85"), Range("towards", "85 to 94"), …]

A mean is of scores on one scale alone: codes have none, and an age is read beside the pupil's own.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Final

from itrack.curriculum.rules import BANDS
from itrack.curriculum.rules_schemes import Kind, Scale, Sum, shown, why_not
from itrack.reports.rules.finding import FEW, Finding, in_brackets, inside
from itrack.reports.rules.finding import Standing as Share
from itrack.ui.words import count_of, figure, upper_first

OF_AGES: Final = "Each age is read beside the pupil’s own, so a mean of ages says nothing of progress. See the ranges."
OF_TWO: Final = "Marks of two kinds of scheme stand here, so there is no mean of them."


@dataclass(frozen=True, slots=True)
class Range:
    """Where the scores of a band lie, in words; "" where the scheme does not say it for everybody."""

    band: str
    words: str


@dataclass(frozen=True, slots=True)
class Scored:
    """A point: the scores by pupil, and how many pupils are in view. `low` are those in the lowest range."""

    point: str
    scores: Mapping[int, Decimal]
    low: frozenset[int]
    everybody: int


def no_mean(kinds: Collection[str]) -> str:
    """Why these marks have no mean; "" when they have one."""
    if len(set(kinds)) > 1:
        return OF_TWO
    for kind in kinds:
        return OF_AGES if Kind(kind) is Kind.AGE else why_not(Kind(kind), Sum.MEAN)
    return ""


def mean_of(scores: Collection[Decimal]) -> Fraction | None:
    return sum((Fraction(score) for score in scores), Fraction(0)) / len(scores) if scores else None


def ranges(scale: Scale) -> list[Range]:
    """The bands as stretches of the scale, as the scheme has them for everybody; none for codes."""
    cuts = sorted(
        (rule.at_least, rule.band) for rule in scale.rules if rule.at_least is not None and not any(rule.named)
    )
    if not scale.numeric or scale.kind is Kind.AGE or not cuts:
        return []
    starts = {band: at for at, band in reversed(cuts)}
    return [Range(band.code, _stretch(band.code, starts, scale)) for band in BANDS if band.code in starts]


def _stretch(band: str, starts: Mapping[str, Decimal], scale: Scale) -> str:
    start = starts[band]
    after = min((at for at in starts.values() if at > start), default=None)
    if after is None:
        return f"{shown(start, scale.kind)} and above"
    if start <= scale.range[0]:
        return f"under {shown(after, scale.kind)}"
    if scale.kind is Kind.PERCENTAGE:
        return f"from {shown(start, scale.kind)}, under {shown(after, scale.kind)}"
    return f"{shown(start, scale.kind)} to {shown(after - 1, scale.kind)}"


def told(test: str, subject: str, where: str, points: Sequence[Scored], *, low: str, unmeant: str) -> list[Finding]:
    """Of the last point with scores, and beside it the one before, of the pupils who have both; empty for no scores.

    `low` says the lowest range in words, `unmeant` why there is no mean.
    """
    held = [one for one in points if one.scores]
    if not held:
        return []
    last = held[-1]
    said = [_now(test, subject, where, last, unmeant), _low(last, low), _missing(last)]
    if len(held) > 1 and not unmeant:
        said.append(_both(held[-2], last))
    if len(last.scores) < FEW:
        said.append(f"Fewer than {FEW} pupils are counted: read it with care.")
    return [Finding("", " ".join(words for words in said if words))]


def _now(test: str, subject: str, where: str, one: Scored, unmeant: str) -> str:
    who = "the one pupil with a score has" if len(one.scores) == 1 else f"{count_of(len(one.scores), 'pupil')} have"
    if unmeant:
        return f"{upper_first(where)}, {who} a mark in {inside(subject)} ({test}) at {one.point}."
    mean = said(mean_of(one.scores.values()))
    if len(one.scores) == 1:
        return f"{upper_first(where)}, {who} {mean} in {inside(subject)} ({test}) at {one.point}."
    return f"{upper_first(where)}, {who} a score in {inside(subject)} ({test}) at {one.point}; their mean is {mean}."


def _low(one: Scored, low: str) -> str:
    if not low:
        return ""
    share = in_brackets(Share("", len(one.low), len(one.scores), one.everybody)) if one.low else ""
    verb = "is" if len(one.low) < 2 else "are"
    return f"{figure(len(one.low)) if one.low else 'None'} {verb} {low}{share}."


def _missing(one: Scored) -> str:
    missing = one.everybody - len(one.scores)
    verb = "has" if missing == 1 else "have"
    return f"{figure(missing)} of {count_of(one.everybody, 'pupil')} {verb} none." if missing else ""


def _both(before: Scored, last: Scored) -> str:
    """The means of those who have both scores, since two points need not be of the same pupils."""
    both = before.scores.keys() & last.scores.keys()
    if len(both) < FEW:
        return ""
    first, second = (said(mean_of([one.scores[pupil] for pupil in both])) for one in (before, last))
    these = f"the {figure(len(both))} who also have one at {before.point}"
    return f"For {these}, the mean was {first} then and is {second} now."


def said(mean: Fraction | None) -> str:
    """To one decimal, halves up."""
    if mean is None:
        return ""
    tenths = (20 * mean.numerator + mean.denominator) // (2 * mean.denominator)
    return f"{tenths // 10}.{tenths % 10}"
