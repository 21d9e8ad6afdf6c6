"""What the marks of a class or a pupil come to, as their pages tell it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from itrack.objectives.rules.depth import NOT_JUDGED
from itrack.objectives.rules.progress import Figures, Reached, class_steps, figures, next_steps, reached

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from itrack.objectives.rules.depth import Depth
    from itrack.objectives.rules.grid import Who, Wording
    from itrack.objectives.rules.marking import Cell


@dataclass(frozen=True, slots=True)
class Tone:
    """A depth as a drawing takes it: `css` also tells what is not taught ("x") from what has no mark at all ("n")."""

    letter: str
    name: str
    css: str


def tone(depth: Depth) -> Tone:
    return Tone(depth.code, depth.name, depth.css or ("n" if depth == NOT_JUDGED else "x"))


@dataclass(frozen=True, slots=True)
class Told:
    """A statement with how far the class is in it."""

    wording: Wording
    reached: Reached

    @property
    def label(self) -> str:
        return f"{self.wording.number}. {self.wording.text}"


@dataclass(frozen=True, slots=True)
class PupilTold:
    """A pupil's figures and next steps."""

    who: Who
    figures: Figures
    steps: list[Wording]


@dataclass(frozen=True, slots=True)
class ClassTold:
    """A class in the statements of a subject and years: those to come back to, those to teach next, and by pupil."""

    told: list[Told]
    again: list[Told]
    ahead: list[Told]
    pupils: list[PupilTold]

    @property
    def begun(self) -> int:
        """Statements that somebody was taught."""
        return sum(one.reached.taught > 0 for one in self.told)

    @property
    def mostly_secure(self) -> int:
        """Of these, those secure for most of the pupils they were taught to."""
        return sum(one.reached.taught > 0 and not one.reached.is_unfinished for one in self.told)


def tell_class(
    pupils: Sequence[Who], wordings: Sequence[Wording], marks: Mapping[Cell, Depth], scale: Sequence[Depth]
) -> ClassTold:
    """`wordings` in the order they are taught."""
    ids = [who.id for who in pupils]
    told = [Told(one, reached(one.id, ids, marks, scale)) for one in wordings]
    of = {one.wording.id: one for one in told}
    steps = class_steps([one.reached for one in told])
    return ClassTold(
        told,
        [of[one] for one in steps.again],
        [of[one] for one in steps.ahead],
        [_pupil(who, wordings, marks) for who in pupils],
    )


def _pupil(who: Who, wordings: Sequence[Wording], marks: Mapping[Cell, Depth]) -> PupilTold:
    of = {one.id: one for one in wordings}
    steps = next_steps(who.id, list(of), marks)
    return PupilTold(who, figures(marks.get((who.id, one)) for one in of), [of[one] for one in steps])


def by_strand(pupil: int, wordings: Sequence[Wording], marks: Mapping[Cell, Depth]) -> list[tuple[str, Figures]]:
    """(strand, the pupil's figures in it), in order."""
    names = {one.strand: one.strand_name for one in wordings}
    return [
        (name, figures(marks.get((pupil, one.id)) for one in wordings if one.strand == strand))
        for strand, name in names.items()
    ]
