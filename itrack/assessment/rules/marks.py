"""What a typed mark means, and what to answer when it cannot be saved.

A page says what it showed in each cell. So a cell its reader left alone is never taken for a change, and a cell that
somebody else changed meanwhile is told apart from one that stands as it was shown.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from itrack.assessment.rules.placing import placed
from itrack.curriculum.rules_reading import Unread, read, short, tidied
from itrack.curriculum.rules_schemes import Sitting

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from itrack.curriculum.rules_schemes import Reading, Scale

# A pupil and a column of the sheet.
type Cell = tuple[int, int]

# Follows the code of a mark that was copied from an earlier point and that nobody has confirmed.
COPIED = "?"
NOT_YOURS = "This pupil is not on the roll, or not in a class of yours. Not saved."
NO_SUBJECT = "There is no such subject in this school. Not saved."
RETIRED = "This subject was retired before the assessment point opened. Not saved. A head can bring it back."
NO_POINT = "There is no such assessment point in this school. Not saved."
NOT_FOR = "This assessment is not for that subject. Not saved."


@dataclass(frozen=True, slots=True)
class Sheet:
    """What the cells of a sheet have in common: their point, and its columns are subjects; or their subject, and its
    columns are points. All are of one assessment, 0 for the main one."""

    point: int = 0
    subject: int = 0
    assessment: int = 0

    def place(self, column: int) -> tuple[int, int]:
        """The point and the subject of a column."""
        return (column, self.subject) if self.subject else (self.point, column)

    def column(self, point: int, subject: int) -> int:
        return point if self.subject else subject


@dataclass(frozen=True, slots=True)
class RefusedCell:
    """A mark that was not saved: whose, in which column, what was typed and why not, as a teacher reads it.

    `stands` is the code that stands in the cell, COPIED after it when it is a copy, "" when none does. `overtaken` says
    that somebody else put it there meanwhile, so the page shows it and a later save does not replace it unawares.
    """

    pupil: int
    column: int
    typed: str
    reason: str
    stands: str = ""
    overtaken: bool = False


@dataclass(frozen=True, slots=True)
class SavedMarks:
    """What became of a save, in cells. `change_set` is None when nothing had to be changed.

    `shown`: cell → (code, class of its band, what stands beside it), of saved marks that are no code of the scheme.
    """

    change_set: int | None
    saved: int
    cleared: int
    unchanged: int
    refused: list[RefusedCell] = field(default_factory=list)
    shown: dict[str, tuple[str, str, str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Marking:
    """What may be marked: whom, at which points, in which subjects, by which scale; and the code in each cell.

    `past` are those of the points that are past, with when they closed; `leads` says that the person may change their
    marks all the same. `opens` has the points' first days and `retired` the last of subjects that are no longer taught,
    as ISO dates. `only_for` are the subjects the assessment is for, none for all; `read_only` says why it takes no new
    marks, "" when it does. `slots` has the points' half terms; `year_groups` by (pupil, point) and `ages` in months are
    asked for where a band depends on them.
    """

    sheet: Sheet
    points: Collection[int]
    past: Mapping[int, str]
    leads: bool
    pupils: Collection[int]
    subjects: Collection[int]
    scale: Scale
    only_for: Collection[int]
    read_only: str
    slots: Mapping[int, int]
    year_groups: Mapping[tuple[int, int], str]
    ages: Mapping[int, int]
    stands: Mapping[Cell, str]
    opens: Mapping[int, str]
    retired: Mapping[int, str]
    # A class is marked with a handful of codes, so each is read once.
    was_read: dict[str, Reading | Unread] = field(default_factory=dict, compare=False, repr=False)

    def _read(self, code: str) -> Reading | Unread:
        if code not in self.was_read:
            self.was_read[code] = read(code, self.scale)
        return self.was_read[code]

    def is_retired(self, point: int, subject: int) -> bool:
        """Whether the subject was out of use before the point opened."""
        return subject in self.retired and self.retired[subject] < self.opens[point]

    def refusal(self, cell: Cell, code: str) -> str:
        """Why this cell cannot take this code; "" when it can."""
        pupil, (point, subject) = cell[0], self.sheet.place(cell[1])
        if point not in self.points:
            return NO_POINT
        if pupil not in self.pupils:
            return NOT_YOURS
        if subject not in self.subjects:
            return NO_SUBJECT
        if code and self.is_retired(point, subject):
            return RETIRED
        if code and self.only_for and subject not in self.only_for:
            return NOT_FOR
        if self.read_only:
            return f"{self.read_only} Not saved."
        if closed := self.closed(point):
            return f"{closed} Not saved. A head or an administrator can change this mark."
        told = self._read(code) if code else None
        return f"{told.why} Not saved. {told.instead}".rstrip() if isinstance(told, Unread) else ""

    def mark(self, cell: Cell, code: str) -> tuple[Reading, str]:
        """The mark a code that is not refused stands for in this cell, and its band."""
        told = self._read(code)
        assert not isinstance(told, Unread), "only codes that were not refused are stored"  # noqa: S101
        pupil, (point, subject) = cell[0], self.sheet.place(cell[1])
        year_group = self.year_groups.get((pupil, point), "")
        return placed(told, self.scale, Sitting(year_group, self.slots[point], subject, self.ages.get(pupil)))

    def closed(self, point: int) -> str:
        """ "Autumn 1 closed on 23 October 2026." when this person can no longer change its marks, else ""."""
        return f"{self.past[point]}." if point in self.past and not self.leads else ""


@dataclass(frozen=True, slots=True)
class Sorted:
    """A save sorted out. `wanted` are the cells to change with their new code, "" to empty them.

    `overtaken` are those of them that no longer stand as their reader was shown them. `told` are all the marks that
    stand after it, as they are stored.
    """

    wanted: dict[Cell, str]
    overtaken: list[Cell]
    unchanged: int
    refused: list[RefusedCell]
    told: dict[Cell, str] = field(default_factory=dict)

    @property
    def cleared(self) -> int:
        return sum(not code for code in self.wanted.values())

    @property
    def set(self) -> int:
        return len(self.wanted) - self.cleared

    @property
    def counts(self) -> dict[str, int]:
        return {"saved": self.set, "cleared": self.cleared}


def tidy(typed: str) -> str:
    """The code as schemes hold it: no spaces around, upper case."""
    return tidied(typed)


def plain(code: str) -> str:
    """The code alone of a mark that may be a copy: "W?" is W."""
    return code.removesuffix(COPIED)


def sort_out(
    typed: Mapping[Cell, str], shown: Mapping[Cell, str] | None, marking: Marking, confirm: Collection[Cell] = ()
) -> Sorted:
    """Compares what was typed with what was shown and with what stands. Without `shown`, no cell is overtaken.

    A copy left as it was shown stays a copy, unless its cell is among those to `confirm`.
    """
    wanted: dict[Cell, str] = {}
    overtaken: list[Cell] = []
    refused: list[RefusedCell] = []
    told: dict[Cell, str] = {}
    for cell, text in typed.items():
        code, stands = tidy(text), marking.stands.get(cell, "")
        seen = tidy(shown[cell]) if shown and cell in shown else None
        if seen is not None and code == plain(seen) and cell not in confirm:
            continue
        if reason := marking.refusal(cell, code):
            refused.append(RefusedCell(*cell, short(text), reason, stands))
            continue
        code = marking.mark(cell, code)[0].code if code else ""
        told[cell] = code
        if code != stands:
            wanted[cell] = code
            overtaken += [cell] if seen is not None and seen != stands else []
    return Sorted(wanted, overtaken, len(typed) - len(wanted) - len(refused), refused, told)


@dataclass(frozen=True, slots=True)
class LastChange:
    """Who changed a cell last and when, as a clock time or a day. `by` is a membership's id, `mark` the judgement's."""

    by: int
    name: str
    when: str
    mark: int


def keep_theirs(told: Sorted, changes: Mapping[Cell, LastChange], marking: Marking, by: int) -> Sorted:
    """Refuses the cells that somebody else changed since they were shown. Who overtook themselves is let through."""
    theirs = [cell for cell in told.overtaken if cell not in changes or changes[cell].by != by]
    refused = [
        RefusedCell(
            *cell,
            told.wanted[cell],
            _overtaken(told.wanted[cell], marking.stands.get(cell, ""), changes.get(cell)),
            marking.stands.get(cell, ""),
            overtaken=True,
        )
        for cell in theirs
    ]
    left = {cell: code for cell, code in told.wanted.items() if cell not in set(theirs)}
    kept = {cell: code for cell, code in told.told.items() if cell not in set(theirs)}
    return replace(told, wanted=left, overtaken=[], refused=[*told.refused, *refused], told=kept)


def _overtaken(typed: str, stands: str, change: LastChange | None) -> str:
    deed = f"{'copied' if stands.endswith(COPIED) else 'typed'} {plain(stands)}" if stands else "emptied this mark"
    theirs = f"{change.name} {deed} {change.when}" if change else "This mark was taken back"
    if not typed:
        return f"{theirs}, after you opened this page. It is not emptied. Empty it again to remove {plain(stands)}."
    again = f"to replace {plain(stands)}" if stands else "to put it in"
    return f"{theirs}, after you opened this page. Your {typed} is not saved. Type it again {again}."
