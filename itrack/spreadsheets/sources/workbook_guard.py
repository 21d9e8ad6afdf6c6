"""Looks over a packed workbook before it is opened: how much it unpacks to, how far its cells reach, what they hold.

The reader that follows lays a sheet out as a full rectangle, so two cells in opposite corners would be a table of
17,000 million. And it does not tell that a number is shown as per cent or that a formula ended in an error; both are
noted here by their places.
"""

from __future__ import annotations

import re
import zipfile
import zlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, BinaryIO, Final

from itrack.foundation.refusal import Refused
from itrack.spreadsheets.sources.table import MOST_COLUMNS, MOST_ROWS, TOO_MANY_ROWS, TOO_WIDE

if TYPE_CHECKING:
    from collections.abc import Iterator

UNPACKED: Final = 80 * 1024 * 1024  # bytes all parts may come to together
LARGEST_PART: Final = 48 * 1024 * 1024
MOST_PARTS: Final = 500
MOST_CELLS: Final = 1_000_000
CHUNK: Final = 1 << 18

TOO_MUCH: Final = (
    "The workbook unpacks to far more than a table of pupils holds. Copy the cells that matter into a new one."
)
BROKEN: Final = "The workbook is damaged. Open it in your spreadsheet program, save it again as .xlsx and choose that."
LOCKED: Final = "The workbook is locked with a password. Save it without one and choose it again."
NO_RESULTS: Final = (
    "The sheet has formulas without their results. Open it in your spreadsheet program, save it and choose it again."
)
_ENCRYPTED: Final = 0x1

_CELL: Final = re.compile(
    rb"<(?:\w+:)?row\b(?P<row>[^>]*)>"
    rb"|<(?:\w+:)?c\b(?P<cell>(?:[^>/]|/(?!>))*)(?:/>|>(?P<inside>.*?)</(?:\w+:)?c>)",
    re.DOTALL,
)
_REF: Final = re.compile(rb"""\br=["']([A-Z]{1,3})?([0-9]{1,7})["']""")
_STYLE: Final = re.compile(rb"""\bs=["'](\d{1,6})["']""")
_ERROR: Final = re.compile(rb"""\bt=["']e["']""")
_FORMULA_ALONE: Final = re.compile(rb"<(?:\w+:)?f\b(?!.*<(?:\w+:)?v\b)", re.DOTALL)
_FORMAT: Final = re.compile(rb"""<(?:\w+:)?numFmt\b[^>]*?numFmtId=["'](\d+)["'][^>]*?formatCode=["']([^"']*)["']""")
_STYLES: Final = re.compile(rb"<(?:\w+:)?cellXfs\b.*?</(?:\w+:)?cellXfs>", re.DOTALL)
_XF: Final = re.compile(rb"<(?:\w+:)?xf\b([^>]*)>")
_FORMAT_ID: Final = re.compile(rb"""numFmtId=["'](\d+)["']""")
_SHEET: Final = re.compile(rb"""<(?:\w+:)?sheet\b[^>]*?\br:id=["']([^"']+)["']""")
_TARGET: Final = re.compile(rb"<(?:\w+:)?Relationship\b([^>]*)>")
_PERCENT_BUILT_IN: Final = frozenset({b"9", b"10"})


@dataclass(slots=True)
class Places:
    """What stands out in a sheet, by (row, column) counted from 0."""

    errors: set[tuple[int, int]] = field(default_factory=set)
    per_cent: set[tuple[int, int]] = field(default_factory=set)
    rows: int = 0
    columns: int = 0


def looked_over(file: BinaryIO) -> list[Places]:
    """What stands out in each sheet, in the workbook's order. Raises Refused where the workbook cannot be opened."""
    try:
        with zipfile.ZipFile(file) as packed:
            return _look(packed)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError, ValueError, KeyError):
        raise Refused(BROKEN) from None
    finally:
        file.seek(0)


