"""The widest gap between two groups of one kind, in a sentence, or nothing where the figures do not bear one.

    widest_gap(groups, "Writing")
    → "The widest gap in writing is by SEN: SEN support, 2 of 9 at expected or above (22%); No SEN, 33 of 50 (66%).
      That is 44 points; one pupil of the smaller group is 11."

Shares are compared as fractions, before any rounding. Classes are not compared, nor those of whom it is not known what
they are.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations, groupby

from itrack.pupils.rules_answers import UNKNOWN
from itrack.reports.rules.finding import Standing, in_brackets, inside, is_enough
from itrack.reports.rules.groups import Group, points_from
from itrack.reports.rules.population import CLASS
from itrack.ui.words import figure

# In a group of so many, one pupil is less than five points, and need not be said.
LARGE = 21


@dataclass(frozen=True, slots=True)
class Gap:
    """Two groups of one kind, the lower share first."""

    low: Group
    high: Group

    @property
    def width(self) -> Fraction:
        return _share(self.high) - _share(self.low)

    @property
    def smaller(self) -> int:
        return min(len(self.low.tally.counted), len(self.high.tally.counted))

    @property
    def says_something(self) -> bool:
        """Whether more than one pupil of the smaller group would have to change sides for it to close."""
        return self.width * self.smaller > 1


def widest_gap(groups: Sequence[Group], subject: str) -> str:
    """The sentence; "" where no two groups of a kind are nearly all counted, or one pupil makes the difference."""
    gaps = [gap for gap in _gaps(groups) if gap.says_something]
    if not gaps:
        return ""
    widest = max(gaps, key=lambda gap: gap.width)
    shared = sum(gap.width == widest.width for gap in gaps) > 1
    first = f"{'One of the widest gaps' if shared else 'The widest gap'} in {inside(subject)}"
    low = _said(widest.low, " at expected or above")
    points = points_from(widest.high.tally, widest.low.tally)
    one = f"; one pupil of the smaller group is {_points_of_one(widest.smaller)}" if widest.smaller < LARGE else ""
    return (
        f"{first} is by {inside(widest.low.division.title)}: {low}; {_said(widest.high)}. That is {points} points{one}."
    )


def _gaps(groups: Sequence[Group]) -> Iterable[Gap]:
    fit = [group for group in groups if _is_compared(group) and is_enough(_standing(group))]
    for _, alike in groupby(fit, key=lambda group: group.division.code):
        for one, other in combinations(alike, 2):
            yield Gap(*sorted((one, other), key=_share))


def _is_compared(group: Group) -> bool:
    return group.division.code != CLASS and group.part.code != UNKNOWN


def _share(group: Group) -> Fraction:
    return Fraction(len(group.tally.secure), len(group.tally.counted))


def _standing(group: Group) -> Standing:
    one = group.tally
    return Standing(group.part.words, len(one.secure), len(one.counted), one.population)


def _said(group: Group, of: str = "") -> str:
    row = _standing(group)
    return f"{row.subject}, {figure(row.secure)} of {figure(row.counted)}{of}{in_brackets(row)}"


def _points_of_one(counted: int) -> int:
    """How many points one pupil of so many is, halves rounded up."""
    return (200 + counted) // (2 * counted)
