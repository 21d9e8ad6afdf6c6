"""An answer as its page lays it out: the cells as markup, the rows under the headings they belong to."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from django.urls import reverse
from django.utils.safestring import SafeString

from itrack.reports.catalogue.declared import Report
from itrack.reports.queries.question import Asked
from itrack.reports.rules.answer import Answer, Column, Out, Person, Row, Section, Table
from itrack.reports.shown.cells import Addresses, shown
from itrack.ui.words import count_of

# More names than this stand on a page of their own.
NAMES_HERE = 40
OPEN_UNDER = 12


@dataclass(frozen=True, slots=True)
class ShownRow:
    """`head` is the row's head, `cells` are (column, markup)."""

    head: SafeString
    cells: Sequence[tuple[Column, SafeString]]
    note: str
    strong: bool
    minor: bool


@dataclass(frozen=True, slots=True)
class ShownTable:
    """`bodies` are (heading or "", its rows)."""

    table: Table
    bodies: Sequence[tuple[str, Sequence[ShownRow]]]


@dataclass(frozen=True, slots=True)
class ShownSection:
    section: Section
    tables: Sequence[ShownTable]


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
    )


def shown_section(section: Section, to: Addresses) -> ShownSection:
    return ShownSection(section, [_table(table, to) for table in section.tables])


def _table(table: Table, to: Addresses) -> ShownTable:
    bodies = [
        (group, [_row(row, table.columns, to) for row in rows])
        for group, rows in groupby(table.rows, key=lambda row: row.group)
    ]
    return ShownTable(table, bodies)


def _row(row: Row, columns: Sequence[Column], to: Addresses) -> ShownRow:
    head, *rest = (shown(cell, column, to) for cell, column in zip(row.cells, columns, strict=True))
    return ShownRow(head, list(zip(columns[1:], rest, strict=True)), row.note, row.strong, row.minor)


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
