"""Whom the rows of a sheet are about, and what was told of each, for every kind of sheet that is decided here."""

from collections import Counter
from collections.abc import Collection, Sequence

from itrack.pupils.api import known_pupils
from itrack.spreadsheets.actions.reading import columns_of
from itrack.spreadsheets.models import Spreadsheet, SpreadsheetRow
from itrack.spreadsheets.rules.marks import AMONG, TWICE, verdict_of, why_refused
from itrack.spreadsheets.rules.people import People

State = Spreadsheet.State


def fields_by_place(sheet: Spreadsheet) -> dict[str, str]:
    return {str(place): column.field for place, column in enumerate(columns_of(sheet))}


def found_rows(sheet: Spreadsheet, among: Collection[int] | None) -> list[SpreadsheetRow]:
    """The rows, each with its pupil or the reason why it has none. Nobody is guessed at; a second row is refused."""
    known = known_pupils(school=sheet.school_id)
    people = People(pupil for pupil in known if among is None or pupil.id in among)
    fields, lines = fields_by_place(sheet), dict[int, int]()
    rows = list(SpreadsheetRow.objects.filter(school_id=sheet.school_id, spreadsheet=sheet).order_by("line"))
    for row in rows:
        found = people.find({fields[place]: text for place, text in row.cells.items()})
        first = lines.setdefault(found.pupil, row.line) if found.pupil else row.line
        row.reason = found.reason or (AMONG.format(len(found.among)) if found.among else "")
        row.reason = row.reason or (TWICE.format(first) if first != row.line else "")
        row.pupil_id, row.told = (None if row.reason else found.pupil), {}
    return rows


def settle(sheet: Spreadsheet, rows: Sequence[SpreadsheetRow]) -> None:
    """Stores what was told of the rows and counts it; the sheet then waits to be applied."""
    names = {str(place): column.name for place, column in enumerate(columns_of(sheet))}
    for row in rows:
        row.verdict = verdict_of(row.told, row.reason)
        row.reason = row.reason or why_refused(row.told, names)
    SpreadsheetRow.objects.bulk_update(rows, ["verdict", "pupil_id", "reason", "told"], batch_size=1000)
    told = Counter(one[0] for row in rows for one in row.told.values())
    sheet.counts = {"rows": len(rows), "refused rows": sum(bool(row.reason) for row in rows), **told}
    sheet.state = State.READY
    sheet.save(update_fields=["counts", "state"])


def finish(sheet: Spreadsheet, change_set: int | None, by: int) -> int | None:
    """Rows with nothing refused have said what they had to say."""
    SpreadsheetRow.objects.filter(school_id=sheet.school_id, spreadsheet=sheet, reason="").delete()
    sheet.state, sheet.applied_by_id, sheet.change_set_id = State.APPLIED, by, change_set
    sheet.save(update_fields=["state", "applied_by", "change_set"])
    return change_set
