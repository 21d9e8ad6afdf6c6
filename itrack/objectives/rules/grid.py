"""The objectives grid as a page shows it: rows of cells, and columns of statements with their counts."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from itrack.objectives.rules.depth import Depth
    from itrack.objectives.rules.marking import Cell, RefusedCell


@dataclass(frozen=True, slots=True)
class Who:
    """A pupil of the class. `year` is said where the statements shown are another year's, as "Year 3"."""

    id: int
    name: str
    year: str = ""


@dataclass(frozen=True, slots=True)
class Wording:
    """A statement as it is shown: its number in the strand, its code, what it says, and the strand by id and name."""

    id: int
    number: int
    code: str
    text: str
    strand: int = 0
    strand_name: str = ""


@dataclass(frozen=True, slots=True)
class Shown:
    """One cell. `text` is what its field holds: the code that stands, or what was typed and is no depth."""

    name: str
    text: str
    css: str
    refused: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """`was` are the codes that stand, in the order of the columns. `refused` counts the cells just turned down."""

    who: Who
    cells: list[Shown]
    was: str
    notes: list[str]
    refused: int


@dataclass(frozen=True, slots=True)
class Column:
    """`entered` cells of it hold a code."""

    wording: Wording
    entered: int


@dataclass(frozen=True, slots=True)
class Grid:
    columns: list[Column]
    rows: list[Row]

    @property
    def entered(self) -> int:
        return sum(column.entered for column in self.columns)

    @property
    def possible(self) -> int:
        return len(self.columns) * len(self.rows)

    @property
    def refused(self) -> int:
        return sum(row.refused for row in self.rows)


@dataclass(frozen=True, slots=True)
class Held:
    """By cell: the mark that stands, a mark just refused, and who wanted another mark there."""

    now: Mapping[Cell, Depth]
    refused: Mapping[Cell, RefusedCell] = field(default_factory=dict)
    wanted: Mapping[Cell, str] = field(default_factory=dict)


def lay_out(pupils: Sequence[Who], statements: Sequence[Wording], held: Held) -> Grid:
    """The grid of these pupils and statements, in their order."""
    columns = [Column(one, sum((who.id, one.id) in held.now for who in pupils)) for one in statements]
    return Grid(columns, [_row(who, statements, held) for who in pupils])


def _row(who: Who, statements: Sequence[Wording], held: Held) -> Row:
    notes, refused = [], 0
    for one in statements:
        if no := held.refused.get((who.id, one.id)):
            notes.append(f"{one.number}: {no.reason}")
            refused += 1
    notes += [f"{one.number}: {held.wanted[who.id, one.id]}" for one in statements if (who.id, one.id) in held.wanted]
    standing = [held.now.get((who.id, one.id)) for one in statements]
    was = ",".join(mark.code if mark else "" for mark in standing)
    cells = [_cell(who.id, one.id, mark, held) for one, mark in zip(statements, standing, strict=True)]
    return Row(who, cells, was, notes, refused)


def _cell(pupil: int, statement: int, mark: Depth | None, held: Held) -> Shown:
    name, no = f"{pupil}-{statement}", held.refused.get((pupil, statement))
    if no and not no.overtaken:
        return Shown(name, no.typed, "", refused=True)
    return Shown(name, mark.code, mark.css) if mark else Shown(name, "", "")
