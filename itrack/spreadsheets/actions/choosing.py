"""What a person chooses a sheet's columns to be. The choice is remembered by the columns' names."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import BinaryIO

from django.db import connection, transaction

from itrack.foundation.refusal import Refused
from itrack.spreadsheets.actions.reading import Found, columns_of, find_sheet, stage
from itrack.spreadsheets.models import RememberedColumn, Spreadsheet, SpreadsheetRow
from itrack.spreadsheets.queries.columns import fields_here, remembered
from itrack.spreadsheets.rules.columns import LONGEST_NAME, key_of, suggested, why_not_these
from itrack.spreadsheets.rules.kinds import Kind, why_not_enough
from itrack.spreadsheets.sources.opening import open_book

State = Spreadsheet.State
NEEDS_FILE = (
    "Cells of columns that were read past are not kept. Choose the file again below, so that they can be read now."
)
NOT_WHOLE = "The form did not come back whole. Nothing was changed; open the page again."


@dataclass(frozen=True, slots=True)
class Choice:
    """Of each column in turn the field it is, "" to read it past; the sheet of the workbook, and the point of marks."""

    columns: Sequence[str]
    sheet: str = ""
    point: int | None = None
    assessment: int = 0
    taken_on: date | None = None


def open_sheet(*, school: int, spreadsheet: int, states: Sequence[str] = (State.COLUMNS, State.READY)) -> Spreadsheet:
    """The sheet, locked, if it still waits for a decision; else a refusal that says what became of it."""
    found = Spreadsheet.objects.select_for_update().filter(school_id=school, pk=spreadsheet).first()
    if found is None:
        raise Refused("There is no such spreadsheet in this school.")
    if found.state not in states:
        raise Refused(f"This spreadsheet no longer waits for a decision. It is: {found.get_state_display().lower()}.")
    return found


@transaction.atomic
def choose_columns(
    *, school: int, spreadsheet: int, choice: Choice, file: BinaryIO | None, by: int, at: datetime
) -> None:
    """Notes what the columns are. Cells not read so far need the file once more, since they were not kept."""
    sheet = open_sheet(school=school, spreadsheet=spreadsheet)
    _check(sheet, choice)
    _remember(sheet, choice.columns, at)
    sheet.point_id, sheet.state = choice.point, State.COLUMNS
    sheet.assessment, sheet.taken_on = choice.assessment, choice.taken_on
    if file is not None:
        _read_again(sheet, choice, file)
    else:
        _choose_among_held(sheet, choice)
    told = ("point", "assessment", "taken_on", "state", "sheet", "sheets", "format", "warnings")
    sheet.save(update_fields=["columns", "counts", *told])


def _check(sheet: Spreadsheet, choice: Choice) -> None:
    known = {field.name for field in fields_here(school=sheet.school_id, kind=Kind(sheet.kind))}
    if len(choice.columns) != len(sheet.columns) or not set(choice.columns) <= known | {""}:
        raise Refused(NOT_WHOLE)
    if reason := why_not_these(choice.columns) or why_not_enough(Kind(sheet.kind), choice.columns):
        raise Refused(reason)


def _remember(sheet: Spreadsheet, columns: Sequence[str], at: datetime) -> None:
    """The names alone, of named columns; of two columns of one name the one that is read."""
    told = zip(columns_of(sheet), columns, strict=True)
    named = sorted(((key_of(column.name), field) for column, field in told if key_of(column.name)), key=lambda n: n[1])
    rows = [
        RememberedColumn(school_id=sheet.school_id, kind=sheet.kind, name=key, field=field, at=at)
        for key, field in dict(named).items()
    ]
    RememberedColumn.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["school", "kind", "name"], update_fields=["field", "at"]
    )


def _read_again(sheet: Spreadsheet, choice: Choice, file: BinaryIO) -> None:
    """The file once more: columns of the names chosen for are as chosen, others as their names suggest."""
    kind = Kind(sheet.kind)
    fields, memory = fields_here(school=sheet.school_id, kind=kind), remembered(school=sheet.school_id, kind=kind)
    book = open_book(file)
    found: Found = find_sheet(book, choice.sheet if choice.sheet in book.names else "", fields, memory)
    names = found.table.rows[found.names]
    same = [name[:LONGEST_NAME] for name in names] == [column.name for column in columns_of(sheet)]
    SpreadsheetRow.objects.filter(school_id=sheet.school_id, spreadsheet=sheet).delete()
    sheet.sheet, sheet.format, sheet.warnings = found.sheet[:100], book.format, found.table.warnings
    sheet.sheets = [name[:100] for name in book.names]
    stage(sheet, found, choice.columns if same else suggested(names, fields, memory))


def _choose_among_held(sheet: Spreadsheet, choice: Choice) -> None:
    held = columns_of(sheet)
    if choice.sheet not in ("", sheet.sheet):
        raise Refused(NEEDS_FILE)
    if any(field and not column.field for column, field in zip(held, choice.columns, strict=True)):
        raise Refused(NEEDS_FILE)
    dropped = [
        str(n) for n, (column, field) in enumerate(zip(held, choice.columns, strict=True)) if column.field and not field
    ]
    if dropped:
        with connection.cursor() as cursor:
            cursor.execute(
                "update spreadsheets_spreadsheetrow set cells = cells - %s::text[] "
                "where school_id = %s and spreadsheet_id = %s",
                [dropped, sheet.school_id, sheet.pk],
            )
    sheet.columns = [[column.name, field, column.filled] for column, field in zip(held, choice.columns, strict=True)]
