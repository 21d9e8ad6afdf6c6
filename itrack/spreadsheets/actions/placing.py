"""Classes: who goes into which of this year's, told row by row before anything is stored, then placed as one change."""

from datetime import datetime

from django.db import transaction

from itrack.foundation import clock
from itrack.pupils.api import classes, place_pupils, pupils_on_roll
from itrack.schools.api import academic_year_on
from itrack.spreadsheets.actions.choosing import State, open_sheet
from itrack.spreadsheets.actions.finding import fields_by_place, finish, found_rows, settle
from itrack.spreadsheets.models import SpreadsheetRow
from itrack.spreadsheets.rules.classes import NOT_HERE, class_key, told_of_class
from itrack.spreadsheets.rules.kinds import CLASS


@transaction.atomic
def weigh_classes(*, school: int, spreadsheet: int, at: datetime) -> None:
    """Compares the sheet with the classes of today. A class that the year does not have is refused by cell."""
    sheet = open_sheet(school=school, spreadsheet=spreadsheet)
    on = clock.day_of(at)
    year = academic_year_on(on)
    known = {class_key(row.name): row.name for row in classes(school=school, year=year)}
    stands = {line.id: line.class_name for line in pupils_on_roll(school=school, on=on, year=year)}
    place = next(place for place, field in fields_by_place(sheet).items() if field == CLASS.name)
    rows = found_rows(sheet, None)
    for row in rows:
        if row.pupil_id is not None and row.pupil_id not in stands:
            row.reason, row.pupil_id = NOT_HERE, None
        if row.pupil_id is not None and place in row.cells:
            row.told = {place: told_of_class(row.cells[place], stands[row.pupil_id], known)}
    settle(sheet, rows)


@transaction.atomic
def apply_classes(*, school: int, spreadsheet: int, by: int, at: datetime) -> int | None:
    """Puts the pupils into their classes from today on; nothing is done if one has been moved since the preview."""
    sheet = open_sheet(school=school, spreadsheet=spreadsheet, states=[State.READY])
    on = clock.day_of(at)
    year = academic_year_on(on)
    ids = {row.name: row.id for row in classes(school=school, year=year)}
    rows = SpreadsheetRow.objects.filter(school_id=school, spreadsheet=sheet, verdict__in=["new", "changed"])
    told = {row.pupil_id or 0: next(iter(row.told.values())) for row in rows}
    to = {pupil: ids.get(name, 0) for pupil, (_, _, name, _) in told.items()}
    seen = {pupil: ids.get(stood) for pupil, (_, stood, _, _) in told.items()}
    made = place_pupils(school=school, year=year, to=to, seen=seen, on=on, by=by, at=at) if to else None
    return finish(sheet, made, by)
