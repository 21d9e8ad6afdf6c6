"""Marks in the wrong place: what would become of them, doing it, and taking it back."""

from typing import Any

from django.http import Http404, HttpResponse, HttpResponseRedirect, QueryDict
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.http import urlencode

from itrack.checking.api import Asked, move_marks, moves, offered_to_move, preview_of, take_move_back
from itrack.checking.forms import MoveForm, read_choices
from itrack.checking.rules.moving import misasked
from itrack.checking.shown import shown
from itrack.checking.views.tabs import check_tabs
from itrack.foundation import clock
from itrack.foundation.page import SchoolRequest
from itrack.schools.api import point_among

NOT_ACCEPTED = 422


def move(request: SchoolRequest) -> HttpResponse:
    school = request.member.school
    form = _form(request, request.GET if "act" in request.GET else None)
    changes = moves(school=school)
    done = request.GET.get("done", "")
    said: dict[str, Any] = {"form": form, "changes": changes, "checks": check_tabs(request.member, "move-marks")}
    said["done"] = next((change for change in changes if str(change.id) == done), None)
    if not form.is_bound:
        return TemplateResponse(request, "checking/move.html", said)
    asked = _asked(form)
    if wrong := misasked(asked.act, asked.source, asked.target):
        return TemplateResponse(request, "checking/move.html", said | {"wrong": wrong}, status=NOT_ACCEPTED)
    found = preview_of(school=school, asked=asked)
    return TemplateResponse(
        request, "checking/move.html", said | {"asked": asked, "found": found, "shown": shown(found)}
    )


def _form(request: SchoolRequest, sent: QueryDict | None) -> MoveForm:
    offered = offered_to_move(school=request.member.school)
    today = point_among(offered.points, day=clock.day_of(clock.now()))
    return MoveForm(sent, offered=offered, today=today.id if today else 0)


def _asked(form: MoveForm) -> Asked:
    if not form.is_valid():
        raise Http404
    return form.asked


def apply_move(request: SchoolRequest) -> HttpResponse:
    done = move_marks(
        school=request.member.school,
        asked=_asked(_form(request, request.POST)),
        choices=read_choices(request.POST),
        shown=request.POST.get("shown", ""),
        by=request.member.member,
        at=clock.now(),
    )
    return _back(done)


def undo_move(request: SchoolRequest, change_set: int) -> HttpResponse:
    if not moves(school=request.member.school, change_set=change_set):
        raise Http404
    take_move_back(school=request.member.school, change_set=change_set, by=request.member.member, at=clock.now())
    return _back(change_set)


def _back(done: int) -> HttpResponse:
    return HttpResponseRedirect(f"{reverse('move-marks')}?{urlencode({'done': done})}", status=303)
