"""A framework as CSV: a few lines about it and its scale, an empty one, then a table with a row a statement.

    framework,National curriculum
    depth,S,Secure,2,taught,secure

    subject,first year,last year,strand,code,statement,programme of study,retired on
    Maths,3,3,Fractions,MA.3.FR.01,Count up and down in tenths,"NC 2014, mathematics, Year 3",

The lines above the table may be left out. A row without code and statement is a strand that is still empty.
"""

import csv
from collections.abc import Iterator, Sequence
from dataclasses import replace
from io import StringIO
from typing import Final

from itrack.frameworks.rules.codes import next_code
from itrack.frameworks.rules.content import Content, StatementFacts, StrandFacts, by_strand
from itrack.frameworks.rules.scale import Depth
from itrack.frameworks.sources.reading import Gathering, ReadFramework, day_of, tidied, year_group_of, year_of
from itrack.frameworks.sources.text import UnreadableFileError, decoded, escaped, unescaped

COLUMNS: Final = (
    "subject",
    "first year",
    "last year",
    "strand",
    "code",
    "statement",
    "programme of study",
    "retired on",
)
# What others call the same columns.
_ALSO: Final = {
    "year": "first year", "year group": "first year", "from": "first year", "to": "last year", "domain": "strand",
    "text": "statement", "objective": "statement", "pointer": "programme of study", "reference": "programme of study",
    "retired": "retired on",
}  # fmt: skip
_NEEDED: Final = {"subject", "first year", "strand", "statement"}
_TAUGHT: Final = {"taught": True, "not taught": False}
_MOST_CELLS: Final = 40
BOM: Final = "\ufeff"


def read_csv(file: bytes) -> ReadFramework:
    """Every row that can be used; UnreadableFileError where the file as a whole cannot."""
    taken = Gathering()
    columns: dict[str, int] = {}
    for row, cells in _rows(decoded(file), taken):
        if columns:
            _take_row(taken, row, {name: cells[at] if at < len(cells) else "" for name, at in columns.items()})
        elif not (columns := _columns(cells)):
            _take_preamble(taken, row, cells)
    if not columns:
        raise UnreadableFileError(
            f"No row names the columns {', '.join(sorted(_NEEDED))}. Export a framework to see how a file looks. "
            "Nothing was stored."
        )
    return taken.done()


def _rows(text: str, taken: Gathering) -> Iterator[tuple[int, list[str]]]:
    reader = csv.reader(StringIO(text, newline=""), delimiter=_delimiter(text))
    while True:
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error:
            taken.count_row()
            taken.refuse(reader.line_num, "", "A cell is far too long, or the row cannot be read.")
            continue
        taken.count_row()
        if any(cells):
            yield reader.line_num, [unescaped(tidied(cell)) for cell in cells[:_MOST_CELLS]]


def _delimiter(text: str) -> str:
    """The separator of the row of headings; Excel writes semicolons in some countries, and tabs as Unicode text."""
    for line in text.splitlines():
        if "statement" in (low := line.casefold()) or "objective" in low:
            return max(",;\t", key=low.count)
    return ","


def _columns(cells: Sequence[str]) -> dict[str, int]:
    names = [_ALSO.get(cell.casefold(), cell.casefold()) for cell in cells]
    if not set(names) >= _NEEDED:
        return {}
    return {name: names.index(name) for name in COLUMNS if name in names}


def _take_row(taken: Gathering, row: int, cells: dict[str, str]) -> None:
    first = year_group_of(cells["first year"])
    last = year_group_of(cells.get("last year", "")) or first
    strand = StrandFacts(cells["subject"], first, last, cells["strand"])
    text, code = cells["statement"], cells.get("code", "")
    if not text and not code:
        taken.take_strand(row, strand)
        return
    try:
        retired = day_of(cells.get("retired on", ""))
    except ValueError:
        taken.refuse(row, code or text, "The day it was retired is no date; write it as 2027-08-31.")
        return
    if "code" not in cells:
        code = next_code(strand, taken.statements)
    taken.take_statement(row, StatementFacts(strand, code, text, cells.get("programme of study", ""), retired))


def _take_preamble(taken: Gathering, row: int, cells: Sequence[str]) -> None:
    name, value, *rest = [*cells, "", ""]
    match name.casefold():
        case "framework":
            taken.about = replace(taken.about, name=value)
        case "version":
            taken.about = replace(taken.about, version=value)
        case "kind":
            taken.about = replace(taken.about, kind=value)
        case "from year":
            taken.about = replace(taken.about, from_year=year_of(value))
        case "until year":
            taken.about = replace(taken.about, until_year=year_of(value))
        case "depth":
            _take_depth(taken, row, [value, *rest])
        case _:
            taken.refuse(row, name, "This line comes before the row of headings and says nothing known.")


def _take_depth(taken: Gathering, row: int, cells: Sequence[str]) -> None:
    code, name, value, taught, secure = [*cells, "", "", "", ""][:5]
    if not value.isascii() or not value.isdigit() or len(value) > 1 or taught not in _TAUGHT:
        taken.refuse(row, name, "A depth is told by code, name, value, taught or not taught, and secure or nothing.")
        return
    taken.depths.append(Depth(code, name, int(value), _TAUGHT[taught], secure == "secure"))


def written_csv(content: Content) -> bytes:
    """UTF-8 with the mark that spreadsheet programs look for; `read_csv` reads the same content back."""
    out = StringIO(newline="")
    writer = csv.writer(out)
    about = content.about
    for name, value in (("framework", about.name), ("version", about.version), ("kind", about.kind)):
        writer.writerow([name, escaped(value)])
    writer.writerow(["from year", about.from_year or ""])
    writer.writerow(["until year", about.until_year or ""])
    for depth in content.depths:
        told = ["taught" if depth.taught else "not taught", "secure" if depth.secure else ""]
        writer.writerow(["depth", depth.code, escaped(depth.name), depth.value, *told])
    writer.writerow([])
    writer.writerow(COLUMNS)
    writer.writerows(_table(content))
    return (BOM + out.getvalue()).encode()


def _table(content: Content) -> Iterator[list[str]]:
    for strand, held in by_strand(content).items():
        place = [escaped(strand.subject), strand.first, strand.last, escaped(strand.name)]
        for each in held:
            retired = each.retired_on.isoformat() if each.retired_on else ""
            yield [*place, each.code, escaped(each.text), escaped(each.pointer), retired]
        if not held:
            yield [*place, "", "", "", ""]
