"""A report as tables to take away: the page's own figures, one row a row, one kind of thing a column.

Each row also says what was asked, so that rows of several files can be put under one another.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.text import slugify

from itrack.reports.catalogue.declared import Report
from itrack.reports.queries.question import Asked, Subject
from itrack.reports.rules import answer as told
from itrack.reports.rules.answer import Answer, Column, Row, Unit, filed
from itrack.reports.rules.beside import change
from itrack.reports.rules.pooled import Pooled
from itrack.reports.shown.layout import missing
from itrack.reports.shown.names import Named
from itrack.schools.api import year_title
from itrack.ui.files import Cell, Export, Table


@dataclass(frozen=True, slots=True)
class Earlier:
    """What stands beside a column: the same of an earlier day, and the difference as a number and in points."""

    column: Column
    day: date
    number: bool
    points: bool

    @property
    def heads(self) -> list[str]:
        head = self.column.head
        then = [f"{one}, {self.day.isoformat()}" for one in _heads(self.column)]
        return [
            *then,
            *([f"{head}, change"] if self.number else []),
            *([f"{head}, change in points"] if self.points else []),
        ]

    def cells(self, now: told.Cell, then: told.Cell) -> Iterator[Cell]:
        by = change(now, then)
        yield from _cells(then, self.column) if then is not None else [None] * len(_heads(self.column))
        yield from [by.number.filed if by.number else None] if self.number else ()
        yield from [_tenths(by.points)] if self.points else ()


def _tenths(points: told.Number | None) -> Cell:
    """To one decimal, as shares are in files."""
    return told.Number(points.value, Unit.MEAN).filed if points else None


def answer_export(report: Report, asked: Asked, answer: Answer) -> Export:
    """The figures, a sheet a table, then who is not counted."""
    tables = [_table(table, asked) for table in answer.tables]
    if report.named.admits(asked.viewer):
        lines = [
            (row.pupil.surname, row.pupil.forename, row.pupil.class_name, row.where, row.reason)
            for row in missing(answer)
        ]
        tables.append(Table("Not counted", ("Surname", "Forename", "Class", "Where", "Why"), lines))
    return Export(file_name(report.name, asked), tables, _about(report, asked, answer))


def as_one(export: Export) -> Table:
    """All tables of figures as one, for a file that can hold no more: a column for each head that any of them has."""
    figures = [table for table in export.tables if table.title != "Not counted"]
    heads = list(dict.fromkeys(head for table in figures for head in table.heads))
    rows = [
        [table.title, *(line.get(head) for head in heads)]
        for table in figures
        for line in (dict(zip(table.heads, row, strict=True)) for row in table.rows)
    ]
    return Table("Figures", ("Table", *heads), rows)


def names_export(report: Report, asked: Asked, answer: Answer, words: str, rows: Sequence[Named]) -> Export:
    """The pupils behind one figure."""
    said = _said(asked)
    lines = [(*said.values(), row.pupil.surname, row.pupil.forename, row.pupil.class_name, row.stands) for row in rows]
    names = Table("Names", (*said, "Surname", "Forename", "Class", "Stands"), lines)
    return Export(
        file_name(f"{report.name}-names", asked), [names], [("Figure", words), *_about(report, asked, answer)]
    )


def _table(table: told.Table, asked: Asked) -> Table:
    said = _said(asked)
    grouped = any(row.group for row in table.rows)
    columns = [(at, one, _earlier(table, at, asked.since)) for at, one in enumerate(table.columns)]
    heads = [
        *said,
        *(["Divided by"] if grouped else []),
        *(head for _, one, then in columns for head in (*_heads(one), *(then.heads if then else ()))),
        "Note",
    ]
    rows = [[*said.values(), *([row.group] if grouped else []), *_row(row, columns), row.note] for row in table.rows]
    return Table(_sheet_name(table.title), heads, rows)


def _row(row: Row, columns: Sequence[tuple[int, Column, Earlier | None]]) -> Iterator[Cell]:
    for at, column, earlier in columns:
        yield from _cells(row.cells[at], column)
        if earlier:
            yield from earlier.cells(row.cells[at], row.then[at] if row.then else None)


def _earlier(table: told.Table, at: int, day: date | None) -> Earlier | None:
    column = table.columns[at]
    pairs = [(row.cells[at], row.then[at]) for row in table.rows if row.then]
    if day is None or not column.filed or all(then is None for _, then in pairs):
        return None
    by = [change(*pair) for pair in pairs]
    shares = column.share or column.leading or any(isinstance(now, told.Percent) for now, _ in pairs)
    return Earlier(column, day, any(one.number for one in by), shares and any(one.points for one in by))


def _sheet_name(title: str) -> str:
    """What a workbook takes as a sheet's name: at most 31 signs."""
    return "".join(sign for sign in title if sign not in "[]:*?/\\")[:31].strip("' ") or "Figures"


def _heads(column: Column) -> list[str]:
    if not column.filed:
        return []
    if column.leading:
        return [f"{column.head}, pupils", f"{column.head}, of", column.head]
    return [column.head, f"{column.head} %"] if column.share else [column.head]


def _cells(cell: told.Cell, column: Column) -> Iterator[Cell]:
    if column.leading:
        yield from _led(cell)
    elif column.filed:
        yield filed(cell)
        if column.share:
            yield cell.share if isinstance(cell, told.Count | Pooled) else None


def _led(cell: told.Cell) -> tuple[Cell, Cell, Cell]:
    """How many, of how many, and the share or mean; alone where it is known without them."""
    if isinstance(cell, told.Mean):
        return cell.n, cell.n, cell.decimal
    if isinstance(cell, told.Count):
        return cell.n, len(cell.of or ()), cell.share
    return None, None, filed(cell)


def _said(asked: Asked) -> dict[str, str]:
    asks = asked.asks
    said = {"School year": year_title(asked.point.year)} if asks.year else {}
    said |= {"Assessment point": asked.point.name} if asks.point else {}
    said |= {"Pupils in view": asked.whose.words} if asks.pupils else {}
    said |= {"Subject (chosen)": asked.subject[1]} if asks.subject != Subject.NONE and asked.subject else {}
    said |= {} if asks.settled else {f"{label} (chosen)": words for label, words in asked.said.items()}
    said |= {"As it stood on": asked.seen.isoformat()}
    return said | ({"Compared with": asked.since.isoformat()} if asked.since else {})


def _about(report: Report, asked: Asked, answer: Answer) -> list[tuple[str, str]]:
    groups = [("Groups", f"As recorded for {answer.groups_on.isoformat()}.")] if answer.groups_on else []
    return [
        *(("Report", report.title), ("School", asked.viewer.school_name), *_said(asked).items()),
        *([("Finding", answer.finding)] if answer.finding else []),
        ("Who is counted", answer.denominator),
        *groups,
        *(("Rule", rule) for rule in answer.rules),
    ]


def file_name(report: str, asked: Asked) -> str:
    year = year_title(asked.point.year).replace("/", "-")
    when = [year, asked.point.name] if asked.asks.point else [year if asked.asks.year else asked.seen.isoformat()]
    whose = f"-{asked.whose.value}" if asked.asks.pupils else ""
    subject = [asked.subject[1]] if asked.subject and asked.asks.subject != Subject.NONE else []
    return f"{report}-{slugify(' '.join([*when, *subject]))}{whose}"
