"""The school's years and terms."""

from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse

from itrack.foundation import clock
from itrack.foundation.page import SchoolRequest
from itrack.schools import api
from itrack.schools.forms import OftenForm, SettingsFilter, YearForm
from itrack.schools.rules import usual_points
from itrack.ui.parts import Link

NOT_ACCEPTED = 422


def year(request: SchoolRequest) -> HttpResponse:
    asked, done = _asked(request)
    return _page(request, asked, done=done)


def add(request: SchoolRequest) -> HttpResponse:
    asked, _ = _asked(request)
    if asked not in _years(request):
        raise Http404
    return _to(asked, api.add_year(school=request.member.school, year=asked, **_who_when(request)))


def save(request: SchoolRequest) -> HttpResponse:
    asked, held = _set_up(request)
    form = YearForm(request.POST, year=asked, held=held)
    if not form.is_valid():
        return _page(request, asked, edit=form)
    seen, points = form.cleaned_data["seen"], form.facts()
    return _to(
        asked, api.edit_year(school=request.member.school, year=asked, seen=seen, points=points, **_who_when(request))
    )


def often(request: SchoolRequest) -> HttpResponse:
    asked, _ = _set_up(request)
    form = OftenForm(request.POST)
    if not form.is_valid():
        return _page(request, asked, often=form)
    return _to(
        asked, api.ask_so_often(school=request.member.school, year=asked, **form.cleaned_data, **_who_when(request))
    )


def undo(request: SchoolRequest, change_set: int) -> HttpResponse:
    school = request.member.school
    if not api.calendar_changes(school=school, change_set=change_set):
        raise Http404
    asked, _ = _asked(request)
    api.take_calendar_back(school=school, change_set=change_set, **_who_when(request))
    return _to(asked, change_set)


def _page(request: SchoolRequest, asked: int, *, done: int | None = None, **refused: Any) -> HttpResponse:
    school, held = request.member.school, api.year_points(school=request.member.school, year=asked)
    changes = api.calendar_changes(school=school)
    shown = {
        "held": held,
        "edit": refused.get("edit") or YearForm(year=asked, held=held),
        "often": refused.get("often") or OftenForm(initial={"times": held.times, "seen": held.seen}),
        "proposed": usual_points(asked) if asked in _years(request) and not held.points else [],
        "changes": changes,
        "done": next((change for change in changes if change.id == done), None),
        "year": asked,
        "year_title": api.year_title(asked),
        "year_query": f"?year={asked}",
        "years": [Link(api.year_title(each), _address(each), each == asked) for each in _years(request)],
    }
    return TemplateResponse(request, "schools/year.html", shown, status=NOT_ACCEPTED if refused else 200)


def _years(request: SchoolRequest) -> list[int]:
    """The years there are, this one, and the one that may be added next."""
    held = api.years(school=request.member.school)
    this = api.academic_year_on(clock.day_of(clock.now()))
    return sorted({*held, this, *([max(held) + 1] if held and max(held) <= this + 1 else [])})


def _set_up(request: SchoolRequest) -> tuple[int, api.YearPoints]:
    """The year asked for with its points; 404 while it has none."""
    asked, _ = _asked(request)
    held = api.year_points(school=request.member.school, year=asked)
    if not held.points:
        raise Http404
    return asked, held


def _asked(request: SchoolRequest) -> tuple[int, int | None]:
    """The year and the deed the address names; this year when it names none."""
    asked = SettingsFilter(request.GET)
    if not asked.is_valid():
        raise Http404
    this = api.academic_year_on(clock.day_of(clock.now()))
    return asked.cleaned_data["year"] or this, asked.cleaned_data["done"]


def _address(year: int, done: int | None = None) -> str:
    return f"{reverse('year')}?{urlencode({'year': year} | ({'done': done} if done else {}))}"


def _to(year: int, done: int | None) -> HttpResponse:
    return HttpResponseRedirect(_address(year, done), status=303)


def _who_when(request: SchoolRequest) -> dict[str, Any]:
    return {"by": request.member.member, "at": clock.now()}
