"""Throwing a sheet away, and forgetting those nobody decided on."""

from datetime import datetime, timedelta

from django.db import transaction

from itrack.foundation import audit
from itrack.spreadsheets.actions.choosing import open_sheet
from itrack.spreadsheets.models import KEPT_DAYS, Spreadsheet, SpreadsheetRow

State = Spreadsheet.State


@transaction.atomic
def discard(*, school: int, spreadsheet: int, by: int, at: datetime) -> None:
    """Throws a sheet away: its cells are gone, its counts stay."""
    sheet = open_sheet(school=school, spreadsheet=spreadsheet)
    SpreadsheetRow.objects.filter(school_id=school, spreadsheet=sheet).delete()
    sheet.state = State.DISCARDED
    sheet.save(update_fields=["state"])
    audit.record(
        school=school, by=by, at=at, verb="spreadsheet.discarded", subject="spreadsheet", subject_id=spreadsheet
    )


@transaction.atomic
def forget_undecided(*, school: int, at: datetime) -> int:
    """Throws away sheets nobody decided on in time, and what was kept of refused rows; returns how many sheets."""
    old = Spreadsheet.objects.filter(school_id=school, at__lt=at - timedelta(days=KEPT_DAYS))
    SpreadsheetRow.objects.filter(school_id=school, spreadsheet__in=old).delete()
    forgotten = old.filter(state__in=[State.COLUMNS, State.READY]).update(state=State.DISCARDED)
    if forgotten:
        audit.record(school=school, by=None, at=at, verb="spreadsheet.forgotten", counts={"spreadsheets": forgotten})
    return forgotten
