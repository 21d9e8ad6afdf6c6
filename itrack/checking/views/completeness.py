"""How far the marks have come, class by subject, and who is missing."""

from django.http import Http404, HttpResponse
from django.template.response import TemplateResponse

from itrack.checking.api import Looked, completeness, look, missing
from itrack.checking.rules.asked import number
from itrack.checking.views.tabs import check_tabs
from itrack.foundation import clock
from itrack.foundation.page import SchoolRequest
from itrack.schools.api import year_title


def entered(request: SchoolRequest) -> HttpResponse:
    checks = check_tabs(request.member, "completeness")
    looked = _looked(request)
    if looked is None:
        if request.GET:
            raise Http404
        return TemplateResponse(request, "checking/completeness.html", {"checks": checks})
    found = completeness(viewer=request.member, looked=looked)
    said = {"checks": checks, "looked": looked, "found": found, "points": _points(looked)}
    return TemplateResponse(request, "checking/completeness.html", said)


def missing_marks(request: SchoolRequest, group: int, subject: int) -> HttpResponse:
    looked = _looked(request)
    found = missing(viewer=request.member, looked=looked, group=group, subject=subject) if looked else None
    if found is None:
        raise Http404
    return TemplateResponse(request, "checking/missing.html", {"found": found, "looked": looked})


def _looked(request: SchoolRequest) -> Looked | None:
    asked = {name: number(request.GET, name) for name in ("point", "assessment")}
    return look(school=request.member.school, today=clock.day_of(clock.now()), **asked)


def _points(looked: Looked) -> list[tuple[str, list[object]]]:
    """(title of the year, its points), the latest year first."""
    years = sorted({point.year for point in looked.points}, reverse=True)
    return [(year_title(year), [point for point in looked.points if point.year == year]) for year in years]
