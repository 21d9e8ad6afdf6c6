"""Reads a spreadsheet that was saved as text: comma, semicolon or tab between the cells, in whatever encoding.

Programs write UTF-8 with and without a mark, UTF-16 and Windows text, and a file put together from two may be both.
So a line that is not UTF-8 is read as Windows text, and a warning says how many were.
"""

from __future__ import annotations

import codecs
import csv
import io
from typing import Final

from itrack.foundation.refusal import Refused
from itrack.spreadsheets.sources.table import MOST_COLUMNS, MOST_ROWS, TOO_MANY_ROWS, TOO_WIDE, Table, as_cell, squared
from itrack.ui.words import unharmed

SEPARATORS: Final = ",;\t|"
LOOKED_AT: Final = 20  # lines
_MARKS: Final = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_NOT_TEXT: Final = (
    "This is neither a workbook (.xlsx) nor a text file (.csv). Save it as one of these and choose it again."
)
_BROKEN: Final = "The file is not a table: a quotation mark in it is never closed. Save it again as .csv or .xlsx."


class TextFile:
    """A text file as a book of one sheet."""

    format = "csv"
    names = ("",)

    def __init__(self, content: bytes) -> None:
        self._text, self._warnings = decoded(content)

    def table(self, name: str) -> Table:
        rows = _rows(self._text)
        return Table(squared(rows), 1, list(self._warnings))


def decoded(content: bytes) -> tuple[str, list[str]]:
    """The text and what to say about its encoding. Raises Refused where it is no text."""
    for mark, codec in _MARKS:
        if content.startswith(mark):
            return _whole(content[len(mark) :], codec)
    if codec := _unmarked(content[:400]):
        return _whole(content, codec)
    return _whole(content, "utf-8")


def _unmarked(head: bytes) -> str:
    """UTF-16 without its mark: every other byte of Latin letters is empty."""
    if len(head) < 4:
        return ""
    if head[1::2].count(0) * 2 > len(head[1::2]):
        return "utf-16-le"
    return "utf-16-be" if head[::2].count(0) * 2 > len(head[::2]) else ""


def _whole(content: bytes, codec: str) -> tuple[str, list[str]]:
    warnings: list[str] = []
    try:
        text = content.decode(codec)
    except UnicodeDecodeError:
        if codec != "utf-8":
            raise Refused(_NOT_TEXT) from None
        text, warnings = _line_by_line(content)
    if "\0" in text:
        raise Refused(_NOT_TEXT)
    return text, warnings


def _line_by_line(content: bytes) -> tuple[str, list[str]]:
    lines, windows = [], 0
    for line in content.split(b"\n"):
        try:
            lines.append(line.decode("utf-8"))
        except UnicodeDecodeError:
            windows += 1
            lines.append(_as_windows(line))
    how_many = "One line is" if windows == 1 else f"{windows:,} lines are"
    return "\n".join(lines), [f"{how_many} not UTF-8 and was read as Windows text: look at names with accents."]


def _as_windows(line: bytes) -> str:
    try:
        return line.decode("cp1252")
    except UnicodeDecodeError:
        raise Refused(_NOT_TEXT) from None


def _rows(text: str) -> list[list[str]]:
    """The cells; an apostrophe that one of our own files carries before a would-be formula is taken off again."""
    rows: list[list[str]] = []
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator_of(text), strict=True)
    try:
        for row in reader:
            if len(rows) > MOST_ROWS:
                raise Refused(TOO_MANY_ROWS)
            if len(row) > MOST_COLUMNS and any(row[MOST_COLUMNS:]):
                raise Refused(TOO_WIDE)
            rows.append([as_cell(unharmed(cell)) for cell in row[:MOST_COLUMNS]])
    except csv.Error:
        raise Refused(_BROKEN) from None
    return rows


def separator_of(text: str) -> str:
    """The sign that stands most often outside quotation marks in the first lines; a comma when none does."""
    counts = dict.fromkeys(SEPARATORS, 0)
    quoted = False
    for line in text[:20_000].split("\n")[:LOOKED_AT]:
        for sign in line:
            quoted ^= sign == '"'
            if not quoted and sign in counts:
                counts[sign] += 1
    best = max(counts, key=lambda sign: counts[sign])
    return best if counts[best] else ","
