"""An answer on paper: the page's own drawing and tables, its findings, who is counted and who is not, in one PDF.

A cell says what it says on the page: its markup is made there and the words are taken from it.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
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
from itrack.reports.rules.answer import LEADS_TO_NAMES, Answer, Bar, Column, Count, Hidden, Mark
from itrack.reports.rules.finding import Finding
from itrack.reports.rules.pooled import Pooled
from itrack.reports.shown.cells import Addresses, leading_words, shown, was_said
from itrack.reports.shown.drawings import drawing
from itrack.reports.shown.files import file_name
from itrack.reports.shown.formats import Format
from itrack.reports.shown.headings import beside_words, heading, of_what
from itrack.reports.shown.layout import held_back, in_and_out, is_wide, missing, rules_left
from itrack.ui.pdf import blocks
from itrack.ui.pdf.blocks import Block, Cell, Head, Heading, Line, Register, Sheet, Words
from itrack.ui.pdf.drawings import on_paper
from itrack.ui.pdf.setting import MOST_LINES, as_pdf
from itrack.ui.words import count_of, figure, long_date, percent, upper_first

NOWHERE = Addresses("", {})
WIDTH, WIDTH_ACROSS = 150, 180
LONGEST_NAME = 28


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
    wide = any(map(is_wide, answer.tables))
    named = report.named.admits(asked.viewer)
    return Sheet(
        title=f"{report.title}, {asked.viewer.school_name}",
        heading=heading(report, asked),
        lead=_lead(asked),
        school=asked.viewer.school_name,
        made=f"{report.title}, made on {long_date(asked.today)}",
        wide=wide,
        blocks=[
            *_blocks(answer, WIDTH_ACROSS if wide else WIDTH, beside_words(asked, answer)),
            *_who(answer, named),
        ],
    )


def _lead(asked: Asked) -> str:
    """ "Reading. School year 2026/27. As it stood on 23 November 2026."."""
    return " ".join(f"{upper_first(said)}." for said in (*of_what(asked), f"as it stood on {long_date(asked.seen)}"))


def _blocks(answer: Answer, width: int, beside: str) -> Iterator[Block]:
    if answer.empty and not answer.sections:
        yield Words(answer.empty[1], lead=f"{answer.empty[0]}.")
    elif not answer.sections:
        yield Words("No marks to count yet." if answer.people or answer.held else "No pupils here.")
    yield from _findings(answer.findings)
    if beside and answer.sections:
        yield Words(beside, small=True)
    for section in answer.sections:
        yield from section_blocks(section, width)
    if answer.sections:
        yield from (Words(rule, small=True) for rule in rules_left(answer))
    if answer.held and answer.sections:
        yield Words(held_back(answer.held, "“held back” stands for them"), small=True)


def _findings(findings: Sequence[Finding]) -> Iterator[Block]:
    return (blocks.Finding(one.lead, one.rest) for one in findings)


def section_blocks(section: told.Section, width: int, *, headed: bool = True) -> Iterator[Block]:
    """Without `headed` its tables and its picture bring all the titles there are."""
    heading = section.title if headed else ""
    if heading:
        yield Heading(heading)
    yield from _findings(section.findings)
    if section.words:
        yield Words(section.words, small=True, stays=True)
    if section.picture:
        bands = getattr(section.picture, "bands", ())
        keys = tuple((f"{band.letter} {band.name}", band.css) for band in bands)
        caption = section.picture.caption if section.picture.caption != heading else ""
        yield on_paper(drawing(section.picture), width=width, caption=caption, keys=keys)
    yield from (_register(table, heading) for table in section.tables)
    yield from (Words(note.replace(LEADS_TO_NAMES, ""), small=True) for note in section.notes)


def _register(table: told.Table, under: str) -> Register:
    """The table, titled where the heading it stands under does not say the same."""
    rows = table.rows[:MOST_LINES]
    bodies = [
        (group, [_line(row, table.columns) for row in some]) for group, some in groupby(rows, lambda row: row.group)
    ]
    left = len(table.rows) - len(rows)
    title = table.title if left or table.title != under else ""
    title += f" (the first {count_of(len(rows), 'row')}; the spreadsheet has all)" if left else ""
    return Register(title, [_head(table, n) for n in range(len(table.columns))], bodies)


def _head(table: told.Table, n: int) -> Head:
    """Pupils stand on a line each: a class on one page is worth more than room between its marks."""
    column, cells = table.columns[n], [row.cells[n] for row in table.rows]
    longest = max((len(cell.spoken) for cell in cells if isinstance(cell, told.Person)), default=0)
    return Head(column.head, column.numeric, room=column.room, signs=min(longest, LONGEST_NAME))


def _line(row: told.Row, columns: Sequence[Column]) -> Line:
    before = row.then or [None] * len(row.cells)
    cells = [_beside(*of) for of in zip(row.cells, before, columns, strict=True)]
    return Line(cells, row.note, row.strong)


def _beside(cell: told.Cell, then: told.Cell, column: Column) -> Cell:
    """The cell, and softly after it what it was on the earlier day."""
    one = _cell(cell, column)
    before = ", ".join(was_said(then, cell, column))
    return replace(one, small=f"{one.small}{'; ' if one.small else ''}{before}") if before else one


def _cell(cell: told.Cell, column: Column) -> Cell:
    match cell:
        case Bar():
            return Cell("", bar=(cell.part, cell.whole, *cell.beside))
        case Mark():
            band = BAND_OF.get(cell.band)
            return Cell(cell.code, band=band.css if band else "")
        case Count() if column.leading:
            value, of = leading_words(cell)
            return Cell(value, small=of, strong=column.strong)
        case Count() if column.share and cell.of:
            share, n = percent(cell.n, len(cell.of)), _words(told.Number(cell.n), column)
            return Cell(n, small=share, strong=column.strong, shade=cell.kept)
        case Pooled() if column.share and cell.of:
            return Cell(figure(cell.n), small=percent(cell.n, cell.of), strong=column.strong)
        case Hidden():
            return Cell("", small=cell.filed)
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
        where = any(one.where for one in out)
        heads = [Head("Pupil"), *([Head("Where")] if where else []), Head("Why")]
        lines = [
            Line([Cell(one.pupil.spoken), *([Cell(one.where)] if where else []), Cell(one.reason)])
            for one in out[:MOST_LINES]
        ]
        yield Register("Not counted", heads, [("", lines)])
