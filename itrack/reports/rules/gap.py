"""The widest gap between two groups of one kind, in a sentence, or nothing where the figures do not bear one.

    widest_gap(groups, "Writing")
    → "The widest gap in writing is by SEN: SEN support, 2 of 9 at expected or above (22%); No SEN, 33 of 50 (66%).
      That is 44 points; one pupil of the smaller group is 11."

Shares are compared as fractions, before any rounding, and from the same group of each kind as in the tables. Classes
and year groups are not compared, nor those of whom it is not known what they are.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from itertools import groupby

from itrack.pupils.rules_answers import UNKNOWN
from itrack.pupils.rules_groups import CARE, JOINED, MEALS, SERVICE
from itrack.reports.rules.base import base_of
from itrack.reports.rules.finding import Standing, in_brackets, inside, is_enough
from itrack.reports.rules.groups import Group, points_from
from itrack.reports.rules.measure import AT_EXPECTED, Measure
from itrack.reports.rules.population import CLASS
from itrack.ui.words import figure, upper_first

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
    def is_borne(self) -> bool:
        """Whether enough of both are counted to compare them."""
        return all(is_enough(_standing(group, self.measure)) for group in (self.low, self.high))

    @property
    def says_something(self) -> bool:
        """Whether more than one pupil of the smaller group would have to change sides for it to close."""
        return self.width * self.smaller > 1


Tells = Callable[[Group], bool]
# What a sentence begins with for who sees no small numbers, and where a wider gap does not bear comparing.
AMONG_SHOWN, AMONG_COMPARED = "of the groups shown, ", "of the gaps that can be compared, "


@dataclass(frozen=True, slots=True)
class Widest:
    """The widest gap the figures bear. `shared`: another is as wide. `beaten`: one that they do not bear is wider."""

    gap: Gap
    shared: bool
    beaten: bool

    def among(self, otherwise: str = "") -> str:
        return otherwise or (AMONG_COMPARED if self.beaten else "")


def all_told(_: Group) -> bool:
    """Of groups that are all told."""
    return True


def widest_gap(groups: Sequence[Group], subject: str, *, shown: bool = False) -> str:
    """The sentence; "" where no two groups of a kind are nearly all counted, or one pupil makes the difference.

    `shown`: they are those told to a reader who sees no small numbers.
    """
    widest = widest_of(groups, tells=all_told if shown else None)
    if widest is None:
        return ""
    which = "one of the widest gaps" if widest.shared else "the widest gap"
    among = widest.among(AMONG_SHOWN if shown else "")
    first = upper_first(f"{among}{which} in {inside(subject)}")
    return f"{first} is by {by_kind(widest.gap.low)}: {gap_said(widest.gap)}"


def widest_of(groups: Sequence[Group], measure: Measure = AT_EXPECTED, tells: Tells | None = None) -> Widest | None:
    """The widest gap to the group that others of its kind are measured from."""
    every = list(_all_gaps(groups, measure, tells))
    gaps = [gap for gap in every if gap.is_borne and gap.says_something]
    widest = max(gaps, key=lambda gap: gap.width, default=None)
    if widest is None:
        return None
    shared = sum(gap.width == widest.width for gap in gaps) > 1
    return Widest(widest, shared, beaten=any(gap.width > widest.width for gap in every))


def gap_said(gap: Gap) -> str:
    """ "SEN support, 2 of 9 at expected or above (22%); No SEN, 33 of 50 (66%). That is 44 points; …" """
    low = _said(gap.low, gap.measure, f" {gap.measure.words}")
    points = points_from(gap.high.tally, gap.low.tally, gap.measure)
    one = f"; one pupil of the smaller group is {_points_of_one(gap.smaller)}" if gap.smaller < LARGE else ""
    return f"{low}; {_said(gap.high, gap.measure)}. That is {points} points{one}."


def gaps_of(groups: Sequence[Group], measure: Measure = AT_EXPECTED, tells: Tells | None = None) -> Iterable[Gap]:
    """Every group beside the one its kind is measured from, where the figures of both bear it."""
    return (gap for gap in _all_gaps(groups, measure, tells) if gap.is_borne)


def _all_gaps(groups: Sequence[Group], measure: Measure, tells: Tells | None) -> Iterator[Gap]:
    for _, some in groupby(groups, key=lambda group: group.division.code):
        alike = list(some)
        base = base_of(alike, tells)
        for group in alike:
            told = group is not base and group.part.code != UNKNOWN and group.tally.counted
            if base is not None and base.tally.counted and told:
                low, high = sorted((group, base), key=lambda one: share_of(one, measure))
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
