"""Pupils' flags: those of a class at a glance, one flag of a class to set, and the flags of one pupil."""

from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse

from itrack.foundation import clock
from itrack.foundation.page import SchoolRequest
from itrack.foundation.refusal import Refused
from itrack.foundation.viewer import LEADERS
from itrack.pupils import api
from itrack.pupils.forms.flags import FlagsAddress, FlagsForm, PupilFlagsForm, UndoneFor
from itrack.pupils.rules_columns import may_set
from itrack.pupils.rules_overrides import AS_RECORDED
from itrack.pupils.rules_reasons import TITLES
from itrack.schools.api import academic_year_on, year_title

NOT_ACCEPTED = 422


def flags(request: SchoolRequest) -> HttpResponse:
    address = FlagsAddress(request.GET)
    if not address.is_valid():
        raise Http404
    return _flags(request, address.cleaned_data)


def save_flags(request: SchoolRequest) -> HttpResponse:
    form = FlagsForm(request.POST)
    if not form.is_valid() or not form.cleaned_data["flag"]:
        raise Http404
    asked = form.cleaned_data
    page = _page(request, asked)
    wishes = form.wishes(page.ids)
    if len(wishes) > 1 and not asked["sure"]:
        return _flags(request, asked, preview=page.preview(wishes))
    saved = api.set_flags(wishes=wishes, **_how(request, asked["year"]))
    if saved.refused:
        return _flags(request, {**asked, "done": saved.change_set}, refused=page.refused(saved.refused))
    return _to("flags", None, {**page.address, "done": saved.change_set})


def set_pupil_flags(request: SchoolRequest, pupil: int) -> HttpResponse:
    form = PupilFlagsForm(request.POST)
    if not form.is_valid() or not api.may_see_pupil(viewer=request.member, pupil=pupil, on=_today()):
        raise Http404
    saved = api.set_flags(wishes=form.wishes(pupil), **_how(request, form.cleaned_data["year"]))
    if saved.refused:
        one = saved.refused[0]
        raise Refused(
            f"{TITLES.get(one.flag, 'A flag')}: {one.reason} Nothing was changed. Open the page again and look."
        )
    return _to("pupil", pupil, {"done": saved.change_set})


def undo_flags(request: SchoolRequest, change_set: int) -> HttpResponse:
    form, school = UndoneFor(request.POST), request.member.school
    if not form.is_valid() or not api.flag_changes(viewer=request.member, change_set=change_set):
        raise Http404
    leads = LEADERS.admits(request.member)
    api.take_flags_back(school=school, change_set=change_set, leads=leads, **_who_when(request))
    pupil = form.cleaned_data["pupil"]
    return _to("pupil" if pupil else "flags", pupil, {"done": change_set})


def _flags(request: SchoolRequest, asked: dict[str, Any], **more: Any) -> HttpResponse:
    page = _page(request, asked)
    changes = api.flag_changes(viewer=request.member)
    shown = {
        "page": page,
        "asked": asked,
        "changes": changes,
        "done": next((change for change in changes if change.id == asked["done"]), None),
        "when": year_title(page.year),
        "year_title": year_title(page.year),
        "years": [(year, year_title(year)) for year in range(page.this_year + 1, page.this_year - 7, -1)],
        "settable": page.flag in may_set(request.member.role),
        **more,
    }
    status = NOT_ACCEPTED if more.get("refused") else 200
    return TemplateResponse(request, "pupils/flags.html", shown, status=status)


def _page(request: SchoolRequest, asked: dict[str, Any]) -> api.FlagsPage:
    page = api.flags_page(
        viewer=request.member,
        today=_today(),
        year=asked["year"] or academic_year_on(_today()),
        group=asked["group"],
        year_group=asked["year_group"],
        flag=asked["flag"],
    )
    if page is None:
        raise Http404
    return page


def _how(request: SchoolRequest, year: int) -> dict[str, Any]:
    return {"school": request.member.school, "year": year, "may": may_set(request.member.role), **_who_when(request)}


def _who_when(request: SchoolRequest) -> dict[str, Any]:
    return {"by": request.member.member, "at": clock.now()}


def _to(name: str, pupil: int | None, query: dict[str, Any]) -> HttpResponse:
    address = reverse(name, kwargs={"pupil": pupil} if pupil else None)
    told = urlencode({key: value for key, value in query.items() if value not in (None, AS_RECORDED)})
    return HttpResponseRedirect(f"{address}?{told}".rstrip("?"), status=303)


def _today() -> Any:
    return clock.day_of(clock.now())
