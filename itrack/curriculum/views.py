"""The school's subjects and its main mark scheme."""

from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse

from itrack.curriculum import api
from itrack.curriculum.forms import DoneFilter, OptionForm, OrderForm, SubjectForm
from itrack.curriculum.rules import BANDS, FROZEN
from itrack.foundation import clock
from itrack.foundation.page import SchoolRequest
from itrack.ui.parts import Link

NOT_ACCEPTED = 422


def subjects(request: SchoolRequest) -> HttpResponse:
    return _subjects(request, done=_done(request))


def start_subjects(request: SchoolRequest) -> HttpResponse:
    return _to("subjects", api.add_first_subjects(**_who_when(request)))


def add_subject(request: SchoolRequest) -> HttpResponse:
    lines = api.subject_lines(school=request.member.school)
    form = SubjectForm(request.POST, taken=[line.name for line in lines])
    if not form.is_valid():
        return _subjects(request, add=form)
    return _to("subjects", api.add_subject(name=form.cleaned_data["name"], **_who_when(request)))


def undo_subjects(request: SchoolRequest, change_set: int) -> HttpResponse:
    if not api.subject_changes(school=request.member.school, change_set=change_set):
        raise Http404
    api.take_subjects_back(change_set=change_set, **_who_when(request))
    return _to("subjects", change_set)


def subject(request: SchoolRequest, subject: int) -> HttpResponse:
    return _subject(request, subject)


def save_subject(request: SchoolRequest, subject: int) -> HttpResponse:
    api.subject_line(school=request.member.school, subject=subject)
    lines = api.subject_lines(school=request.member.school)
    form = SubjectForm(request.POST, taken=[line.name for line in lines if line.id != subject])
    if not form.is_valid():
        return _subject(request, subject, edit=form)
    return _to("subjects", api.rename_subject(subject=subject, **form.cleaned_data, **_who_when(request)))


def subject_up(request: SchoolRequest, subject: int) -> HttpResponse:
    api.subject_line(school=request.member.school, subject=subject)
    return _to("subjects", api.move_subject_up(subject=subject, seen=_seen(request), **_who_when(request)))


def retire_subject(request: SchoolRequest, subject: int) -> HttpResponse:
    api.subject_line(school=request.member.school, subject=subject)
    today = clock.day_of(clock.now())
    return _to("subjects", api.retire_subject(subject=subject, on=today, **_who_when(request)))


def bring_subject_back(request: SchoolRequest, subject: int) -> HttpResponse:
    api.subject_line(school=request.member.school, subject=subject)
    return _to("subjects", api.retire_subject(subject=subject, on=None, **_who_when(request)))


def remove_subject(request: SchoolRequest, subject: int) -> HttpResponse:
    api.subject_line(school=request.member.school, subject=subject)
    api.remove_subject(subject=subject, **_who_when(request))
    return _to("subjects", None)


def scheme(request: SchoolRequest) -> HttpResponse:
    return _scheme(request, done=_done(request))


def start_scheme(request: SchoolRequest) -> HttpResponse:
    return _to("scheme", api.add_first_scheme(**_who_when(request)))


def add_option(request: SchoolRequest) -> HttpResponse:
    found = api.scheme(school=request.member.school)
    form = OptionForm(request.POST, taken=[option.code for option in found.options])
    if not form.is_valid():
        return _scheme(request, add=form)
    return _to("scheme", api.add_option(facts=form.facts(), **_who_when(request)))


def undo_scheme(request: SchoolRequest, change_set: int) -> HttpResponse:
    if not api.scheme_changes(school=request.member.school, change_set=change_set):
        raise Http404
    api.take_scheme_back(change_set=change_set, **_who_when(request))
    return _to("scheme", change_set)


def option(request: SchoolRequest, option: int) -> HttpResponse:
    return _option(request, option)


def save_option(request: SchoolRequest, option: int) -> HttpResponse:
    found = api.scheme(school=request.member.school)
    held, taken = found.option(option).facts, [line.code for line in found.options if line.id != option]
    form = OptionForm(request.POST, taken=taken, held=held, frozen=found.used)
    if not form.is_valid():
        return _option(request, option, edit=form)
    seen = form.cleaned_data["seen"]
    return _to("scheme", api.edit_option(option=option, seen=seen, facts=form.facts(), **_who_when(request)))


def option_up(request: SchoolRequest, option: int) -> HttpResponse:
    api.scheme(school=request.member.school).option(option)
    return _to("scheme", api.move_option_up(option=option, seen=_seen(request), **_who_when(request)))


def remove_option(request: SchoolRequest, option: int) -> HttpResponse:
    api.scheme(school=request.member.school).option(option)
    api.remove_option(option=option, **_who_when(request))
    return _to("scheme", None)


def _subjects(request: SchoolRequest, *, done: int | None = None, **refused: Any) -> HttpResponse:
    changes = api.subject_changes(school=request.member.school)
    shown = {
        "lines": api.subject_lines(school=request.member.school),
        "add": refused.get("add") or SubjectForm(taken=[]),
        "changes": changes,
        "done": next((change for change in changes if change.id == done), None),
    }
    return TemplateResponse(request, "curriculum/subjects.html", shown, status=NOT_ACCEPTED if refused else 200)


def _subject(request: SchoolRequest, subject: int, **refused: Any) -> HttpResponse:
    line = api.subject_line(school=request.member.school, subject=subject)
    edit = refused.get("edit") or SubjectForm(taken=[], initial={"name": line.name, "seen": line.name})
    shown = {"line": line, "edit": edit, "back": Link("Subjects", reverse("subjects"))}
    return TemplateResponse(request, "curriculum/subject.html", shown, status=NOT_ACCEPTED if refused else 200)


def _scheme(request: SchoolRequest, *, done: int | None = None, **refused: Any) -> HttpResponse:
    changes = api.scheme_changes(school=request.member.school)
    shown = {
        "scheme": api.scheme(school=request.member.school),
        "add": refused.get("add") or OptionForm(taken=[]),
        "bands": BANDS,
        "frozen": FROZEN,
        "changes": changes,
        "done": next((change for change in changes if change.id == done), None),
    }
    return TemplateResponse(request, "curriculum/scheme.html", shown, status=NOT_ACCEPTED if refused else 200)


def _option(request: SchoolRequest, option: int, **refused: Any) -> HttpResponse:
    found = api.scheme(school=request.member.school)
    line = found.option(option)
    shown = {
        "line": line,
        "used": found.used,
        "edit": refused.get("edit") or OptionForm(taken=[], held=line.facts, frozen=found.used),
        "frozen": FROZEN,
        "back": Link("Mark scheme", reverse("scheme")),
    }
    return TemplateResponse(request, "curriculum/option.html", shown, status=NOT_ACCEPTED if refused else 200)


def _done(request: SchoolRequest) -> int | None:
    asked = DoneFilter(request.GET)
    if not asked.is_valid():
        raise Http404
    done: int | None = asked.cleaned_data["done"]
    return done


def _seen(request: SchoolRequest) -> str:
    form = OrderForm(request.POST)
    return form.cleaned_data["seen"] if form.is_valid() else ""


def _to(name: str, done: int | None) -> HttpResponse:
    query = f"?{urlencode({'done': done})}" if done else ""
    return HttpResponseRedirect(f"{reverse(name)}{query}", status=303)


def _who_when(request: SchoolRequest) -> dict[str, Any]:
    return {"school": request.member.school, "by": request.member.member, "at": clock.now()}
