"""From one mark to a later one: which pupils stand where at both ends, who stands apart, who is not counted and why.

    told = transition(population, starts, ends, FOUR, FOUR)
    told.cells["expected", "greater"] → frozenset({7, 9})     told.moved[UP] → frozenset({7, 9})

It counts pupils and takes no mark from another, so marks of unlike scales may stand at its two ends.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from itrack.curriculum.rules import BANDS
from itrack.reports.rules.tally import NO_MARK, Population

UP, SAME, DOWN = "up", "same", "down"
WAYS = (DOWN, SAME, UP)


@dataclass(frozen=True, slots=True)
class Step:
    """A row or column: its code and what it is called. `secure`: its pupils are at expected or above, or met it."""

    code: str
    name: str
    short: str = ""
    secure: bool = False


FOUR = tuple(Step(band.code, band.name, band.letter, band.code in ("expected", "greater")) for band in BANDS)


@dataclass(frozen=True, slots=True)
class Stand:
    """A pupil's mark at one end. `place` is the code of its step; without one `why` says why it is not counted.

    `of_year` names the year group it was judged against where that is not the pupil's own.
    """

    place: str = ""
    why: str = ""
    of_year: str = ""
    said: str = ""


@dataclass(frozen=True, slots=True)
class Transition:
    """Every pupil of the population is in one cell, or `apart` with the reason, or `out` with end and reason."""

    starts: Sequence[Step]
    ends: Sequence[Step]
    cells: Mapping[tuple[str, str], frozenset[int]]
    apart: Mapping[int, str]
    out: Mapping[int, tuple[str, str]]

    @property
    def ordered(self) -> bool:
        """Whether both ends have the same steps, so that a pupil can be said to have moved."""
        return [step.code for step in self.starts] == [step.code for step in self.ends]

    @property
    def counted(self) -> frozenset[int]:
        return frozenset().union(*self.cells.values())

    @property
    def moved(self) -> dict[str, frozenset[int]]:
        """The pupils who went down, stayed and went up; only where the steps are ordered."""
        found: dict[str, frozenset[int]] = dict.fromkeys(WAYS, frozenset())
        for (start, end), pupils in self.cells.items():
            way = self.way(start, end)
            found[way] |= pupils
        return found

    def way(self, start: str, end: str) -> str:
        """UP, SAME or DOWN; "" where the two ends cannot be compared."""
        if not self.ordered:
            return ""
        order = [step.code for step in self.ends]
        at, to = order.index(start), order.index(end)
        return SAME if at == to else UP if to > at else DOWN

    def row(self, start: str) -> frozenset[int]:
        """All who started there."""
        return frozenset().union(*(self.cells[start, end.code] for end in self.ends))

    def column(self, end: str) -> frozenset[int]:
        """All who ended there."""
        return frozenset().union(*(self.cells[start.code, end] for start in self.starts))


@dataclass(frozen=True, slots=True)
class End:
    """One end: the pupils' stands there, its title as the reasons name it, and why somebody may have none."""

    title: str
    stands: Mapping[int, Stand]
    missing: Mapping[int, str]


def transition(
    population: Population, start: End, end: End, starts: Sequence[Step], ends: Sequence[Step]
) -> Transition:
    """Sorts everybody in view. Of two reasons the later mark's is told, because it can still be mended."""
    cells: dict[tuple[str, str], set[int]] = {(one.code, two.code): set() for one in starts for two in ends}
    apart: dict[int, str] = {}
    out = {pupil: ("", reason) for pupil, reason in population.outside.items()}
    for pupil in population.inside:
        told = [(one, one.stands.get(pupil, Stand())) for one in (end, start)]
        if why := next((reason for one, stand in told for reason in _why_not(one, stand, pupil)), None):
            out[pupil] = why
        elif against := [f"Judged against {stand.of_year} at {one.title}" for one, stand in told if stand.of_year]:
            apart[pupil] = "; ".join(against)
        else:
            cells[told[1][1].place, told[0][1].place].add(pupil)
    return Transition(starts, ends, {at: frozenset(pupils) for at, pupils in cells.items()}, apart, out)


def _why_not(one: End, stand: Stand, pupil: int) -> Iterator[tuple[str, str]]:
    if not stand.place:
        yield one.title, stand.why or one.missing.get(pupil, NO_MARK)