def _look(packed: zipfile.ZipFile) -> list[Places]:
    if len(packed.infolist()) > MOST_PARTS:
        raise Refused(TOO_MUCH)
    if any(part.flag_bits & _ENCRYPTED for part in packed.infolist()):
        raise Refused(LOCKED)
    left = UNPACKED
    for part in packed.infolist():
        left -= sum(map(len, _pieces(packed, part.filename)))
        if left < 0:
            raise Refused(TOO_MUCH)
    names = set(packed.namelist())
    shown_as = _per_cent_styles(packed.read("xl/styles.xml") if "xl/styles.xml" in names else b"")
    return [_places(packed, part, shown_as) if part in names else Places() for part in _sheets(packed)]


def _pieces(packed: zipfile.ZipFile, part: str) -> Iterator[bytes]:
    """The part unpacked a piece at a time; what it says of its size is not believed."""
    size = 0
    with packed.open(part) as unpacked:
        while piece := unpacked.read(CHUNK):
            size += len(piece)
            if size > LARGEST_PART:
                raise Refused(TOO_MUCH)
            yield piece


def _sheets(packed: zipfile.ZipFile) -> list[str]:
    """The parts that hold the sheets, in the workbook's order."""
    targets = {}
    for found in _TARGET.finditer(packed.read("xl/_rels/workbook.xml.rels")):
        told = {name: re.search(rb"\b" + name + rb"""=["']([^"']+)["']""", found[1]) for name in (b"Id", b"Target")}
        if (said := told[b"Id"]) and (target := told[b"Target"]):
            targets[said[1]] = target[1].decode(errors="replace")
    sheets = [targets.get(found[1], "") for found in _SHEET.finditer(packed.read("xl/workbook.xml"))]
    return [target.lstrip("/") if target.startswith("/") else f"xl/{target}" for target in sheets]


def _per_cent_styles(styles: bytes) -> frozenset[int]:
    """Which of the numbered cell styles show a number as per cent."""
    formats = _PERCENT_BUILT_IN | {number for number, code in _FORMAT.findall(styles) if b"%" in code}
    block = _STYLES.search(styles)
    told = [_FORMAT_ID.search(found[1]) for found in _XF.finditer(block[0])] if block else []
    return frozenset(place for place, said in enumerate(told) if said and said[1] in formats)


def _places(packed: zipfile.ZipFile, part: str, shown_as: frozenset[int]) -> Places:
    found, row, column, kept = Places(), -1, -1, b""
    for piece in _pieces(packed, part):
        text = kept + piece
        end = max(text.rfind(b"</row>"), text.rfind(b":row>")) + 1
        kept = text[end:]
        row, column = _scan(text[:end], found, row, column, shown_as)
    _scan(kept, found, row, column, shown_as)
    if (found.rows + 1) * (found.columns + 1) > MOST_CELLS:
        raise Refused(TOO_MUCH)
    return found


def _scan(text: bytes, found: Places, row: int, column: int, shown_as: frozenset[int]) -> tuple[int, int]:
    """Notes the cells of some rows; returns the place it has come to."""
    for told in _CELL.finditer(text):
        if told["row"] is not None:
            said = _REF.search(told["row"])
            row, column = (int(said[2]) - 1 if said else row + 1), -1
            continue
        said = _REF.search(told["cell"])
        row, column = (int(said[2]) - 1, _number(said[1])) if said and said[1] else (row, column + 1)
        if told["inside"]:
            _note(found, told, (row, column), shown_as)
    return row, column


def _note(found: Places, told: re.Match[bytes], place: tuple[int, int], shown_as: frozenset[int]) -> None:
    found.rows, found.columns = max(found.rows, place[0]), max(found.columns, place[1])
    if place[0] > MOST_ROWS:
        raise Refused(TOO_MANY_ROWS)
    if place[1] >= MOST_COLUMNS:
        raise Refused(TOO_WIDE)
    if _ERROR.search(told["cell"]):
        found.errors.add(place)
    if _FORMULA_ALONE.search(told["inside"]):
        raise Refused(NO_RESULTS)
    if (style := _STYLE.search(told["cell"])) and int(style[1]) in shown_as:
        found.per_cent.add(place)


def _number(letters: bytes) -> int:
    """ "A" → 0, "AB" → 27."""
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number - 1
