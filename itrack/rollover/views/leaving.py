"""Pupils who leave and pupils who come back, at any time of the year."""

from datetime import date
from typing import Any

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.http import urlencode

from itrack.foundation import clock
from itrack.foundation.page import SchoolRequest
from itrack.pupils.api import Return, bring_back, set_leaving, take_leaving_back
from itrack.pupils.rules_columns import flags_hidden_from
from itrack.rollover import api
from itrack.rollover.forms.leaving import LastDayForm, LeaveForm, LeaversFilter, ReturnForm, StayForm
from itrack.schools.api import academic_year_on, year_title
from itrack.ui.parts import Link

NOT_ACCEPTED = 422


def leavers(request: SchoolRequest) -> HttpResponse:
    return _leavers(request)


def mark_leavers(request: SchoolRequest) -> HttpResponse:
    form = LeaveForm(request.POST)
    if not form.is_valid():
        return _leavers(request, form=form)
    pupils, day = form.cleaned_data["pupils"], form.cleaned_data["last_day"]
    done = set_leaving(
        school=request.member.school,
        last_days=dict.fromkeys(pupils, day),
        seen=dict.fromkeys(pupils),
        **_who_when(request),
    )
    return _to("leavers", done=done)


def undo_leaving(request: SchoolRequest, change_set: int) -> HttpResponse:
    if not api.leaving_changes(school=request.member.school, change_set=change_set):
        raise Http404
    take_leaving_back(school=request.member.school, change_set=change_set, **_who_when(request))
    return _to("leavers", done=change_set)


def _leavers(request: SchoolRequest, *, form: LeaveForm | None = None) -> HttpResponse:
    asked = LeaversFilter(request.GET)
    if not asked.is_valid():
        raise Http404
    group, on = asked.cleaned_data["group"], _today()
    me, year = request.member, asked.cleaned_data["year"] or academic_year_on(on)
    page = api.leaving_page(school=me.school, on=on, year=year, group=group, hidden=flags_hidden_from(me.role))
    if page is None:
        raise Http404
    changes = api.leaving_changes(school=request.member.school)
    shown = {
        "page": page,
        "on": on,
        "group": group,
        "choices": _class_links(page, group),
        "form": form or LeaveForm(initial={"last_day": on}),
        "changes": changes,
        "done": next((change for change in changes if change.id == asked.cleaned_data["done"]), None),
        "years": [Link(year_title(one), f"{reverse('leavers')}?year={one}", one == year) for one in page.years],
        "year_title": year_title(year),
    }
    return TemplateResponse(request, "rollover/leavers.html", shown, status=NOT_ACCEPTED if form else 200)


def _class_links(page: api.LeavingPage, group: int | None) -> list[Link]:
    rows = [(row.id, row.name) for row in page.classes] + ([(0, "In no class")] if page.without else [])
    return [Link(name, f"{reverse('leavers')}?group={pk}#mark-h", pk == group) for pk, name in rows]


def pupil_leaving(request: SchoolRequest, pupil: int) -> HttpResponse:
    return _one(request, pupil)


def save_leaving(request: SchoolRequest, pupil: int) -> HttpResponse:
    form = LastDayForm(request.POST)
    _known(request, pupil)
    if not form.is_valid():
        return _one(request, pupil, leave=form)
    return _set(request, pupil, form.cleaned_data["last_day"], form.cleaned_data["seen"])


def stay(request: SchoolRequest, pupil: int) -> HttpResponse:
    form = StayForm(request.POST)
    _known(request, pupil)
    if not form.is_valid():
        raise Http404
    return _set(request, pupil, None, form.cleaned_data["seen"])


def _set(request: SchoolRequest, pupil: int, day: date | None, seen: date | None) -> HttpResponse:
    school, days = request.member.school, {pupil: day}
    done = set_leaving(school=school, last_days=days, seen={pupil: seen}, **_who_when(request))
    return _to("pupil-leaving", pupil, done=done)


def come_back(request: SchoolRequest, pupil: int) -> HttpResponse:
    one = _known(request, pupil)
    form = ReturnForm(request.POST, classes=[(row.id, row.name) for row in one.classes], today=_today())
    if not form.is_valid():
        return _one(request, pupil, back=form)
    back = Return(pupil, form.cleaned_data["starts"], form.cleaned_data["group"])
    return _to("pupil-leaving", pupil, done=bring_back(school=request.member.school, back=back, **_who_when(request)))


def _one(request: SchoolRequest, pupil: int, **refused: Any) -> HttpResponse:
    one, asked = _known(request, pupil), LeaversFilter(request.GET)
    done = asked.cleaned_data["done"] if asked.is_valid() else None
    ends = one.spell.ends if one.spell else None
    shown = {
        "one": one,
        "leave": LastDayForm(initial={"last_day": ends or _today(), "seen": ends}),
        "back": ReturnForm(classes=[(row.id, row.name) for row in one.classes], today=_today()),
        "done": next(iter(api.leaving_changes(school=request.member.school, change_set=done)), None) if done else None,
    }
    return TemplateResponse(request, "rollover/leaving.html", shown | refused, status=NOT_ACCEPTED if refused else 200)


def _known(request: SchoolRequest, pupil: int) -> api.OnePupil:
    one = api.one_pupil(school=request.member.school, pupil=pupil, on=_today())
    if one is None:
        raise Http404
    return one


def _to(name: str, pupil: int | None = None, *, done: int | None) -> HttpResponse:
    address = reverse(name, kwargs={"pupil": pupil} if pupil else None)
    return HttpResponseRedirect(f"{address}?{urlencode({'done': done})}" if done else address, status=303)


def _who_when(request: SchoolRequest) -> dict[str, Any]:
    return {"by": request.member.member, "at": clock.now()}


def _today() -> date:
    return clock.day_of(clock.now())
