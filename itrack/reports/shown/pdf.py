"""An answer on paper: the page's own drawing and tables, its findings, who is counted and who is not, in one PDF.

A cell says what it says on the page: its markup is made there and the words are taken from it.
"""

from collections.abc import Iterator, Sequence
from datetime import date
from html import unescape
from itertools import groupby

from django.utils.html import strip_tags
from django.utils.text import slugify

from itrack.curriculum.rules import BAND_OF
from itrack.reports.catalogue.declared import Report
from itrack.reports.catalogue.pack import Part
from itrack.reports.queries.question import Asked
from itrack.reports.rules import answer as told
from itrack.reports.rules.answer import LEADS_TO_NAMES, Answer, Bar, Column, Count, Mark
from itrack.reports.rules.finding import Finding
from itrack.reports.shown.cells import Addresses, shown
from itrack.reports.shown.drawings import drawing
from itrack.reports.shown.files import file_name
from itrack.reports.shown.formats import Format
from itrack.reports.shown.layout import in_and_out, missing
from itrack.schools.api import year_title
from itrack.ui.pdf import blocks
from itrack.ui.pdf.blocks import Block, Cell, Head, Heading, Line, Register, Sheet, Words
from itrack.ui.pdf.drawings import on_paper
from itrack.ui.pdf.setting import MOST_LINES, as_pdf
from itrack.ui.words import count_of, long_date, percent

NOWHERE = Addresses("", {})
# More columns than an upright page holds.
WIDE_FROM = 9
WIDTH, WIDTH_ACROSS = 150, 180


def answer_pdf(report: Report, asked: Asked, answer: Answer) -> tuple[str, bytes]:
    """(its name without the ending, the file)."""
    sheet = answer_sheet(report, asked, answer)
    return file_name(report.name, asked), as_pdf([sheet], title=sheet.title, at=asked.now)


def pack_pdf(title: str, asked: Asked, parts: Sequence[Part]) -> tuple[str, Format, bytes]:
    """(its name without the ending, its format, the file): the reports one after another, each on a new page."""
    sheets = [answer_sheet(one.report, one.asked, one.answer) for one in parts]
    content = as_pdf(sheets, title=f"{title}, {asked.viewer.school_name}, {asked.point.title}", at=asked.now)
    return file_name(slugify(title), asked), Format.PDF, content


def answer_sheet(report: Report, asked: Asked, answer: Answer) -> Sheet:
    wide = any(len(table.columns) >= WIDE_FROM for table in answer.tables)
    named = report.named.admits(asked.viewer)
    return Sheet(
        title=f"{report.title}, {asked.viewer.school_name}",
        heading=_heading(report, asked),
        lead=_lead(asked),
        school=asked.viewer.school_name,
        made=f"{report.title}, made on {long_date(asked.today)}",
        wide=wide,
        blocks=[*_blocks(answer, WIDTH_ACROSS if wide else WIDTH), *_who(answer, named)],
    )


def _heading(report: Report, asked: Asked) -> str:
    whose = f": {asked.whose.words}" if asked.asks.pupils else ""
    return f"{report.title}{whose}" + (f", {asked.point.name}" if asked.asks.point else "")


def _lead(asked: Asked) -> str:
    year = f"School year {year_title(asked.point.year)}. " if asked.asks.year else ""
    return f"{year}As it stood on {long_date(asked.seen)}."


def _blocks(answer: Answer, width: int) -> Iterator[Block]:
    if answer.empty:
        yield Words(answer.empty[1], lead=f"{answer.empty[0]}.")
    elif not answer.sections:
        yield Words("No marks to count yet." if answer.people else "No pupils here.")
    yield from _findings(answer.findings)
    for section in answer.sections:
        yield from section_blocks(section, width)
    if answer.sections:
        yield from (Words(rule, small=True) for rule in answer.rules)


def _findings(findings: Sequence[Finding]) -> Iterator[Block]:
    return (blocks.Finding(one.lead, one.rest) for one in findings)


def section_blocks(section: told.Section, width: int) -> Iterator[Block]:
    if section.title:
        yield Heading(section.title)
    yield from _findings(section.findings)
    if section.words:
        yield Words(section.words, small=True)
    if section.picture:
        bands = getattr(section.picture, "bands", ())
        keys = tuple((f"{band.letter} {band.name}", band.css) for band in bands)
        yield on_paper(drawing(section.picture), width=width, caption=section.picture.caption, keys=keys)
    yield from (_register(table) for table in section.tables)
    yield from (Words(note.replace(LEADS_TO_NAMES, ""), small=True) for note in section.notes)


def _register(table: told.Table) -> Register:
    rows = table.rows[:MOST_LINES]
    bodies = [
        (group, [_line(row, table.columns) for row in under]) for group, under in groupby(rows, lambda row: row.group)
    ]
    left = len(table.rows) - len(rows)
    title = f"{table.title} (the first {count_of(len(rows), 'row')}; the spreadsheet has all)" if left else table.title
    return Register(title, [Head(column.head, column.numeric) for column in table.columns], bodies)


def _line(row: told.Row, columns: Sequence[Column]) -> Line:
    return Line([_cell(cell, column) for cell, column in zip(row.cells, columns, strict=True)], row.note, row.strong)


def _cell(cell: told.Cell, column: Column) -> Cell:
    match cell:
        case Bar():
            return Cell("", bar=(cell.part, cell.whole, *cell.beside))
        case Mark():
            band = BAND_OF.get(cell.band)
            return Cell(cell.code, band=band.css if band else "")
        case Count() if column.share and cell.of:
            return Cell(_words(told.Number(cell.n), column), small=percent(cell.n, len(cell.of)), strong=column.strong)
        case date():
            return Cell(long_date(cell))
        case _:
            return Cell(_words(cell, column), strong=column.strong)


def _words(cell: told.Cell, column: Column) -> str:
    return unescape(strip_tags(shown(cell, column, NOWHERE)))


def _who(answer: Answer, named: bool) -> Iterator[Block]:
    """The denominator, and by name whoever is not counted, for whoever may read names."""
    if not answer.people:
        return
    yield Heading("Who is in, who is out and why")
    yield Words(f"{in_and_out(answer)}. {answer.denominator}")
    out = missing(answer) if named else []
    if out:
        lines = [Line([Cell(one.pupil.spoken), Cell(one.where), Cell(one.reason)]) for one in out[:MOST_LINES]]
        yield Register("Not counted", [Head("Pupil"), Head("Where"), Head("Why")], [("", lines)])
