"""What a typed mark means, and what to answer when it means nothing here."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

type Cell = tuple[int, int]

LONGEST_SHOWN = 12


@dataclass(frozen=True, slots=True)
class RefusedCell:
    """A mark that was not saved: whose, in which subject, what was typed and why not, as a teacher reads it."""

    pupil: int
    subject: int
    typed: str
    reason: str


@dataclass(frozen=True, slots=True)
class SavedMarks:
    """What became of a save. `change_set` is None when nothing had to be changed."""

    change_set: int | None
    saved: int
    cleared: int
    unchanged: int
    refused: list[RefusedCell] = field(default_factory=list)


def tidy(typed: str) -> str:
    """The code as schemes hold it: no spaces around, upper case."""
    return typed.strip().upper()


def shown(typed: str) -> str:
    """What was typed, short enough to repeat in a sentence."""
    text = typed.strip()
    return text if len(text) <= LONGEST_SHOWN else f"{text[: LONGEST_SHOWN - 1]}…"


def not_a_mark(typed: str, codes: Sequence[str]) -> str:
    """Why this is refused, with the marks there are."""
    listed = f"{', '.join(codes[:-1])} or {codes[-1]}" if len(codes) > 1 else "".join(codes)
    return f"{shown(typed)} is not a mark here. Not saved. Type {listed}."


NOT_YOURS = "This pupil is not on the roll, or not in a class of yours. Not saved."
NO_SUBJECT = "There is no such subject in this school. Not saved."
NO_POINT = "There is no such assessment point in this school. Not saved."


@dataclass(frozen=True, slots=True)
class Marking:
    """What marks there may be: for whom, in which subjects, and the option of each code. `point` says it exists."""

    point: bool
    pupils: Collection[int]
    subjects: Collection[int]
    options: Mapping[str, int]

    def refusal(self, cell: Cell, typed: str) -> str:
        """Why this cell cannot be saved; "" when it can."""
        pupil, subject = cell
        if not self.point:
            return NO_POINT
        if pupil not in self.pupils:
            return NOT_YOURS
        if subject not in self.subjects:
            return NO_SUBJECT
        code = tidy(typed)
        return "" if not code or code in self.options else not_a_mark(typed, list(self.options))


@dataclass(frozen=True, slots=True)
class Sorted:
    """A save sorted out: cells to set with their option, cells to empty, how many stand as typed, those refused."""

    to_set: dict[Cell, int]
    to_clear: list[Cell]
    unchanged: int
    refused: list[RefusedCell]


def sort_out(typed: Mapping[Cell, str], standing: Mapping[Cell, int], marking: Marking) -> Sorted:
    """Compares what was typed with what stands. `standing` gives the option of each cell that has a mark."""
    to_set: dict[Cell, int] = {}
    to_clear: list[Cell] = []
    refused: list[RefusedCell] = []
    for cell, text in typed.items():
        if reason := marking.refusal(cell, text):
            refused.append(RefusedCell(*cell, shown(text), reason))
            continue
        wanted = marking.options[tidy(text)] if tidy(text) else None
        if wanted is None and cell in standing:
            to_clear.append(cell)
        elif wanted is not None and wanted != standing.get(cell):
            to_set[cell] = wanted
    return Sorted(to_set, to_clear, len(typed) - len(to_set) - len(to_clear) - len(refused), refused)
