"""Spreadsheets as pages show them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.http import Http404

from itrack.curriculum.api import assessments
from itrack.foundation.viewer import Viewer
from itrack.pupils.api import classes_for, pupils_on_roll, sees_every_class
from itrack.schools.api import PointRow, academic_year_on, points
from itrack.spreadsheets.models import Spreadsheet, SpreadsheetRow
from itrack.spreadsheets.rules.columns import Column
from itrack.spreadsheets.rules.kinds import TITLES, Field, Kind, kinds_for, may_open

FIRST = 3  # filled cells shown of a column that is read


@dataclass(frozen=True, slots=True)
class SheetLine:
    id: int
    title: str
    at: datetime
    by: str
    state: str
    state_words: str
    rows: int
    batch: int | None


@dataclass(frozen=True, slots=True)
class ColumnLine:
    """A column on the page on which it is chosen. `examples` are cells of one that is read; others are not kept."""

    place: int
    column: Column
    examples: str


def sheet_lines(*, viewer: Viewer) -> list[SheetLine]:
    """The spreadsheets this person may open, newest first."""
    kinds = [kind.value for kind in kinds_for(viewer)]
    rows = Spreadsheet.objects.filter(school_id=viewer.school, kind__in=kinds).select_related("by", "change_set")
    return [_line(row) for row in rows.order_by("-pk")[:50] if may_open(viewer, row.kind, row.by_id)]


def sheet_of(*, viewer: Viewer, spreadsheet: int) -> tuple[SheetLine, Spreadsheet]:
    """One spreadsheet; 404 when this school has none such, or it is not for this person."""
    rows = Spreadsheet.objects.filter(school_id=viewer.school, pk=spreadsheet)
    row = rows.select_related("by", "applied_by", "change_set", "point").first()
    if row is None or not may_open(viewer, row.kind, row.by_id):
        raise Http404
    return _line(row), row


def _line(row: Spreadsheet) -> SheetLine:
    undone = row.change_set is not None and row.change_set.undone_at is not None
    return SheetLine(
        id=row.pk,
        title=TITLES[Kind(row.kind)],
        at=row.at,
        by=row.by.name,
        state="undone" if undone else row.state,
        state_words="Taken back" if undone else row.get_state_display(),
        rows=row.counts.get("rows", 0),
        batch=row.batch_id,
    )


def column_lines(sheet: Spreadsheet) -> list[ColumnLine]:
    """Its columns with the first cells of those that are read."""
    rows = SpreadsheetRow.objects.filter(school_id=sheet.school_id, spreadsheet=sheet).order_by("line")
    cells = list(rows.values_list("cells", flat=True)[:50])
    lines = []
    for place, told in enumerate(sheet.columns):
        said = [row[str(place)] for row in cells if str(place) in row][:FIRST]
        lines.append(ColumnLine(place, Column(*told), ", ".join(dict.fromkeys(said))))
    return lines


def points_to_choose(*, school: int) -> list[PointRow]:
    """Latest first."""
    return sorted(points(school=school), key=lambda point: (point.year, point.slot), reverse=True)


def assessments_to_choose(*, school: int) -> list[tuple[str, str]]:
    """(id, name); the main one is asked for as 0."""
    rows = [row for row in assessments(school=school) if not row.read_only]
    return [("0" if place == 0 else str(row.id), row.name) for place, row in enumerate(rows)]


def pupils_seen(*, viewer: Viewer, on: date) -> set[int] | None:
    """The pupils this person may find in a sheet: None for every one, a teacher's their own classes'."""
    if sees_every_class(viewer):
        return None
    year = academic_year_on(on)
    own = {row.id for row in classes_for(viewer=viewer, year=year, on=on)}
    return {line.id for line in pupils_on_roll(school=viewer.school, on=on, year=year) if line.class_id in own}


@dataclass(frozen=True, slots=True)
class RowLine:
    """A row on the preview: what it is about in the sheet's words, and (column, stood, typed, verdict, reason)."""

    line: int
    who: str
    verdict: str
    reason: str
    marks: list[tuple[str, str, str, str, str]]


def row_lines(sheet: Spreadsheet, *, most: int = 0) -> list[RowLine]:
    """The rows in their order, those that are refused or change something first; `most` of them if given."""
    rows = SpreadsheetRow.objects.filter(school_id=sheet.school_id, spreadsheet=sheet)
    told = sorted(rows.order_by("line"), key=lambda row: (not row.reason, row.verdict == "unchanged", row.line))
    return [_row_line(sheet, row) for row in (told[:most] if most else told)]


def _row_line(sheet: Spreadsheet, row: SpreadsheetRow) -> RowLine:
    marked = {name: place for place, (_, name, _) in enumerate(sheet.columns)}
    names = ("legal_forename", "legal_surname", "full_name", "upn")
    said = [row.cells.get(str(marked[name]), "") for name in names if name in marked]
    marks = [
        (sheet.columns[int(place)][0], stood, typed, verdict, why)
        for place, (verdict, stood, typed, why) in row.told.items()
    ]
    return RowLine(row.line, " ".join(filter(None, said)), row.verdict, row.reason, marks)


def refused_table(sheet: Spreadsheet) -> list[list[str]]:
    """The refused rows as they came, with the reason, to be put right and brought again."""
    places = [place for place, (_, field, _) in enumerate(sheet.columns) if field]
    rows = SpreadsheetRow.objects.filter(school_id=sheet.school_id, spreadsheet=sheet).exclude(reason="")
    heads = [*(sheet.columns[place][0] for place in places), "Row", "Why it was refused"]
    told = [
        [*(row.cells.get(str(place), "") for place in places), str(row.line), row.reason]
        for row in rows.order_by("line")
    ]
    return [heads, *told]


def field_choices(fields: Sequence[Field]) -> list[tuple[str, str]]:
    return [("", "Read past"), *((field.name, field.label) for field in fields)]
