"""Reading a sheet: its chosen columns become rows, everything else is counted and read past. Changes no pupil."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, BinaryIO

from django.db import transaction

from itrack.foundation import audit, bulk
from itrack.foundation.promise import keeps
from itrack.foundation.refusal import Refused
from itrack.spreadsheets.models import Spreadsheet, SpreadsheetRow
from itrack.spreadsheets.queries.columns import fields_here, remembered
from itrack.spreadsheets.rules.columns import LONGEST_NAME, NO_NAMES, Column, names_row, suggested
from itrack.spreadsheets.rules.kinds import Field, Kind
from itrack.spreadsheets.sources.opening import open_book
from itrack.spreadsheets.sources.table import Book, Table

NO_ROWS = "Below the names of the columns the sheet has no row. Nothing was stored."
COLUMNS = ("school_id", "spreadsheet_id", "line", "verdict", "reason", "choice", "cells", "told")


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is to be read: pupils, classes or marks; which sheet of a workbook, "" for the likeliest; at which point."""

    kind: Kind
    sheet: str = ""
    point: int | None = None
    assessment: int = 0
    taken_on: date | None = None


@dataclass(frozen=True, slots=True)
class Found:
    """A sheet with the row that names its columns, by place."""

    sheet: str
    table: Table
    names: int


@transaction.atomic
def read_sheet(*, school: int, file: BinaryIO, wanted: Wanted, by: int, at: datetime) -> int:
    """Reads a sheet and stages the cells of the columns that are known; returns its id. Refused if nothing is."""
    book = open_book(file)
    fields = fields_here(school=school, kind=wanted.kind)
    memory = remembered(school=school, kind=wanted.kind)
    found = find_sheet(book, wanted.sheet, fields, memory)
    names = found.table.rows[found.names]
    sheet = Spreadsheet.objects.create(
        school_id=school, kind=wanted.kind, by_id=by, at=at, format=book.format, sheet=found.sheet[:100],
        sheets=[name[:100] for name in book.names], warnings=found.table.warnings, point_id=wanted.point,
        assessment=wanted.assessment, taken_on=wanted.taken_on,
    )  # fmt: skip
    stage(sheet, found, suggested(names, fields, memory))
    audit.record(
        school=school, by=by, at=at, verb="spreadsheet.read", subject="spreadsheet", subject_id=sheet.pk,
        counts={"rows": sheet.counts["rows"]},
    )  # fmt: skip
    return sheet.pk


def find_sheet(book: Book, named: str, fields: Sequence[Field], memory: Mapping[str, str]) -> Found:
    """The sheet of that name, else the one in whose best row most columns are known."""
    if named and named not in book.names:
        raise Refused("The workbook has no sheet of that name. Nothing was stored.")
    best, most = None, 0
    for name in [named] if named else book.names:
        table = book.table(name)
        place = names_row(table.rows, fields, memory)
        known = 0 if place is None else sum(map(bool, suggested(table.rows[place], fields, memory)))
        if place is not None and known > most:
            best, most = Found(name, table, place), known
    if best is None:
        raise Refused(NO_NAMES)
    return best


@keeps("only_data_contained_in_the_transfer_file_is_processed")
def stage(sheet: Spreadsheet, found: Found, chosen: Sequence[str]) -> None:
    """Stores the rows' cells in the chosen columns, and of the others how many cells were filled."""
    body = found.table.rows[found.names + 1 :]
    names = found.table.rows[found.names]
    filled = [sum(bool(row[place]) for row in body) for place in range(len(names))]
    sheet.columns = [
        [name[:LONGEST_NAME], field, count] for name, field, count in zip(names, chosen, filled, strict=True)
    ]
    rows = list(_rows(sheet, found, [place for place, field in enumerate(chosen) if field], body))
    if not rows:
        raise Refused(NO_ROWS)
    bulk.insert(SpreadsheetRow, columns=COLUMNS, rows=rows)
    sheet.counts = {"rows": len(rows)}
    sheet.save(update_fields=["columns", "counts"])


def _rows(
    sheet: Spreadsheet, found: Found, places: Sequence[int], body: Sequence[Sequence[str]]
) -> Iterator[tuple[Any, ...]]:
    first = found.table.first + found.names + 1
    for line, row in enumerate(body, first):
        if cells := {str(place): row[place] for place in places if row[place]}:
            yield sheet.school_id, sheet.pk, line, "unread", "", "", json.dumps(cells, ensure_ascii=False), "{}"


def columns_of(sheet: Spreadsheet) -> list[Column]:
    return [Column(*told) for told in sheet.columns]
