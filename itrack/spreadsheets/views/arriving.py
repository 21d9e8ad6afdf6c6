"""The pages on which a spreadsheet arrives: which file it is, and what its columns are."""

from typing import BinaryIO

from django.http import HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse

from itrack.foundation import clock
from itrack.foundation.page import SchoolRequest
from itrack.foundation.refusal import Refused
from itrack.schools.api import point_on
from itrack.spreadsheets import api
from itrack.spreadsheets.forms import Asked, ColumnsForm, SheetForm
from itrack.spreadsheets.queries import columns as choosing
from itrack.spreadsheets.queries import sheets as ask
from itrack.spreadsheets.rules.kinds import Kind, kinds_for, why_not_enough
from itrack.spreadsheets.views.deciding import preview_page, weigh

NO_POINT = "Choose the assessment point of these marks."


def sheets(request: SchoolRequest) -> HttpResponse:
    return _start(request, _sheet_form(request))


def _sheet_form(request: SchoolRequest) -> SheetForm:
    who = request.member
    told = (request.POST, request.FILES) if request.method == "POST" else ()
    today = point_on(school=who.school, day=clock.day_of(clock.now()))
    return SheetForm(*told, viewer=who, asked=_asked(who.school), today=today.id if today else None)


def _asked(school: int) -> Asked:
    return Asked(ask.points_to_choose(school=school), ask.assessments_to_choose(school=school))


def _start(request: SchoolRequest, form: SheetForm, refused: str = "", status: int = 200) -> HttpResponse:
    said = {"form": form, "refused": refused, "sheets": ask.sheet_lines(viewer=request.member)}
    said["kinds"] = kinds_for(request.member)
    return TemplateResponse(request, "spreadsheets/sheets.html", said, status=status)


def upload_sheet(request: SchoolRequest) -> HttpResponse:
    who, form = request.member, _sheet_form(request)
    if not form.is_valid():
        return _start(request, form, status=422)
    told = form.cleaned_data
    wanted = api.Wanted(form.kind_chosen, "", told.get("point"), told.get("assessment") or 0, told.get("taken_on"))
    try:
        file: BinaryIO = form.cleaned_data["file"].file
        sheet = api.read_sheet(school=who.school, file=file, wanted=wanted, by=who.member, at=clock.now())
    except Refused as refusal:
        return _start(request, form, refusal.sentence, status=422)
    return _read(request, sheet, look=form.cleaned_data["look"])


def _read(request: SchoolRequest, sheet: int, *, look: bool) -> HttpResponse:
    """On to what it would change where every column has been chosen before, else to its columns."""
    school = request.member.school
    _, row = ask.sheet_of(viewer=request.member, spreadsheet=sheet)
    kind, lines = Kind(row.kind), [line.column for line in ask.column_lines(row)]
    known = choosing.is_known(lines, choosing.remembered(school=school, kind=kind))
    pointless = kind == Kind.MARKS and row.point_id is None
    if look or not known or pointless or why_not_enough(kind, [line.field for line in lines]):
        return HttpResponseRedirect(reverse("sheet", kwargs={"sheet": sheet}))
    return weigh(request, sheet)


def sheet(request: SchoolRequest, sheet: int) -> HttpResponse:
    line, _ = ask.sheet_of(viewer=request.member, spreadsheet=sheet)
    if line.state == "columns" or (line.state == "ready" and "columns" in request.GET):
        return _columns(request, sheet, _columns_form(request, sheet))
    return preview_page(request, sheet)


def _columns_form(request: SchoolRequest, sheet: int) -> ColumnsForm:
    _, row = ask.sheet_of(viewer=request.member, spreadsheet=sheet)
    school, kind = row.school_id, Kind(row.kind)
    posted = (request.POST, request.FILES) if request.method == "POST" else ()
    return ColumnsForm(
        *posted,
        fields=ask.field_choices(choosing.fields_here(school=school, kind=kind)),
        names=[name for name, *_ in row.columns],
        sheets=row.sheets,
        asked=_asked(school) if kind == Kind.MARKS else None,
        initial={"sheet": row.sheet, "point": row.point_id, "assessment": row.assessment, "taken_on": row.taken_on}
        | {f"column-{place}": field for place, (_, field, _) in enumerate(row.columns)},
    )


def _columns(
    request: SchoolRequest, sheet: int, form: ColumnsForm, refused: str = "", status: int = 200
) -> HttpResponse:
    line, row = ask.sheet_of(viewer=request.member, spreadsheet=sheet)
    lines = [(one, form.column(one.place)) for one in ask.column_lines(row)]
    lacking = why_not_enough(Kind(row.kind), [one.column.field for one, _ in lines])
    said = {"line": line, "row": row, "form": form, "lines": lines, "refused": refused, "lacking": lacking}
    return TemplateResponse(request, "spreadsheets/columns.html", said, status=status)


def choose_sheet_columns(request: SchoolRequest, sheet: int) -> HttpResponse:
    who, form = request.member, _columns_form(request, sheet)
    if not form.is_valid():
        return _columns(request, sheet, form, status=422)
    told = form.cleaned_data
    if form.fields.get("point") and told["point"] is None:
        return _columns(request, sheet, form, NO_POINT, status=422)
    test = told.get("assessment") or 0, told.get("taken_on")
    choice = api.Choice(form.chosen, told.get("sheet", ""), told.get("point"), *test)
    file: BinaryIO | None = told["file"].file if told["file"] else None
    try:
        api.choose_columns(
            school=who.school, spreadsheet=sheet, choice=choice, file=file, by=who.member, at=clock.now()
        )
    except Refused as refusal:
        return _columns(request, sheet, form, refusal.sentence, status=422)
    _, row = ask.sheet_of(viewer=who, spreadsheet=sheet)
    if file is not None and why_not_enough(Kind(row.kind), [field for _, field, _ in row.columns]):
        return HttpResponseRedirect(reverse("sheet", kwargs={"sheet": sheet}))
    return weigh(request, sheet)


def discard_sheet(request: SchoolRequest, sheet: int) -> HttpResponse:
    who = request.member
    ask.sheet_of(viewer=who, spreadsheet=sheet)
    api.discard(school=who.school, spreadsheet=sheet, by=who.member, at=clock.now())
    return HttpResponseRedirect(reverse("sheets"))
