"""What the marks of statements come to: for a pupil three figures and the next steps, for a class what to do next.

Three figures, since any one alone misleads: a pupil who moves on to harder statements has more covered and less depth.

- *covered*: statements taught, of those that apply to the pupil;
- *secure*: statements secure, of those taught;
- *depth*: the mean step of the scale, over those taught. Steps of one scale alone, never of two.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from itrack.objectives.rules.depth import NOT_FOR_THEM, NOT_JUDGED

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from itrack.objectives.rules.depth import Depth
    from itrack.objectives.rules.marking import Cell

NEXT_OF_A_PUPIL = 3
NEXT_OF_A_CLASS = 5


@dataclass(frozen=True, slots=True)
class Figures:
    """A pupil's marks of some statements, counted. `applying` leaves out those that do not apply to the pupil."""

    applying: int
    taught: int
    secure: int
    depths: int

    @property
    def depth(self) -> str:
        """The mean depth to one place, halves up; "" while nothing is taught."""
        if not self.taught:
            return ""
        tenths = int(Fraction(10 * self.depths, self.taught) + Fraction(1, 2))
        return f"{tenths // 10}.{tenths % 10}"


def figures(marks: Iterable[Depth | None]) -> Figures:
    """`marks` has one for each statement, None where nothing stands."""
    held = [mark for mark in marks if mark != NOT_FOR_THEM]
    taught = [mark for mark in held if mark and mark.taught]
    return Figures(len(held), len(taught), sum(mark.secure for mark in taught), sum(mark.value for mark in taught))


@dataclass(frozen=True, slots=True)
class Reached:
    """How far a class is in one statement: pupils by depth, in the scale's order, those without a mark last.

    Pupils to whom it does not apply are left out.
    """

    statement: int
    shares: tuple[tuple[Depth, int], ...]

    @property
    def pupils(self) -> int:
        return sum(n for _, n in self.shares)

    @property
    def taught(self) -> int:
        return sum(n for depth, n in self.shares if depth.taught)

    @property
    def secure(self) -> int:
        return sum(n for depth, n in self.shares if depth.secure)

    @property
    def is_unfinished(self) -> bool:
        """Taught, and not yet secure for most of those taught."""
        return self.taught > 0 and 2 * self.secure <= self.taught

    @property
    def waits(self) -> bool:
        """There are pupils for it, and it has been taught to none of them."""
        return self.pupils > 0 and not self.taught


def reached(statement: int, pupils: Collection[int], marks: Mapping[Cell, Depth], scale: Sequence[Depth]) -> Reached:
    """`marks` are those that stand."""
    held = [marks.get((pupil, statement), NOT_JUDGED) for pupil in pupils]
    return Reached(statement, tuple((depth, held.count(depth)) for depth in (*scale, NOT_JUDGED)))


@dataclass(frozen=True, slots=True)
class ClassSteps:
    """Statements in their order: those to come back to, and those to teach next."""

    again: list[int]
    ahead: list[int]


def class_steps(all_reached: Sequence[Reached], most: int = NEXT_OF_A_CLASS) -> ClassSteps:
    """The first few of each kind; a class to which nothing was taught yet has all its way ahead."""
    again = [one.statement for one in all_reached if one.is_unfinished]
    ahead = [one.statement for one in all_reached if one.waits]
    return ClassSteps(again[:most], ahead[:most])


def next_steps(pupil: int, statements: Sequence[int], marks: Mapping[Cell, Depth]) -> list[int]:
    """The pupil's next few, in order: what was taught and is not secure first, then what waits to be taught."""
    held = [(statement, marks.get((pupil, statement))) for statement in statements]
    open_ones = [statement for statement, mark in held if mark and mark.taught and not mark.secure]
    waiting = [statement for statement, mark in held if mark is None or (mark != NOT_FOR_THEM and not mark.taught)]
    return [*open_ones, *waiting][:NEXT_OF_A_PUPIL]
