"""Pupils go to the importer: the same rows, rules, preview, apply and undo as for a transfer file."""

from collections.abc import Iterator
from datetime import datetime

from django.db import transaction

from itrack.imports.api import preview_sheet
from itrack.imports.rules.raw import RawPupil
from itrack.imports.rules.rows import SchoolRef
from itrack.imports.rules.wording import COLUMN
from itrack.schools.api import school_row
from itrack.spreadsheets.actions.choosing import open_sheet
from itrack.spreadsheets.actions.reading import columns_of
from itrack.spreadsheets.models import Spreadsheet, SpreadsheetRow
from itrack.spreadsheets.rules.pupils import raw_pupil

State = Spreadsheet.State


@transaction.atomic
def hand_over(*, school: int, spreadsheet: int, by: int, at: datetime) -> int:
    """Makes an import of the sheet's pupils and returns its id. What the sheet said is kept there alone from now on."""
    sheet = open_sheet(school=school, spreadsheet=spreadsheet)
    ignored = {f"{COLUMN}{c.name or 'No name'}": c.filled for c in columns_of(sheet) if c.filled and not c.field}
    sheet.batch_id = preview_sheet(
        school=school, pupils=_pupils(sheet), ignored=ignored, warnings=sheet.warnings, by=by, at=at
    )
    sheet.state = State.HANDED
    sheet.save(update_fields=["state", "batch"])
    SpreadsheetRow.objects.filter(school_id=school, spreadsheet=sheet).delete()
    return sheet.batch_id


def _pupils(sheet: Spreadsheet) -> Iterator[RawPupil]:
    school = school_row(school=sheet.school_id)
    here = SchoolRef(school.la, school.estab, school.urn, school.name)
    fields = {str(place): column.field for place, column in enumerate(columns_of(sheet))}
    rows = SpreadsheetRow.objects.filter(school_id=sheet.school_id, spreadsheet=sheet).order_by("line")
    for line, cells in rows.values_list("line", "cells").iterator():
        yield raw_pupil(line, {fields[place]: text for place, text in cells.items()}, here)
