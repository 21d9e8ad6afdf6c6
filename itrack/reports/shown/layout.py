"""An answer as its page lays it out: the cells as markup, the rows under the headings they belong to."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from itrack.reports.catalogue.declared import Report
from itrack.reports.queries.question import Asked
from itrack.reports.rules.answer import (
    Answer,
    Cell,
    Column,
    Count,
    Hidden,
    Mark,
    Out,
    Person,
    Row,
    Section,
    Step,
    Table,
)
from itrack.reports.rules.suppression.held import Held
from itrack.reports.shown.cells import Addresses, shown, was
from itrack.ui.words import count_of

# More names than this stand on a page of their own.
NAMES_HERE = 40
# More rows than this nobody reads on a page; the spreadsheets have them all.
ROWS_HERE = 300
OPEN_UNDER = 12
# More columns, or more signs in a row, than an upright page holds.
WIDE_FROM, WIDE_COMPARED, UPRIGHT = 9, 5, 105
# A text of more signs is a sentence, one of no more stays on a line; at the head of a row it leaves room for the rest.
SENTENCE, SHORT, SHORT_HEAD = 40, 24, 16
# What a number, a mark and a share of a table take, in signs.
FIGURE = 7


@dataclass(frozen=True, slots=True)
class ShownRow:
    """`head` is the row's head, `cells` are (class, markup)."""

    head: SafeString
    cells: Sequence[tuple[str, SafeString]]
    note: str
    strong: bool
    minor: bool


@dataclass(frozen=True, slots=True)
class ShownTable:
    """`heads` are (column, class), `bodies` (heading or "", its rows). `wide`: it takes a page of paper across.

    `unlisted` is how many more rows there are.
    """

    table: Table
    heads: Sequence[tuple[Column, str]]
    bodies: Sequence[tuple[str, Sequence[ShownRow]]]
    wide: bool
    unlisted: int = 0


@dataclass(frozen=True, slots=True)
class ShownSection:
    section: Section
    tables: Sequence[ShownTable]

    @property
    def holds_back(self) -> bool:
        """Some figure here is held back, so that the sign for it has to be told of beside it."""
        cells = (cell for one in self.tables for row in one.table.rows for cell in row.cells)
        return any(isinstance(cell, Hidden) for cell in cells)

    @property
    def compared(self) -> bool:
        """Its tables say more in each cell, so that they need the whole width."""
        return any(one.table.compared for one in self.tables)


@dataclass(frozen=True, slots=True)
class Missing:
    pupil: Person
    where: str
    reason: str


@dataclass(frozen=True, slots=True)
class Layout:
    """All the page prints besides its filters. `unlisted`: how many more are not counted than are listed here."""

    sections: Sequence[ShownSection]
    in_and_out: str
    missing: Sequence[Missing]
    unlisted: int
    to: Addresses
    is_open: bool
    rules: Sequence[str] = ()

    @property
    def says_where(self) -> bool:
        return any(one.where for one in self.missing)

    @property
    def counted_url(self) -> str:
        return self.to.names("counted")

    @property
    def out_url(self) -> str:
        return self.to.names("out")


def layout(report: Report, asked: Asked, answer: Answer) -> Layout:
    named = report.named.admits(asked.viewer)
    to = Addresses(reverse(f"{report.name}-names") if named else "", asked.address)
    out = missing(answer) if named else []
    return Layout(
        [shown_section(section, to) for section in answer.sections],
        in_and_out(answer),
        out[:NAMES_HERE],
        len(out[NAMES_HERE:]),
        to,
        len(out) < OPEN_UNDER,
        rules_left(answer),
    )


def shown_section(section: Section, to: Addresses) -> ShownSection:
    return ShownSection(section, [_table(table, to) for table in section.tables])


def _table(table: Table, to: Addresses) -> ShownTable:
    heads = [
        (column, _class(column, [row.cells[n] for row in table.rows], SHORT if n else SHORT_HEAD))
        for n, column in enumerate(table.columns)
    ]
    bodies = [
        (group, [_row(row, heads, to) for row in rows])
        for group, rows in groupby(table.rows[:ROWS_HERE], key=lambda row: row.group)
    ]
    return ShownTable(table, heads, bodies, _prints_wide(table), len(table.rows[ROWS_HERE:]))


def is_wide(table: Table) -> bool:
    most = WIDE_FROM if not table.compared else WIDE_COMPARED
    return len(table.columns) >= most or any(column.room for column in table.columns)


def _prints_wide(table: Table) -> bool:
    """On paper the heads of a page are short, so it is the rows that say whether they fit."""
    if any(column.room for column in table.columns):
        return True
    return sum(_signs(column, [row.cells[n] for row in table.rows]) for n, column in enumerate(table.columns)) > UPRIGHT


def _signs(column: Column, cells: Sequence[Cell]) -> int:
    head = max(map(len, (column.short or column.head).split()), default=0)
    return max([head, *(_signs_of(cell) for cell in cells)])


def _signs_of(cell: Cell) -> int:
    if isinstance(cell, Person):
        return len(cell.spoken)
    return min(len(_text(cell)), SENTENCE) or FIGURE


def _text(cell: Cell) -> str:
    return cell if isinstance(cell, str) else cell.code if isinstance(cell, Mark | Step) else ""


def _class(column: Column, cells: Sequence[Cell], short: int) -> str:
    """How a column is set: numbers at the end, room for a pen, sentences with room to be read, words on one line."""
    if column.numeric or column.room:
        return "n" if column.numeric else "room"
    longest = max((len(_text(cell)) for cell in cells), default=0)
    return "says" if longest > SENTENCE else "short" if 0 < longest <= short else ""


def _row(row: Row, heads: Sequence[tuple[Column, str]], to: Addresses) -> ShownRow:
    before = row.then or [None] * len(row.cells)
    head, *rest = (
        (
            f"{css} kept".strip() if isinstance(cell, Count) and cell.kept else css,
            format_html("{}{}", shown(cell, column, to), was(then, cell, column)),
        )
        for cell, then, (column, css) in zip(row.cells, before, heads, strict=True)
    )
    return ShownRow(head[1], rest, row.note, row.strong, row.minor)


def rules_left(answer: Answer) -> list[str]:
    """The rules that no note beside a table has told already."""
    told = {note for section in answer.sections for note in section.notes}
    return [rule for rule in answer.rules if rule not in told]


def missing(answer: Answer) -> list[Missing]:
    """Who is not counted, by name."""
    return [Missing(answer.people[line.pupil], line.where, line.reason) for line in by_name(answer)]


def by_name(answer: Answer) -> list[Out]:
    return sorted(answer.out, key=lambda line: answer.people[line.pupil].order)


def in_and_out(answer: Answer) -> str:
    """ "58 of 60 pupils are counted", and where the parts differ, how."""
    counted = len(answer.counted)
    verb = "is" if counted == 1 else "are"
    where = "" if answer.everywhere else f" {answer.somewhere}"
    return f"{counted:,} of {count_of(len(answer.people), 'pupil')} {verb} counted{where}"


def held_back(held: Held, stands: str) -> str:
    """What a reader without names is told of the figures not shown; `stands` says what is printed for them."""
    return (
        f"Pupils are not named here. Figures of 1 to {held.upto} pupils are held back ({stands}), with those from "
        "which they could be worked out and the sentences that rest on them."
    )
