"""Spreadsheets as pages show them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.http import Http404

from itrack.foundation.viewer import Viewer
from itrack.schools.api import PointRow, points
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


def field_choices(fields: Sequence[Field]) -> list[tuple[str, str]]:
    return [("", "Read past"), *((field.name, field.label) for field in fields)]
