"""Shares over points: who is counted and at expected or above at each, and what that says of the time between.

    change([spot, later], "Reading") → "In reading 60% (33 of 55 pupils) were at expected or above at Summer 2, 2024/25
    and 71% (41 of 58) at Autumn 2, 2026/27: 11 points more."

Between two points pupils come and go, so how many are counted at both is part of what is said.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from itrack.curriculum.rules import SECURE
from itrack.reports.rules.finding import FEW, Finding, Standing, in_brackets, inside, is_enough
from itrack.ui.words import count_of, figure, upper_first

EVERYBODY = "Everybody"


@dataclass(frozen=True, slots=True)
class Spot:
    """One line at one point: `members` are in view, `bands` those of the counted by pupil."""

    title: str
    members: frozenset[int]
    bands: Mapping[int, str]

    @property
    def counted(self) -> frozenset[int]:
        return frozenset(self.bands)

    @property
    def secure(self) -> frozenset[int]:
        return frozenset(pupil for pupil, band in self.bands.items() if band in SECURE)

    @property
    def share(self) -> Fraction | None:
        return Fraction(len(self.secure), len(self.bands)) if self.bands else None

    @property
    def standing(self) -> Standing:
        return Standing(self.title, len(self.secure), len(self.bands), len(self.members))

    @property
    def partly(self) -> bool:
        """Whether some, but not nearly all of those in view are counted."""
        return bool(self.bands) and not is_enough(self.standing)


@dataclass(frozen=True, slots=True)
class Run:
    """One line: its code, name and a spot for each point, the earliest first."""

    code: str
    name: str
    spots: Sequence[Spot]

    @property
    def ends(self) -> tuple[Spot, Spot] | None:
        """The first and last point at which nearly everybody is counted; None where there are not two."""
        fit = [spot for spot in self.spots if is_enough(spot.standing)]
        return (fit[0], fit[-1]) if len(fit) > 1 else None

    @property
    def change(self) -> Fraction:
        """How much of the whole the share rose, under nought where it fell."""
        if self.ends is None:
            return Fraction(0)
        first, last = self.ends
        return (last.share or Fraction(0)) - (first.share or Fraction(0))


def findings(runs: Sequence[Run], *, where: str, followed: bool, of_subject: bool) -> list[Finding]:
    """Of the line that changed the most, or the only one. `followed`: the same pupils were looked at throughout.

    `of_subject`: the lines are subjects; else they are groups of pupils in one.
    """
    fit = [run for run in runs if run.ends]
    if not fit:
        return [_too_little()] if any(spot.bands for run in runs for spot in run.spots) else []
    told = max(fit, key=lambda run: abs(run.change))
    level = [run for run in fit if abs(run.change) == abs(told.change)]
    lead = f"{told.name} changed the most." if len(fit) > 1 and len(level) == 1 else ""
    return [Finding(lead, _said(told, where, of_subject=of_subject)), Finding("", _both(told, followed=followed))]


def _said(run: Run, where: str, *, of_subject: bool) -> str:
    first, last = run.ends or (run.spots[0], run.spots[-1])
    of = f"in {inside(run.name)}" if of_subject else f"of {run.name.replace(EVERYBODY, EVERYBODY.lower())}"
    points = rounded_points(run.change)
    by = f"{count_of(abs(points), 'point')} {'more' if points > 0 else 'less'}" if points else "no whole point apart"
    verb = "was" if len(first.secure) == 1 else "were"
    return (
        f"{upper_first(where)}, {of}, {_share(first, pupils=True)} {verb} at expected or above at {first.title} and "
        f"{_share(last)} at {last.title}: {by}."
    )


def _share(spot: Spot, *, pupils: bool = False) -> str:
    row = spot.standing
    noun = " pupils" if pupils else ""
    return f"{figure(row.secure)} of {figure(row.counted)}{noun}{in_brackets(row)}"


def _both(run: Run, *, followed: bool) -> str:
    """How far the two ends are the same pupils."""
    first, last = run.ends or (run.spots[0], run.spots[-1])
    n = len(first.counted & last.counted)
    some, verb = (figure(n) if n else "none"), "was" if n < 2 else "were"
    whose = f"{some} of the {figure(len(last.bands))} counted at {last.title} {verb} also counted at {first.title}"
    if n == len(last.bands) == len(first.bands):
        return "The same pupils are counted at both."
    if followed:
        return f"The pupils of today are followed: {whose}."
    return f"They are not the same pupils: {whose}."


def _too_little() -> Finding:
    few = f"at least {FEW} pupils and nearly everybody in view"
    return Finding("", f"There are not two points at which {few} are counted, so no change is told.")


def rounded_points(change: Fraction) -> int:
    """Whole points, halves away from nought, from the unrounded shares."""
    hundredths = abs(change) * 100
    whole = (2 * hundredths.numerator + hundredths.denominator) // (2 * hundredths.denominator)
    return whole if change >= 0 else -whole
