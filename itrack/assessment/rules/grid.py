"""The marks grid as a page shows it: rows of cells, columns with their counts, and what is said beside them."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING

from itrack.assessment.rules.marks import COPIED
from itrack.curriculum.rules import BAND_OF
from itrack.curriculum.rules_schemes import Kind, percentile
from itrack.pupils.rules_flags import FLAG_WORDS
from itrack.pupils.rules_years import year_group_name

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    from itrack.assessment.rules.marks import Cell, RefusedCell
    from itrack.curriculum.rules_schemes import Scale

# A flag as it is shown: "E" alone would read as a mark.
FLAG_SHOWN = {"E": "EHCP"}


@dataclass(frozen=True, slots=True)
class Mark:
    """A mark as it stands: its code, the class of its band ("" for none), and what the code is called.

    `copied`: it came from an earlier point and nobody has confirmed it. `counts` is False of a code, such as absent,
    that says why there is no mark. `beside` adds to a score: its percentile.
    """

    code: str
    css: str
    name: str
    copied: bool = False
    counts: bool = True
    beside: str = ""

    @property
    def said(self) -> str:
        """The code as the page's `was` gives it."""
        return f"{self.code}{COPIED}" if self.copied else self.code


def mark_of(code: str, band: str, confirmed: bool, *, names: Mapping[str, str], kind: Kind) -> Mark:
    """The mark as it is shown. `names` says what the codes are called; a score is called by its percentile."""
    of_year, _, plain = code.rpartition(":") if kind is not Kind.AGE else ("", "", code)
    against = f", against {year_group_name(of_year)}" if of_year else ""
    beside = f"{percentile(Decimal(plain))}%" if kind is Kind.STANDARDISED and plain.isdecimal() else ""
    name = f"{names.get(plain, '')}{f'percentile {beside[:-1]}' if beside else ''}{against}"
    counts = bool(band) or plain not in names
    return Mark(code, BAND_OF[band].css if band else "", name, not confirmed, counts, beside)


def look_of(code: str, band: str, kind: Kind) -> tuple[str, str, str]:
    """(code, class of its band, what stands beside it): what a page is told of a mark that is no code of its scheme."""
    mark = mark_of(code, band, True, names={}, kind=kind)
    return code, mark.css, mark.beside


def shown_beside(
    marks: Mapping[Cell, tuple[str, str]], scale: Scale, *, known: Collection[Cell] | None = None
) -> dict[str, tuple[str, str, str]]:
    """Cell → look, of the marks (code, band) that a page which knows the codes alone would show wrongly.

    `known` are the cells whose code it has as stored; None for all.
    """
    return {
        f"{cell[0]}-{cell[1]}": look_of(code, band, scale.kind)
        for cell, (code, band) in marks.items()
        if code not in scale.options or scale.band_of_code(code) != band or (known is not None and cell not in known)
    }


@dataclass(frozen=True, slots=True)
class Shown:
    """One cell. `text` is what its field holds: the mark that stands, or what was typed and is no mark."""

    name: str
    text: str
    css: str
    last: str
    refused: bool = False
    copied: bool = False
    closed: bool = False
    beside: str = ""


@dataclass(frozen=True, slots=True)
class Who:
    """A pupil of the class as the grid needs them."""

    id: int
    name: str
    flags: tuple[str, ...]
    year_group: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """`was` are the marks that stand, in the order of the columns: what the page has shown, for the save to compare.

    `refused` counts the cells a save has just turned down; the notes say why.
    """

    who: Who
    cells: list[Shown]
    was: str
    notes: list[str]
    refused: int

    @property
    def flags(self) -> list[tuple[str, str]]:
        return [(FLAG_SHOWN.get(flag, flag), FLAG_WORDS[flag]) for flag in self.who.flags]


@dataclass(frozen=True, slots=True)
class Column:
    """`entered` are the marks that count, `copied` those to be confirmed, `to_copy` the empty cells with a letter.

    `closed` says since when its marks can only be read, "" while they can be changed.
    """

    id: int
    name: str
    entered: int
    copied: int = 0
    to_copy: int = 0
    closed: str = ""


