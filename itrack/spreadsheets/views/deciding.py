"""The pages on which a spreadsheet that has been read is decided."""

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse

from itrack.foundation import clock
from itrack.foundation.page import SchoolRequest
from itrack.spreadsheets import api
from itrack.spreadsheets.queries import sheets as ask
from itrack.spreadsheets.rules.kinds import Kind


def weigh(request: SchoolRequest, sheet: int) -> HttpResponse:
    """Compares the sheet with the record, and on to the page that shows what it would change."""
    who = request.member
    _, row = ask.sheet_of(viewer=who, spreadsheet=sheet)
    if row.kind != Kind.PUPILS:
        raise Http404
    batch = api.hand_over(school=who.school, spreadsheet=sheet, by=who.member, at=clock.now())
    return HttpResponseRedirect(reverse("import", kwargs={"batch": batch}))


def preview_page(request: SchoolRequest, sheet: int) -> HttpResponse:
    line, row = ask.sheet_of(viewer=request.member, spreadsheet=sheet)
    return TemplateResponse(request, "spreadsheets/preview.html", {"line": line, "row": row})
