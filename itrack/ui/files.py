"""Tables as files: CSV that a spreadsheet program opens without running anything in it, and XLSX with typed cells."""

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from fractions import Fraction
from io import BytesIO, StringIO

import xlsxwriter

from itrack.ui.words import harmless, rounded_percent

WIDEST = 60
WIDTH_OF_A_DAY = 12
# A cell is text, a count, a share of one (Fraction), a mean (Decimal), a day, or nothing at all.
Cell = str | int | Fraction | Decimal | date | None


@dataclass(frozen=True, slots=True)
class Table:
    """`title` is the name of a sheet. A column holds one kind of cell."""

    title: str
    heads: Sequence[str]
    rows: Sequence[Sequence[Cell]]


@dataclass(frozen=True, slots=True)
class Export:
    """`name` is that of a file without its ending: year, point and pupils, never a person. `about` explains."""

    name: str
    tables: Sequence[Table]
    about: Sequence[tuple[str, str]]


def as_csv(table: Table) -> bytes:
    """One table, UTF-8 with the mark that spreadsheet programs need to read accents. Shares as per cent, 1 decimal."""
    text = StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow([harmless(head) for head in table.heads])
    writer.writerows([_plain(cell) for cell in row] for row in table.rows)
    return text.getvalue().encode("utf-8-sig")


def _plain(cell: Cell) -> str | int | Decimal:
    if isinstance(cell, str):
        return harmless(cell)
    if isinstance(cell, Fraction):
        return f"{tenths(cell) // 10}.{tenths(cell) % 10}"
    if isinstance(cell, date):
        return cell.isoformat()
    return "" if cell is None else cell


def tenths(share: Fraction) -> int:
    """The share in tenths of a per cent, halves up: 5/12 → 417."""
    return rounded_percent(10 * share.numerator, share.denominator)


def as_xlsx(export: Export) -> bytes:
    """A sheet a table, its heads frozen, and a sheet that says what it is. Nothing in it is a formula or a link."""
    kept = BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(kept, options) as book:
        bold, share = book.add_format({"bold": True, "bottom": 1}), book.add_format({"num_format": "0.0%"})
        day = book.add_format({"num_format": "dd/mm/yyyy"})
        for table in export.tables:
            _sheet(book.add_worksheet(table.title), table, bold, share, day)
        about = book.add_worksheet("About")
        about.set_column(0, 0, 20, bold)
        about.set_column(1, 1, 120)
        for line, (term, words) in enumerate(export.about):
            about.write_string(line, 0, term)
            about.write_string(line, 1, words)
    return kept.getvalue()


def _sheet(
    sheet: xlsxwriter.worksheet.Worksheet,
    table: Table,
    bold: xlsxwriter.format.Format,
    share: xlsxwriter.format.Format,
    day: xlsxwriter.format.Format,
) -> None:
    for column, head in enumerate(table.heads):
        sheet.write_string(0, column, head, bold)
        sheet.set_column(column, column, _width(head, [row[column] for row in table.rows]))
    for line, row in enumerate(table.rows, 1):
        for column, cell in enumerate(row):
            if isinstance(cell, Fraction):
                sheet.write_number(line, column, tenths(cell) / 1000, share)
            elif isinstance(cell, date):
                sheet.write_datetime(line, column, datetime.combine(cell, time()), day)
            elif isinstance(cell, int | Decimal):
                sheet.write_number(line, column, cell)
            elif cell:
                sheet.write_string(line, column, cell)
    sheet.freeze_panes(1, 0)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.repeat_rows(0)


def _width(head: str, cells: Sequence[Cell]) -> int:
    return min(WIDEST, 2 + max(len(head), *(len(cell) for cell in cells if isinstance(cell, str)), 0))
