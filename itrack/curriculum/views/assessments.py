"""What the school assesses, by name."""

from typing import Any

from django.http import HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse

from itrack.curriculum import api
from itrack.curriculum.forms.assessments import AssessmentForm, NewAssessmentForm, SchemeChoiceForm
from itrack.curriculum.rules_usual import usual_missing
from itrack.curriculum.views.asked import NOT_ACCEPTED, done_asked, seen, to, who_when
from itrack.foundation.page import SchoolRequest
from itrack.ui.parts import Link


def assessments(request: SchoolRequest) -> HttpResponse:
    return _list(request, done=done_asked(request))


def add_usual_assessments(request: SchoolRequest) -> HttpResponse:
    return to("assessments", api.add_usual_assessments(**who_when(request)))


def add_assessment(request: SchoolRequest) -> HttpResponse:
    form = _add_form(request, request.POST)
    if not form.is_valid():
        return _list(request, add=form)
    told = {name: form.cleaned_data[name] for name in ("name", "scheme", "subjects")}
    return to("assessments", api.add_assessment(**told, **who_when(request)))


def assessment(request: SchoolRequest, assessment: int) -> HttpResponse:
    return _one(request, assessment)


def save_assessment(request: SchoolRequest, assessment: int) -> HttpResponse:
    form = _edit_form(request, _line(request, assessment), request.POST)
    if not form.is_valid():
        return _one(request, assessment, edit=form)
    return to("assessments", api.edit_assessment(assessment=assessment, **form.cleaned_data, **who_when(request)))


def choose_scheme(request: SchoolRequest, assessment: int) -> HttpResponse:
    line = _line(request, assessment)
    form = SchemeChoiceForm(request.POST, schemes=_schemes(request, line.scheme))
    if not form.is_valid():
        return _one(request, assessment, choose=form)
    return to("assessments", api.choose_scheme(assessment=assessment, **form.cleaned_data, **who_when(request)))


def assessment_up(request: SchoolRequest, assessment: int) -> HttpResponse:
    _line(request, assessment)
    return to("assessments", api.move_assessment_up(assessment=assessment, seen=seen(request), **who_when(request)))


def keep_as_history(request: SchoolRequest, assessment: int) -> HttpResponse:
    _line(request, assessment)
    return to("assessments", api.set_read_only(assessment=assessment, read_only=True, **who_when(request)))


def take_up_again(request: SchoolRequest, assessment: int) -> HttpResponse:
    _line(request, assessment)
    return to("assessments", api.set_read_only(assessment=assessment, read_only=False, **who_when(request)))


def remove_assessment(request: SchoolRequest, assessment: int) -> HttpResponse:
    _line(request, assessment)
    api.remove_assessment(assessment=assessment, **who_when(request))
    return to("assessments", None)


def _line(request: SchoolRequest, assessment: int) -> api.AssessmentLine:
    return api.assessment_line(school=request.member.school, assessment=assessment)


def _list(request: SchoolRequest, *, done: int | None = None, **refused: Any) -> HttpResponse:
    school = request.member.school
    changes, lines = api.scheme_changes(school=school), api.assessment_lines(school=school)
    shown = {
        "lines": lines,
        "usual": usual_missing([line.name for line in lines]),
        "idle": [each for each in api.schemes(school=school) if each.idle],
        "add": refused.get("add") or _add_form(request),
        "changes": changes,
        "done": next((change for change in changes if change.id == done), None),
    }
    return TemplateResponse(request, "curriculum/assessments.html", shown, status=NOT_ACCEPTED if refused else 200)


def _one(request: SchoolRequest, assessment: int, **refused: Any) -> HttpResponse:
    line = _line(request, assessment)
    shown = {
        "line": line,
        "edit": refused.get("edit") or _edit_form(request, line),
        "choose": refused.get("choose") or SchemeChoiceForm(schemes=_schemes(request, line.scheme), now=line.scheme),
        "back": Link("Assessments", reverse("assessments")),
    }
    return TemplateResponse(request, "curriculum/assessment.html", shown, status=NOT_ACCEPTED if refused else 200)


def _add_form(request: SchoolRequest, data: Any = None) -> NewAssessmentForm:
    school = request.member.school
    taken = [line.name for line in api.assessment_lines(school=school)]
    told = {"subjects": api.subjects(school=school), "schemes": _schemes(request)}
    return NewAssessmentForm(data, taken=taken, **told)


def _edit_form(request: SchoolRequest, line: api.AssessmentLine, data: Any = None) -> AssessmentForm:
    school = request.member.school
    taken = [other.name for other in api.assessment_lines(school=school) if other.id != line.id]
    held = {"name": line.name, "subjects": line.subjects, "seen": line.seen}
    return AssessmentForm(data, taken=taken, subjects=api.subjects(school=school), initial=held)


def _schemes(request: SchoolRequest, now: int = 0) -> list[tuple[int, str]]:
    """The schemes to choose from: what is in use of each, and `now` whatever it is."""
    held = api.schemes(school=request.member.school)
    return [(each.id, f"{each.name}, version {each.version}") for each in held if each.offered or each.id == now]
