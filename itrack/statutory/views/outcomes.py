"""The table of outcomes, the names behind its figures, and the official figures a school puts in."""

from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse

from itrack.foundation import clock
from itrack.foundation.page import SchoolRequest
from itrack.foundation.viewer import LEADERS
from itrack.statutory import api
from itrack.statutory.forms import FigureForm, read_figure
from itrack.statutory.rules.assessments import last_year
from itrack.statutory.rules.official import KNOWN, title_of

NOT_ACCEPTED = 422


def statutory_outcomes(request: SchoolRequest) -> HttpResponse:
    found = api.outcomes(viewer=request.member, on=_today())
    told = {
        "found": found,
        "leads": LEADERS.admits(request.viewer),
        "may_change": [(name, title_of(name)) for name in KNOWN],
    }
    return TemplateResponse(request, "statutory/outcomes.html", told)


def statutory_names(request: SchoolRequest) -> HttpResponse:
    measure, year = _asked(request)
    found = api.behind(viewer=request.member, measure=measure, year=year, on=_today())
    if found is None:
        raise Http404
    told = {
        "found": found,
        "leads": LEADERS.admits(request.viewer),
        "query": urlencode({"measure": measure, "year": year}),
    }
    return TemplateResponse(request, "statutory/names.html", told)


def official_figure(request: SchoolRequest) -> HttpResponse:
    return _figure_page(request, *_known(request))


def set_official_figure(request: SchoolRequest) -> HttpResponse:
    measure, year = _known(request)
    form = FigureForm(request.POST, measure=measure)
    if not form.is_valid():
        return _figure_page(request, measure, year, form)
    change_set = api.set_figure(
        school=request.member.school, measure=measure, year=year, **form.cleaned_data, **_who_when(request)
    )
    return _to(measure, year, "saved" if change_set else "same")


def remove_official_figure(request: SchoolRequest) -> HttpResponse:
    measure, year = _known(request)
    api.remove_figure(school=request.member.school, measure=measure, year=year, **_who_when(request))
    return _to(measure, year, "removed")


def undo_official_figure(request: SchoolRequest, change_set: int) -> HttpResponse:
    if not api.is_figure_change(school=request.member.school, change_set=change_set):
        raise Http404
    measure, year = api.undo_figure(school=request.member.school, change_set=change_set, **_who_when(request))
    return _to(measure, year, "undone")


def _figure_page(request: SchoolRequest, measure: str, year: int, form: FigureForm | None = None) -> HttpResponse:
    found = api.figure_page(viewer=request.member, measure=measure, year=year, on=_today())
    told = {
        "found": found,
        "form": form or FigureForm(measure=measure, initial=found.initial),
        "done": request.GET.get("done", ""),
        "query": urlencode({"measure": measure, "year": year}),
    }
    return TemplateResponse(request, "statutory/figure.html", told, status=NOT_ACCEPTED if form else 200)


def _known(request: SchoolRequest) -> tuple[str, int]:
    """The measure and year the address names; 404 for one that is not shown."""
    measure, year = _asked(request)
    if not api.may_have_figure(measure=measure, year=year, on=_today()):
        raise Http404
    return measure, year


def _asked(request: SchoolRequest) -> tuple[str, int]:
    measure, year = read_figure(request.GET)
    return measure, year or last_year(_today())


def _to(measure: str, year: int, done: str) -> HttpResponse:
    query = urlencode({"measure": measure, "year": year, "done": done})
    return HttpResponseRedirect(f"{reverse('official-figure')}?{query}", status=303)


def _today() -> date:
    return clock.day_of(clock.now())


def _who_when(request: SchoolRequest) -> dict[str, Any]:
    return {"by": request.member.member, "at": clock.now()}
