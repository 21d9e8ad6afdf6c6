"""Marks that stand in the wrong place: what becomes of each when it is moved or copied to another, or taken away.

A mark is read anew by the scale of where it goes, so its band is of there: W moved from writing to maths is what W
means in maths. Where another mark stands, theirs is kept unless somebody chooses to replace it, mark by mark or for
all. A mark that cannot go stays, and says why.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from itrack.assessment.rules.placing import months_old, placed
from itrack.curriculum.rules_reading import Unread, read
from itrack.curriculum.rules_schemes import Scale, Sitting
from itrack.schools.rules import fingerprint

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping
    from datetime import date

    from itrack.assessment.rules.standing import StandingMark
    from itrack.curriculum.rules_schemes import Reading

# A pupil and a subject of the place where marks go.
type Cell = tuple[int, int]

RETIRED: Final = "This subject was retired before the assessment point opened."
NOT_FOR: Final = "That assessment is not for this subject."


class Act(StrEnum):
    MOVE = "move"
    COPY = "copy"
    DELETE = "delete"


class Fate(StrEnum):
    """What becomes of a mark: it goes, stands there already, meets another mark, or cannot go."""

    GOES = "goes"
    THERE = "there"
    MEETS = "meets"
    REFUSED = "refused"


class Chosen(StrEnum):
    """What is done where another mark stands: everywhere the same, or as chosen for each."""

    KEEP = "keep"
    REPLACE = "replace"
    EACH = "each"


@dataclass(frozen=True, slots=True)
class Place:
    """Where marks stand. `subject` 0 is every subject, each to itself."""

    point: int
    subject: int
    assessment: int


@dataclass(frozen=True, slots=True)
class Target:
    """Where marks go, as they are read there. `opens` is the point's first day, `slot` its half term.

    `retired` has the last days of subjects out of use, `only_for` the subjects the assessment is for, none for all.
    """

    place: Place
    scale: Scale
    slot: int
    opens: date
    retired: Mapping[int, date] = field(default_factory=dict)
    only_for: Collection[int] = ()
    year_groups: Mapping[int, str] = field(default_factory=dict)
    born: Mapping[int, date] = field(default_factory=dict)

    def subject(self, mark: StandingMark) -> int:
        return self.place.subject or mark.subject

    def refusal(self, mark: StandingMark) -> str:
        """Why the mark cannot stand there; "" when it can."""
        subject = self.subject(mark)
        if subject in self.retired and self.retired[subject] < self.opens:
            return RETIRED
        if self.only_for and subject not in self.only_for:
            return NOT_FOR
        told = read(mark.code, self.scale)
        return told.why if isinstance(told, Unread) else ""

    def read(self, mark: StandingMark) -> tuple[Reading, str]:
        """The mark as it is there, and its band."""
        told = read(mark.code, self.scale)
        assert not isinstance(told, Unread), "only marks that were not refused go"  # noqa: S101
        age = months_old(self.born.get(mark.pupil), mark.taken_on)
        sitting = Sitting(self.year_groups.get(mark.pupil, ""), self.slot, self.subject(mark), age)
        return placed(told, self.scale, sitting)


@dataclass(frozen=True, slots=True)
class Line:
    """What becomes of one mark. `there` stands where it goes; `subject` is that place's."""

    mark: StandingMark
    subject: int
    fate: Fate
    becomes: Reading | None = None
    band: str = ""
    there: StandingMark | None = None
    reason: str = ""

    @property
    def cell(self) -> Cell:
        return self.mark.pupil, self.subject


@dataclass(frozen=True, slots=True)
class Choices:
    """What somebody chose at the preview: the pupils ticked, and where theirs is replaced."""

    pupils: Collection[int]
    chosen: Chosen = Chosen.KEEP
    replaced: Collection[Cell] = ()

    def replaces(self, cell: Cell) -> bool:
        return self.chosen is Chosen.REPLACE or (self.chosen is Chosen.EACH and cell in self.replaced)


@dataclass(frozen=True, slots=True)
class Decided:
    """`put` are to stand at the place they go to, `taken` to be ended where they were."""

    put: list[Line]
    taken: list[StandingMark]

    def counts(self, act: Act) -> dict[str, int]:
        """What the change set says it did."""
        replaced = sum(line.there is not None for line in self.put)
        if act is Act.DELETE:
            return {"deleted": len(self.taken)}
        moved = {"moved": len(self.taken)} if act is Act.MOVE else {"copied": len(self.put)}
        return moved | ({"replaced": replaced} if replaced else {})


def plan(marks: Iterable[StandingMark], there: Mapping[Cell, StandingMark], target: Target) -> list[Line]:
    """What becomes of each of the marks, in their order."""
    return [_line(mark, there.get((mark.pupil, target.subject(mark))), target) for mark in marks]


def _line(mark: StandingMark, there: StandingMark | None, target: Target) -> Line:
    subject = target.subject(mark)
    if reason := target.refusal(mark):
        return Line(mark, subject, Fate.REFUSED, there=there, reason=reason)
    becomes, band = target.read(mark)
    fate = _fate(mark, becomes, there)
    return Line(mark, subject, fate, becomes, band, there)


def _fate(mark: StandingMark, becomes: Reading, there: StandingMark | None) -> Fate:
    if there is None:
        return Fate.GOES
    if (there.code, there.taken_on) != (becomes.code, mark.taken_on):
        return Fate.MEETS
    # The same mark, once confirmed and once a copy: the confirmed one stands afterwards.
    return Fate.GOES if mark.confirmed and not there.confirmed else Fate.THERE


def decide(lines: Iterable[Line], act: Act, choices: Choices) -> Decided:
    """What is to be done of a plan. Where theirs is kept, the mark stays where it is too, so that nothing is lost."""
    told = [line for line in lines if line.mark.pupil in choices.pupils]
    if act is Act.DELETE:
        return Decided([], [line.mark for line in told])
    put = [line for line in told if line.fate is Fate.GOES or (line.fate is Fate.MEETS and choices.replaces(line.cell))]
    if act is Act.COPY:
        return Decided(put, [])
    done = {line.mark.id for line in put}
    return Decided(put, [line.mark for line in told if line.mark.id in done or line.fate is Fate.THERE])


def removal(marks: Iterable[StandingMark]) -> list[Line]:
    """The plan of taking marks away."""
    return [Line(mark, mark.subject, Fate.GOES) for mark in marks]


def seen(act: Act, lines: Iterable[Line]) -> str:
    """A short word for a plan; another word later means that a mark or its meaning has changed since it was shown."""
    return fingerprint([act.value, *sorted((_shown(line) for line in lines), key=repr)])


def _shown(line: Line) -> tuple[object, ...]:
    after = (line.becomes.code, line.band) if line.becomes else ()
    return line.mark.id, line.subject, line.fate.value, after, line.there and line.there.id


def fates(lines: Iterable[Line]) -> dict[Fate, int]:
    """How many marks meet each fate, every fate named."""
    counted = Counter(line.fate for line in lines)
    return {fate: counted[fate] for fate in Fate}


def misasked(act: Act, source: Place, target: Place) -> str:
    """Why this cannot be asked for; "" when it can."""
    if act is Act.DELETE:
        return ""
    if bool(source.subject) != bool(target.subject):
        return "Choose one subject to go to when they come from one, and “each to itself” when they come from all."
    if source == target:
        return "The marks stand there already: choose another point, subject or assessment for them to go to."
    return ""
