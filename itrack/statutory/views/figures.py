"""The figures a leader puts in: official ones of the school, and national ones of the Department."""

from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse

from itrack.foundation import clock
from itrack.foundation.page import SchoolRequest
from itrack.statutory import api
from itrack.statutory.forms import NATIONAL, FigureForm, read_figure
from itrack.statutory.rules.assessments import last_year
from itrack.statutory.rules.official import KNOWN, title_of

NOT_ACCEPTED = 422
# Measure, year, and whether it is the national figure.
About = tuple[str, int, bool]


def official_figure(request: SchoolRequest) -> HttpResponse:
    return _figure_page(request, *_known(request))


def set_official_figure(request: SchoolRequest) -> HttpResponse:
    about = _known(request)
    form = FigureForm(request.POST, measure=about[0], national=about[2])
    if not form.is_valid():
        return _figure_page(request, *about, form)
    return _to(about, "saved" if api.set_figure(**_key(request, about), **form.cleaned_data) else "same")


def remove_official_figure(request: SchoolRequest) -> HttpResponse:
    about = _known(request)
    api.remove_figure(**_key(request, about))
    return _to(about, "removed")


def undo_official_figure(request: SchoolRequest, change_set: int) -> HttpResponse:
    school = request.member.school
    if not api.is_figure_change(school=school, change_set=change_set):
        raise Http404
    done = api.undo_figure(school=school, change_set=change_set, by=request.member.member, at=clock.now())
    return _to(done, "undone")


def _figure_page(
    request: SchoolRequest, measure: str, year: int, national: bool, form: FigureForm | None = None
) -> HttpResponse:
    found = api.figure_page(viewer=request.member, measure=measure, year=year, on=_today(), national=national)
    told = {
        "found": found,
        "form": form or FigureForm(measure=measure, national=national, initial=found.initial),
        "done": request.GET.get("done", ""),
        "query": urlencode(_said(measure, year, national)),
        "measures": [(name, title_of(name)) for name in KNOWN],
    }
    return TemplateResponse(request, "statutory/figure.html", told, status=NOT_ACCEPTED if form else 200)


def _known(request: SchoolRequest) -> About:
    """What the address names; 404 for a measure or year that is not shown."""
    measure, year, national = read_figure(request.GET)
    year = year or last_year(_today())
    if not api.may_have_figure(measure=measure, year=year, on=_today()):
        raise Http404
    return measure, year, national


def _key(request: SchoolRequest, about: About) -> dict[str, Any]:
    """Of which figure, and in whose name."""
    named = dict(zip(("measure", "year", "national"), about, strict=True))
    return {"school": request.member.school, "by": request.member.member, "at": clock.now(), **named}


def _said(measure: str, year: int, national: bool) -> dict[str, str | int]:
    return {"measure": measure, "year": year, **({"of": NATIONAL} if national else {})}


def _to(about: About, done: str) -> HttpResponse:
    query = urlencode({**_said(*about), "done": done})
    return HttpResponseRedirect(f"{reverse('official-figure')}?{query}", status=303)


def _today() -> date:
    return clock.day_of(clock.now())
