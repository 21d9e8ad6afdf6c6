"""How far the marks have come, class by subject, and who is missing."""

import re

from django.http import Http404, HttpResponse
from django.template.response import TemplateResponse

from itrack.checking.api import Looked, completeness, look, missing
from itrack.checking.views.tabs import check_tabs
from itrack.foundation import clock
from itrack.foundation.page import SchoolRequest
from itrack.schools.api import year_title

_NUMBER = re.compile(r"[0-9]{1,18}")
NOBODY = -1


def entered(request: SchoolRequest) -> HttpResponse:
    tabs = check_tabs(request.member, "completeness")
    looked = _looked(request)
    if looked is None:
        if request.GET:
            raise Http404
        return TemplateResponse(request, "checking/completeness.html", {"tabs": tabs})
    found = completeness(viewer=request.member, looked=looked)
    said = {"tabs": tabs, "looked": looked, "found": found, "points": _points(looked)}
    return TemplateResponse(request, "checking/completeness.html", said)


def missing_marks(request: SchoolRequest) -> HttpResponse:
    looked = _looked(request)
    group, subject = _number(request, "group"), _number(request, "subject")
    found = missing(viewer=request.member, looked=looked, group=group, subject=subject) if looked else None
    if found is None:
        raise Http404
    return TemplateResponse(request, "checking/missing.html", {"found": found, "looked": looked})


def _looked(request: SchoolRequest) -> Looked | None:
    asked = {name: _number(request, name) for name in ("point", "assessment")}
    return look(school=request.member.school, today=clock.day_of(clock.now()), **asked)


def _number(request: SchoolRequest, name: str) -> int:
    """An id of the address; 0 when it is not there, and nobody's when it is no number."""
    text = request.GET.get(name, "")
    return int(text) if _NUMBER.fullmatch(text) else NOBODY if text else 0


def _points(looked: Looked) -> list[tuple[str, list[object]]]:
    """(title of the year, its points), the latest year first."""
    years = sorted({point.year for point in looked.points}, reverse=True)
    return [(year_title(year), [point for point in looked.points if point.year == year]) for year in years]
