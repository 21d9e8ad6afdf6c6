"""Groups of one kind beside each other: each group's gap to the one the others are measured from, and what it says.

    compared(groups, AT_EXPECTED) → [Line(girls, gap=Fraction(1, 12)), Line(boys, is_base=True), …]

A gap is the difference of exact shares and is rounded once, where it is shown. Classes have no such group.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from itrack.pupils.rules_answers import UNKNOWN
from itrack.pupils.rules_groups import DISADVANTAGE
from itrack.reports.rules.base import ACROSS, base_of
from itrack.reports.rules.finding import FEW, Finding, Standing, in_brackets, inside, listed
from itrack.reports.rules.gap import (
    AMONG_SHOWN,
    Gap,
    Tells,
    Widest,
    all_told,
    by_kind,
    gap_said,
    gaps_of,
    is_compared,
    share_of,
    widest_of,
)
from itrack.reports.rules.groups import Division, Group, Part
from itrack.reports.rules.measure import Measure
from itrack.reports.rules.tally import SubjectTally
from itrack.ui.words import count_of, figure, upper_first


@dataclass(frozen=True, slots=True)
class Line:
    """A group. `gap` is its share less that of the base of its kind, None where one of them has nobody counted."""

    group: Group
    reached: frozenset[int]
    gap: Fraction | None
    base: Group | None

    @property
    def is_base(self) -> bool:
        return self.group is self.base

    @property
    def counted(self) -> frozenset[int]:
        return self.group.tally.counted

    @property
    def is_small(self) -> bool:
        return len(self.counted) < FEW


def compared(groups: Sequence[Group], measure: Measure, tells: Callable[[Group], bool] | None = None) -> list[Line]:
    """A line for every group, in the order given.

    `tells` is given where small numbers are held back: which group is the base then rests on nothing but what is told.
    """
    bases = {kind: base_of([one for one in groups if one.division.code == kind], tells) for kind in _kinds(groups)}
    return [_line(group, bases[group.division.code], measure) for group in groups]


def _kinds(groups: Sequence[Group]) -> set[str]:
    return {group.division.code for group in groups}


def _line(group: Group, base: Group | None, measure: Measure) -> Line:
    told = group is not base and group.part.code != UNKNOWN and group.tally.counted
    both = base is not None and told and base.tally.counted
    gap = share_of(group, measure) - share_of(base, measure) if base is not None and both else None
    return Line(group, measure.reached(group.tally), gap, base)


def crossed(first: Division, second: Division) -> list[Division]:
    """The second kind within each group of the first, as divisions of their own."""
    return [
        Division(
            f"{first.code}-{one.code}{ACROSS}{second.code}",
            f"{second.title} ({one.words})",
            [Part(other.code, other.words, one.members & other.members) for other in second.parts],
        )
        for one in first.parts
        if one.members
    ]


def group_findings(
    whole: SubjectTally, groups: Sequence[Group], measure: Measure, *, where: str, also: str = DISADVANTAGE.code
) -> list[Finding]:
    """The whole, the widest gap with how many pupils it is, that of the kind `also`, and who is not compared."""
    widest = widest_of(groups, measure)
    said = [Finding(_lead(widest), " ".join([_everybody(whole, measure, where), *_widest(widest)]))]
    if widest is None:
        said.append(Finding("", _why_none(groups, measure)))
    care = _not_compared(groups)
    return [*said, *_also(widest, groups, measure, also), *([Finding("", care)] if care else [])]


def told_findings(
    whole: SubjectTally | None, told: Sequence[Group], measure: Measure, *, where: str, also: str = DISADVANTAGE.code
) -> list[Finding]:
    """The same for who sees no small numbers: of the groups that are told, and of the whole where it is not None."""
    widest = widest_of(told, measure, all_told)
    said = [*([_everybody(whole, measure, where)] if whole else []), *_widest(widest)]
    first = [Finding(_lead(widest, AMONG_SHOWN), " ".join(said))] if said else []
    return [*first, *_also(widest, told, measure, also, all_told)]


def _also(
    widest: Widest | None, groups: Sequence[Group], measure: Measure, kind: str, tells: Tells | None = None
) -> list[Finding]:
    """The gaps of a kind that is told of in any case, unless it is the widest."""
    if widest is None or widest.gap.low.division.code == kind:
        return []
    return [Finding("", _of_kind(gap)) for gap in gaps_of(groups, measure, tells) if gap.low.division.code == kind]


def _lead(widest: Widest | None, among: str = "") -> str:
    if widest is None:
        return ""
    which = "one of the widest gaps" if widest.shared else "the widest gap"
    return upper_first(f"{widest.among(among)}{which} is by {by_kind(widest.gap.low)}.")


def _everybody(whole: SubjectTally, measure: Measure, where: str) -> str:
    row = Standing(whole.name, len(measure.reached(whole)), len(whole.counted), whole.population)
    if row.counted == 1:
        who = f"the one pupil counted is {'' if row.secure else 'not '}"
    else:
        of = f"of {figure(row.counted)} pupils counted"
        who = f"{figure(row.secure) if row.secure else 'none'} {of} {'is' if row.secure < 2 else 'are'} "
    return f"{upper_first(where)}, {who}{measure.words} in {inside(whole.name)}{in_brackets(row)}."


def _widest(widest: Widest | None) -> list[str]:
    return [gap_said(widest.gap), _to_close(widest.gap)] if widest else []


def _to_close(gap: Gap) -> str:
    """How many pupils the gap is: so many more of the lower group would make the shares the same."""
    of = len(gap.low.tally.counted)
    exact = gap.width * of
    more = (2 * exact.numerator + exact.denominator) // (2 * exact.denominator)
    who = "all" if more == of else f"{'' if exact == more else 'about '}{figure(more)} more"
    return f"Were the two shares the same, {who} of the {figure(of)} pupils of the lower group would be."


def _of_kind(gap: Gap) -> str:
    if not gap.width:
        return _level(gap)
    first = f"By {by_kind(gap.low)}: {gap_said(gap)}"
    return f"{first} {_to_close(gap)}" if gap.says_something else f"{first} That is not more than one pupil."


def _level(gap: Gap) -> str:
    row = Standing("", len(gap.measure.reached(gap.low.tally)), len(gap.low.tally.counted), gap.low.tally.population)
    return f"By {by_kind(gap.low)} the shares are the same{in_brackets(row)}."


def _why_none(groups: Sequence[Group], measure: Measure) -> str:
    if any(True for _ in gaps_of(groups, measure)):
        return "No gap between two groups of a kind is wider than one pupil of the smaller group."
    return (
        "No two groups of a kind are compared: that takes five pupils counted in each, and four in five of the group."
    )


def _not_compared(groups: Sequence[Group]) -> str:
    few = [group for group in groups if is_compared(group) and 0 < len(group.tally.counted) < FEW]
    if not few:
        return ""
    pupils = count_of(FEW, "pupil")
    return (
        f"Of fewer than {pupils} a share says little, so these are not compared: {listed([_few(one) for one in few])}."
    )


def _few(group: Group) -> str:
    kind, part = inside(group.division.title), group.part.words
    return f"{part} ({'' if part.casefold() == kind.casefold() else f'{kind}, '}{len(group.tally.counted)})"
