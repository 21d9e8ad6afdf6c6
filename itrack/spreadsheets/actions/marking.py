"""Marks and test scores: told apart by cell before anything is stored, then saved by the rules of the marks page."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction

from itrack.assessment.api import RefusedCell, SavedMarks, marks_of, save_marks
from itrack.foundation.changes import actions as changes
from itrack.foundation.models import ChangeSet
from itrack.foundation.refusal import Refused
from itrack.pupils.api import take_back as take_classes_back
from itrack.spreadsheets.actions.choosing import State, open_sheet
from itrack.spreadsheets.actions.finding import fields_by_place, finish, found_rows, settle
from itrack.spreadsheets.actions.reading import columns_of
from itrack.spreadsheets.models import Spreadsheet, SpreadsheetRow
from itrack.spreadsheets.rules.kinds import BY_SUBJECT, Kind
from itrack.spreadsheets.rules.marks import told_of

Verdict = SpreadsheetRow.Verdict
NO_POINT = "Choose the assessment point of these marks."
Cell = tuple[int, int]


@dataclass(slots=True)
class Matched:
    """The rows of a sheet; what they say by (pupil, subject), and where each of it stands: its row and column."""

    rows: list[SpreadsheetRow]
    cells: dict[Cell, str] = field(default_factory=dict)
    places: dict[Cell, tuple[SpreadsheetRow, str]] = field(default_factory=dict)


@transaction.atomic
def weigh_marks(*, school: int, spreadsheet: int, among: Collection[int] | None, by: int, at: datetime) -> None:
    """Compares the sheet with the marks that stand. `among` are the pupils its bringer may see, None for all."""
    sheet = open_sheet(school=school, spreadsheet=spreadsheet)
    if sheet.point_id is None:
        raise Refused(NO_POINT)
    matched = _matched(sheet, among)
    stands = _standing(sheet)
    refused = {(cell.pupil, cell.column): cell for cell in _tried(sheet, matched.cells, by, at).refused}
    for cell, (row, place) in matched.places.items():
        row.told[place] = told_of(matched.cells[cell], stands.get(cell, ""), _reason(refused.get(cell)))
    settle(sheet, matched.rows)


def _reason(refused: RefusedCell | None) -> str:
    return refused.reason if refused else ""


def _matched(sheet: Spreadsheet, among: Collection[int] | None) -> Matched:
    matched, fields = Matched(found_rows(sheet, among)), fields_by_place(sheet)
    for row in matched.rows:
        _take(matched, row, fields)
    return matched


def _take(matched: Matched, row: SpreadsheetRow, fields: Mapping[str, str]) -> None:
    if row.pupil_id is None:
        return
    for place, text in row.cells.items():
        if fields[place].startswith(BY_SUBJECT):
            cell = row.pupil_id, int(fields[place].removeprefix(BY_SUBJECT))
            matched.cells[cell], matched.places[cell] = text, (row, place)


def _standing(sheet: Spreadsheet) -> dict[Cell, str]:
    marks = marks_of(school=sheet.school_id, point=sheet.point_id or 0, assessment=sheet.assessment)
    return {(mark.pupil, mark.subject): mark.code if mark.confirmed else f"{mark.code}?" for mark in marks}


def _tried(sheet: Spreadsheet, cells: Mapping[Cell, str], by: int, at: datetime) -> SavedMarks:
    """What saving would answer: it is done, and put back."""
    with transaction.atomic():
        told = _save(sheet, cells, by, at)
        transaction.set_rollback(True)
    return told


def _save(
    sheet: Spreadsheet, cells: Mapping[Cell, str], by: int, at: datetime, shown: Mapping[Cell, str] | None = None
) -> SavedMarks:
    return save_marks(
        school=sheet.school_id, point=sheet.point_id or 0, assessment=sheet.assessment, cells=cells, by=by, at=at,
        shown=shown, taken_on=sheet.taken_on, kind=ChangeSet.Kind.SHEET,
    )  # fmt: skip


@transaction.atomic
def apply_marks(*, school: int, spreadsheet: int, by: int, at: datetime) -> int | None:
    """Saves what the preview shows in one change set; a mark somebody else changed since stays, and its row is kept."""
    sheet = open_sheet(school=school, spreadsheet=spreadsheet, states=[State.READY])
    rows = list(SpreadsheetRow.objects.filter(school_id=school, spreadsheet=sheet).order_by("line"))
    cells, shown, places = _to_save(sheet, rows)
    saved = _save(sheet, cells, by, at, shown)
    for one in saved.refused:
        row, place = places[one.pupil, one.column]
        row.told[place] = told_of(cells[one.pupil, one.column], one.stands, one.reason)
        row.reason = ""
    settle(sheet, rows)
    return finish(sheet, saved.change_set, by)


type ToSave = tuple[dict[Cell, str], dict[Cell, str], dict[Cell, tuple[SpreadsheetRow, str]]]


def _to_save(sheet: Spreadsheet, rows: Sequence[SpreadsheetRow]) -> ToSave:
    """What the preview would save by cell: the mark, the one that stood then, and its row and column."""
    columns = columns_of(sheet)
    cells: dict[Cell, str] = {}
    shown: dict[Cell, str] = {}
    places: dict[Cell, tuple[SpreadsheetRow, str]] = {}
    for row in rows:
        for place, (verdict, stood, typed, _) in row.told.items():
            if verdict in (Verdict.NEW, Verdict.CHANGED):
                cell = row.pupil_id or 0, int(columns[int(place)].field.removeprefix(BY_SUBJECT))
                cells[cell], shown[cell], places[cell] = typed, stood, (row, place)
    return cells, shown, places


def undo_sheet(*, school: int, spreadsheet: int, by: int, at: datetime) -> None:
    """Takes back what a sheet of marks or classes changed, or says what now depends on it."""
    sheet = open_sheet(school=school, spreadsheet=spreadsheet, states=[State.APPLIED])
    if sheet.change_set_id is None:
        raise Refused("This spreadsheet changed nothing, so there is nothing to take back.")
    act = take_classes_back if sheet.kind == Kind.CLASSES else changes.undo
    act(school=school, change_set=sheet.change_set_id, by=by, at=at)
