"""Two records of one pupil: finding them, comparing them, making them one."""

from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse

from itrack.foundation import clock
from itrack.foundation.page import SchoolRequest
from itrack.foundation.refusal import Refused
from itrack.foundation.viewer import MARKERS
from itrack.imports.forms import PairForm, taken_in
from itrack.pupils import api
from itrack.pupils.rules_columns import flags_hidden_from, hidden_from
from itrack.schools.api import academic_year_on


def duplicates(request: SchoolRequest) -> HttpResponse:
    form, school = PairForm(request.GET), request.member.school
    if not form.is_valid():
        raise Http404
    today = clock.day_of(clock.now())
    year = academic_year_on(today)
    shown = {
        "pairs": api.possible_duplicates(school=school, on=today, year=year),
        "lines": api.pupils_on_roll(school=school, on=today, year=year),
        "mergings": api.mergings(school=school),
        "done": next(iter(api.mergings(school=school, change_set=form.cleaned_data["done"] or 0)), None),
    }
    return TemplateResponse(request, "imports/duplicates.html", shown)


def compare_records(request: SchoolRequest) -> HttpResponse:
    form = PairForm(request.GET)
    if not form.is_valid():
        raise Http404
    if not form.pair:
        return duplicates(request)
    found = _found(request, form.pair)
    return TemplateResponse(request, "imports/two_records.html", {"found": found, "sees_marks": _sees_marks(request)})


def merge_records(request: SchoolRequest) -> HttpResponse:
    form, who = PairForm(request.POST), request.member
    if not form.is_valid() or not form.pair:
        raise Http404
    found = _found(request, form.pair)
    second, unsaid = taken_in(request.POST, len(found.differences))
    if unsaid:
        shown = {"found": found, "sees_marks": _sees_marks(request), "unsaid": unsaid, "second": second}
        return TemplateResponse(request, "imports/two_records.html", shown, status=422)
    said: dict[str, Any] = {"second": second, "seen": form.cleaned_data["seen"], "sight": _sight(request)}
    _, done = api.merge_records(school=who.school, pupils=form.pair, by=who.member, at=clock.now(), **said)
    return _done(done)


def undo_merging(request: SchoolRequest, change_set: int) -> HttpResponse:
    who = request.member
    if not api.mergings(school=who.school, change_set=change_set):
        raise Http404
    api.take_merging_back(school=who.school, change_set=change_set, by=who.member, at=clock.now())
    return _done(change_set)


def _found(request: SchoolRequest, pair: tuple[int, int]) -> api.TwoRecords:
    today, school = clock.day_of(clock.now()), request.member.school
    if pair[0] == pair[1]:
        raise Refused("That is one record twice. Choose two pupils. Nothing was changed.")
    found = api.two_records(school=school, pupils=pair, on=today, year=academic_year_on(today), sight=_sight(request))
    if found is None:
        raise Http404
    return found


def _sight(request: SchoolRequest) -> api.Sight:
    role = request.member.role
    return api.Sight(_sees_marks(request), hidden_from(role) | flags_hidden_from(role))


def _sees_marks(request: SchoolRequest) -> bool:
    return MARKERS.admits(request.member)


def _done(change_set: int) -> HttpResponse:
    return HttpResponseRedirect(f"{reverse('duplicates')}?{urlencode({'done': change_set})}", status=303)
