"""The school's subjects."""

from typing import Any

from django.http import Http404, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse

from itrack.curriculum import api
from itrack.curriculum.forms.settings import SubjectForm
from itrack.curriculum.views.asked import NOT_ACCEPTED, done_asked, seen, to, who_when
from itrack.foundation import clock
from itrack.foundation.page import SchoolRequest
from itrack.ui.parts import Link


def subjects(request: SchoolRequest) -> HttpResponse:
    return _subjects(request, done=done_asked(request))


def start_subjects(request: SchoolRequest) -> HttpResponse:
    return to("subjects", api.add_first_subjects(**who_when(request)))


def add_subject(request: SchoolRequest) -> HttpResponse:
    lines = api.subject_lines(school=request.member.school)
    form = SubjectForm(request.POST, taken=[line.name for line in lines])
    if not form.is_valid():
        return _subjects(request, add=form)
    return to("subjects", api.add_subject(name=form.cleaned_data["name"], **who_when(request)))


def undo_subjects(request: SchoolRequest, change_set: int) -> HttpResponse:
    if not api.subject_changes(school=request.member.school, change_set=change_set):
        raise Http404
    api.take_subjects_back(change_set=change_set, **who_when(request))
    return to("subjects", change_set)


def subject(request: SchoolRequest, subject: int) -> HttpResponse:
    return _subject(request, subject)


def save_subject(request: SchoolRequest, subject: int) -> HttpResponse:
    api.subject_line(school=request.member.school, subject=subject)
    lines = api.subject_lines(school=request.member.school)
    form = SubjectForm(request.POST, taken=[line.name for line in lines if line.id != subject])
    if not form.is_valid():
        return _subject(request, subject, edit=form)
    return to("subjects", api.rename_subject(subject=subject, **form.cleaned_data, **who_when(request)))


def subject_up(request: SchoolRequest, subject: int) -> HttpResponse:
    api.subject_line(school=request.member.school, subject=subject)
    return to("subjects", api.move_subject_up(subject=subject, seen=seen(request), **who_when(request)))


def retire_subject(request: SchoolRequest, subject: int) -> HttpResponse:
    api.subject_line(school=request.member.school, subject=subject)
    today = clock.day_of(clock.now())
    return to("subjects", api.retire_subject(subject=subject, on=today, **who_when(request)))


def bring_subject_back(request: SchoolRequest, subject: int) -> HttpResponse:
    api.subject_line(school=request.member.school, subject=subject)
    return to("subjects", api.retire_subject(subject=subject, on=None, **who_when(request)))


def remove_subject(request: SchoolRequest, subject: int) -> HttpResponse:
    api.subject_line(school=request.member.school, subject=subject)
    api.remove_subject(subject=subject, **who_when(request))
    return to("subjects", None)


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
