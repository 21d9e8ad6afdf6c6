"""Reads a workbook (.xlsx): the results of its formulas, its dates as days, merged cells as if each held the text."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import TYPE_CHECKING, BinaryIO, Final

from python_calamine import CalamineError, PasswordError, SheetVisibleEnum, load_workbook

from itrack.foundation.refusal import Refused
from itrack.spreadsheets.sources.table import ERROR, MOST_COLUMNS, MOST_ROWS, Table, as_cell, squared
from itrack.spreadsheets.sources.workbook_guard import BROKEN, LOCKED, Places, looked_over

if TYPE_CHECKING:
    from python_calamine import CalamineSheet

EMPTY: Final = "The workbook has no sheet with anything in it."


class Workbook:
    """A workbook of our day. Sheets that are hidden are not offered."""

    format = "xlsx"

    def __init__(self, file: BinaryIO) -> None:
        self._places = looked_over(file)
        try:
            self._book = load_workbook(file)
            known = enumerate(self._book.sheets_metadata)
        except PasswordError:
            raise Refused(LOCKED) from None
        except (CalamineError, OSError, ValueError):
            raise Refused(BROKEN) from None
        shown = {told.name: at for at, told in known if told.visible == SheetVisibleEnum.Visible}
        self._shown = {name: at for name, at in shown.items() if at < len(self._places) and self._holds(at)}
        if not self._shown:
            raise Refused(EMPTY)

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(self._shown)

    def _holds(self, at: int) -> bool:
        return self._sheet(at).start is not None

    def _sheet(self, at: int) -> CalamineSheet:
        try:
            return self._book.get_sheet_by_index(at)
        except (CalamineError, OSError, ValueError):
            raise Refused(BROKEN) from None

    def table(self, name: str) -> Table:
        at = self._shown[name]
        sheet, places = self._sheet(at), self._places[at]
        top, left = sheet.start or (0, 0)
        rows = [
            [_text(value, (line, column), places) for column, value in enumerate(row, left)]
            for line, row in enumerate(sheet.to_python(), top)
        ]
        _fill_merged(rows, sheet, top, left)
        return Table(squared(rows), top + 1)


def _text(value: object, place: tuple[int, int], places: Places) -> str:
    if place in places.errors:
        return ERROR
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, int | float):
        return f"{_plain(float(value) * 100)}%" if place in places.per_cent else _plain(float(value))
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(sep=" ")
    return value.isoformat() if isinstance(value, date | time) else as_cell(str(value))


def _plain(number: float) -> str:
    """ "104" for 104.0, "84.5" for 84.5; what floating points add behind the twelfth figure is rounding."""
    return f"{number:.12g}" if abs(number) < 1e12 else f"{number:.0f}"


def _fill_merged(rows: list[list[str]], sheet: CalamineSheet, top: int, left: int) -> None:
    """Of merged cells only the first holds the text; a reader sees it in all of them, and so do we."""
    for (first, start), (last, end) in (sheet.merged_cell_ranges or [])[:MOST_ROWS]:
        if first < top or start < left or first - top >= len(rows):
            continue
        text = rows[first - top][start - left] if start - left < len(rows[first - top]) else ""
        for row in rows[first - top : min(last, MOST_ROWS) - top + 1]:
            width = min(end, MOST_COLUMNS) - left + 1
            row.extend([""] * (width - len(row)))
            row[start - left : width] = [text] * (width - (start - left))
