"""How the figures of reading, writing and maths together add up, and what they tell without printing it.

Who is at expected or above is there or at greater depth; who reaches all three reaches each of them; each region of the
circles lies in its subjects. What one figure leaves of another stands in no row, but whoever subtracts can tell it:
such a figure is among the untold.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from itrack.reports.rules.answer import Count, Sum
from itrack.reports.rules.combined import EVERY
from itrack.reports.rules.groups import Division, breakdown
from itrack.reports.rules.measure import AT_EXPECTED, AT_GREATER, MEASURES, Measure
from itrack.reports.rules.tally import SubjectTally
from itrack.reports.rules.together import regions, together

# The band between the two levels, who is not counted in all three, who reaches not all of them.
BETWEEN, LEFT, ALONE = "expected", "left", "alone"


def region_key(places: frozenset[int], measure: Measure) -> str:
    return f"in.{measure.code}.{''.join(str(place) for place in sorted(places)) or 'none'}"


@dataclass(frozen=True)
class Together:
    """The three subjects, their circles by this measure, and the divisions that have rows of their own."""

    three: Sequence[SubjectTally]
    measure: Measure
    divided: Sequence[Division]

    @cached_property
    def whole(self) -> SubjectTally:
        return together(self.three)

    @cached_property
    def parts(self) -> list[tuple[str, frozenset[int]]]:
        """(beginning of a key after the subject, who is in it) of everybody and of each group."""
        everybody = self.whole.counted.union(*(one.counted for one in self.three))
        groups = breakdown(self.whole, self.divided)
        return [("", everybody), *((f"{group.value}.", group.part.members) for group in groups)]

    def apart(self) -> Iterator[tuple[SubjectTally, str, Count]]:
        """(subject, end of the key of a figure, those of it who are not among the same of all three together)."""
        for one in self.three:
            for part, members in self.parts:
                for level in MEASURES.values() if not part else (AT_EXPECTED,):
                    rest = (level.reached(one) - level.reached(self.whole)) & members
                    yield one, f"{part}{level.key}", Count(f"{one.subject}.{part}{level.key}.{ALONE}", rest)


def sums_of(told: Together) -> Iterator[Sum]:
    every = regions(told.three, told.measure)
    yield Sum("0.counted", tuple(region_key(places, told.measure) for places in every))
    yield Sum(f"0.{told.measure.key}", (region_key(EVERY, told.measure),))
    for division in told.divided:
        parts = [group.value for group in breakdown(told.whole, [division])]
        for name in (*(level.key for level in MEASURES.values()), "counted"):
            yield Sum(f"0.{name}", tuple(f"0.{part}.{name}" for part in parts))
    for part, _ in told.parts:
        yield Sum(f"0.{part}{AT_EXPECTED.key}", (f"0.{part}{AT_GREATER.key}", f"0.{part}{BETWEEN}"))
    for place, one in enumerate(told.three):
        inside = tuple(region_key(places, told.measure) for places in every if place in places)
        yield Sum(f"{one.subject}.{told.measure.key}", (*inside, f"{one.subject}.{told.measure.key}.{LEFT}"))
    for one, end, rest in told.apart():
        yield Sum(f"{one.subject}.{end}", (f"0.{end}", rest.key))


def untold_of(told: Together) -> Iterator[Count]:
    """What stands in no row of this report: of it, or of another that shows each of the subjects group by group."""
    between = AT_EXPECTED.reached(told.whole) - AT_GREATER.reached(told.whole)
    for part, members in told.parts:
        yield Count(f"0.{part}{BETWEEN}", between & members)
    for one in told.three:
        yield Count(f"{one.subject}.{told.measure.key}.{LEFT}", told.measure.reached(one) - told.whole.counted)
        for part, members in told.parts:
            yield Count(f"{one.subject}.{part}{AT_EXPECTED.key}", AT_EXPECTED.reached(one) & members)
    yield from (rest for _, _, rest in told.apart())
