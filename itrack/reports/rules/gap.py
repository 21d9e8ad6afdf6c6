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
from functools import cached_property
from itertools import combinations, groupby
from operator import itemgetter

from itrack.pupils.rules_answers import UNKNOWN
from itrack.pupils.rules_groups import CARE, JOINED, MEALS, SERVICE
from itrack.reports.rules.finding import Standing, in_brackets, inside, is_enough
from itrack.reports.rules.groups import Group, points_from
from itrack.reports.rules.measure import AT_EXPECTED, Measure
from itrack.reports.rules.population import CLASS
from itrack.ui.words import figure

# How kinds of group are called after "by", where their title would not do.
_BY = {
    MEALS.code: "free school meals",
    CARE.code: "being looked after",
    SERVICE.code: "being a service child",
    JOINED.code: "when pupils joined",
}
# In a group of so many, one pupil is less than five points, and need not be said.
LARGE = 21


@dataclass(frozen=True)
class Gap:
    """Two groups of one kind, the lower share first."""

    low: Group
    high: Group
    measure: Measure = AT_EXPECTED

    @cached_property
    def width(self) -> Fraction:
        return share_of(self.high, self.measure) - share_of(self.low, self.measure)

    @property
    def smaller(self) -> int:
        return min(len(self.low.tally.counted), len(self.high.tally.counted))

    @property
    def says_something(self) -> bool:
        """Whether more than one pupil of the smaller group would have to change sides for it to close."""
        return self.width * self.smaller > 1


def widest_gap(groups: Sequence[Group], subject: str) -> str:
    """The sentence; "" where no two groups of a kind are nearly all counted, or one pupil makes the difference."""
    widest, shared = widest_of(groups)
    if widest is None:
        return ""
    first = f"{'One of the widest gaps' if shared else 'The widest gap'} in {inside(subject)}"
    return f"{first} is by {by_kind(widest.low)}: {gap_said(widest)}"


def widest_of(groups: Sequence[Group], measure: Measure = AT_EXPECTED) -> tuple[Gap | None, bool]:
    """The widest gap the figures bear, and whether another is as wide."""
    gaps = [gap for gap in gaps_of(groups, measure) if gap.says_something]
    widest = max(gaps, key=lambda gap: gap.width, default=None)
    return widest, widest is not None and sum(gap.width == widest.width for gap in gaps) > 1


def gap_said(gap: Gap) -> str:
    """ "SEN support, 2 of 9 at expected or above (22%); No SEN, 33 of 50 (66%). That is 44 points; …" """
    low = _said(gap.low, gap.measure, f" {gap.measure.words}")
    points = points_from(gap.high.tally, gap.low.tally, gap.measure)
    one = f"; one pupil of the smaller group is {_points_of_one(gap.smaller)}" if gap.smaller < LARGE else ""
    return f"{low}; {_said(gap.high, gap.measure)}. That is {points} points{one}."


def gaps_of(groups: Sequence[Group], measure: Measure = AT_EXPECTED) -> Iterable[Gap]:
    """Every two groups of a kind that can be compared."""
    fit = [group for group in groups if is_compared(group) and is_enough(_standing(group, measure))]
    for _, alike in groupby(fit, key=lambda group: group.division.code):
        for pair in combinations([(share_of(group, measure), group) for group in alike], 2):
            (_, low), (_, high) = sorted(pair, key=itemgetter(0))
            yield Gap(low, high, measure)


def by_kind(group: Group) -> str:
    """What the group is a group by: "sex", "SEN", "when pupils joined"."""
    return _BY.get(group.division.code) or inside(group.division.title)


def is_compared(group: Group) -> bool:
    return group.division.code != CLASS and group.part.code != UNKNOWN


def share_of(group: Group, measure: Measure) -> Fraction:
    """The group's exact share; only of a group that has somebody counted."""
    return Fraction(len(measure.reached(group.tally)), len(group.tally.counted))


def _standing(group: Group, measure: Measure) -> Standing:
    one = group.tally
    return Standing(group.part.words, len(measure.reached(one)), len(one.counted), one.population)


def _said(group: Group, measure: Measure, of: str = "") -> str:
    row = _standing(group, measure)
    return f"{row.subject}, {figure(row.secure)} of {figure(row.counted)}{of}{in_brackets(row)}"


def _points_of_one(counted: int) -> int:
    """How many points one pupil of so many is, halves rounded up."""
    return (200 + counted) // (2 * counted)
