"""The pages on which a spreadsheet that has been read is decided."""

import csv
from io import StringIO

from django.http import HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse

from itrack.foundation import clock
from itrack.foundation.page import SchoolRequest
from itrack.spreadsheets import api
from itrack.spreadsheets.queries import sheets as ask
from itrack.spreadsheets.rules.kinds import Kind
from itrack.ui.words import harmless

SHOWN = 100  # rows the preview lists


def weigh(request: SchoolRequest, sheet: int) -> HttpResponse:
    """Compares the sheet with the record, and on to the page that shows what it would change."""
    who, now = request.member, clock.now()
    _, row = ask.sheet_of(viewer=who, spreadsheet=sheet)
    if row.kind == Kind.PUPILS:
        batch = api.hand_over(school=who.school, spreadsheet=sheet, by=who.member, at=now)
        return HttpResponseRedirect(reverse("import", kwargs={"batch": batch}))
    if row.kind == Kind.CLASSES:
        api.weigh_classes(school=who.school, spreadsheet=sheet, at=now)
        return _to(sheet)
    among = ask.pupils_seen(viewer=who, on=clock.day_of(now))
    api.weigh_marks(school=who.school, spreadsheet=sheet, among=among, by=who.member, at=now)
    return _to(sheet)


def _to(sheet: int) -> HttpResponse:
    return HttpResponseRedirect(reverse("sheet", kwargs={"sheet": sheet}))


def preview_page(request: SchoolRequest, sheet: int) -> HttpResponse:
    line, row = ask.sheet_of(viewer=request.member, spreadsheet=sheet)
    rows = ask.row_lines(row, most=SHOWN)
    told = {"line": line, "row": row, "rows": rows, "more": row.counts.get("rows", 0) - len(rows)}
    told["refused"] = any(one.reason for one in rows)
    told["to_save"] = row.counts.get("new", 0) + row.counts.get("changed", 0)
    return TemplateResponse(request, "spreadsheets/preview.html", told)


def apply_sheet(request: SchoolRequest, sheet: int) -> HttpResponse:
    who = request.member
    _, row = ask.sheet_of(viewer=who, spreadsheet=sheet)
    act = api.apply_classes if row.kind == Kind.CLASSES else api.apply_marks
    act(school=who.school, spreadsheet=sheet, by=who.member, at=clock.now())
    return _to(sheet)


def undo_sheet(request: SchoolRequest, sheet: int) -> HttpResponse:
    who = request.member
    ask.sheet_of(viewer=who, spreadsheet=sheet)
    api.undo_sheet(school=who.school, spreadsheet=sheet, by=who.member, at=clock.now())
    return _to(sheet)


def refused_rows(request: SchoolRequest, sheet: int) -> HttpResponse:
    _, row = ask.sheet_of(viewer=request.member, spreadsheet=sheet)
    text = StringIO(newline="")
    csv.writer(text, lineterminator="\r\n").writerows(
        [harmless(cell) for cell in one] for one in ask.refused_table(row)
    )
    named = {"Content-Disposition": 'attachment; filename="refused-rows.csv"'}
    return HttpResponse(text.getvalue().encode("utf-8-sig"), content_type="text/csv; charset=utf-8", headers=named)