@dataclass(frozen=True, slots=True)
class Grid:
    """`entered` of `possible` cells hold a mark."""

    columns: list[Column]
    rows: list[Row]

    @property
    def entered(self) -> int:
        return sum(column.entered for column in self.columns)

    @property
    def copied(self) -> int:
        return sum(column.copied for column in self.columns)

    @property
    def refused(self) -> int:
        return sum(row.refused for row in self.rows)

    @property
    def possible(self) -> int:
        return len(self.columns) * len(self.rows)


@dataclass(frozen=True, slots=True)
class Marks:
    """By (pupil, column): the marks that stand, and the code of the last mark before. `closed`: column → since when.

    `wanted`: cell → who wanted another mark there.
    """

    now: Mapping[Cell, Mark]
    before: Mapping[Cell, str]
    refused: Mapping[Cell, RefusedCell] = field(default_factory=dict)
    closed: Mapping[int, str] = field(default_factory=dict)
    wanted: Mapping[Cell, str] = field(default_factory=dict)


def lay_out(pupils: Sequence[Who], headed: Sequence[tuple[int, str]], marks: Marks) -> Grid:
    """The grid of these pupils and columns, subjects or points, in their order."""
    columns = [_column(column, name, pupils, marks) for column, name in headed]
    return Grid(columns, [_row(who, columns, marks) for who in pupils])


def _column(subject: int, name: str, pupils: Sequence[Who], marks: Marks) -> Column:
    cells = [(who.id, subject) for who in pupils]
    standing = [marks.now[cell] for cell in cells if cell in marks.now]
    copied = sum(mark.copied for mark in standing)
    to_copy = sum(cell in marks.before and cell not in marks.now for cell in cells)
    closed = marks.closed.get(subject, "")
    return Column(subject, name, len(standing) - copied, copied, 0 if closed else to_copy, closed)


def _row(who: Who, columns: Sequence[Column], marks: Marks) -> Row:
    refused = [marks.refused.get((who.id, column.id)) for column in columns]
    notes = [f"{column.name}: {cell.reason}" for column, cell in zip(columns, refused, strict=True) if cell]
    heard = [(column.name, marks.wanted.get((who.id, column.id))) for column in columns]
    notes += [f"{name}: {words}" for name, words in heard if words]
    notes += [] if notes else _uncounted(who, columns, marks)
    standing = [marks.now.get((who.id, column.id)) for column in columns]
    was = ",".join(mark.said if mark else "" for mark in standing)
    cells = [_cell(who.id, column.id, mark, marks) for column, mark in zip(columns, standing, strict=True)]
    return Row(who, cells, was, notes, sum(cell is not None for cell in refused))


def _cell(pupil: int, subject: int, mark: Mark | None, marks: Marks) -> Shown:
    name, last = f"{pupil}-{subject}", marks.before.get((pupil, subject), "")
    no = marks.refused.get((pupil, subject))
    if no and not no.overtaken:
        return Shown(name, no.typed, "", last, refused=True)
    closed = subject in marks.closed
    if mark is None:
        return Shown(name, "", "", last, closed=closed)
    return Shown(name, mark.code, mark.css, last, copied=mark.copied, closed=closed, beside=mark.beside)


def _uncounted(who: Who, columns: Iterable[Column], marks: Marks) -> list[str]:
    """Says of each mark without a band, once, where it stands and what it is, since no figure counts it."""
    where: dict[tuple[str, str], list[str]] = {}
    for column in columns:
        mark = marks.now.get((who.id, column.id))
        if mark and not mark.counts:
            where.setdefault((mark.code, mark.name), []).append(column.name)
    return [f"{', '.join(names)}: {code}, {_within(name)}. Not counted." for (code, name), names in where.items()]


def _within(words: str) -> str:
    return words[:1].lower() + words[1:]


def shown_marks(fields: Iterator[tuple[int, str]], subjects: Sequence[int]) -> dict[Cell, str]:
    """What a page had shown, read back from each pupil's `was`."""
    return {
        (pupil, subject): code for pupil, was in fields for subject, code in zip(subjects, was.split(","), strict=False)
    }


def mostly(points: Collection[int]) -> int | None:
    """The point most of these are of; None when there are none."""
    return max(set(points), key=list(points).count, default=None)
