"""One mark of a scheme."""

from typing import Any

from django.http import HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse

from itrack.curriculum import api
from itrack.curriculum.forms.settings import OptionForm
from itrack.curriculum.rules import FROZEN
from itrack.curriculum.rules_versions import LOCKED
from itrack.curriculum.views.asked import NOT_ACCEPTED, seen, to, who_when
from itrack.foundation.page import SchoolRequest
from itrack.ui.parts import Link


def option(request: SchoolRequest, option: int) -> HttpResponse:
    return _option(request, option)


def save_option(request: SchoolRequest, option: int) -> HttpResponse:
    found = _of(request, option)
    held, taken = found.option(option).facts, [line.code for line in found.options if line.id != option]
    form = OptionForm(request.POST, taken=taken, held=held, frozen=found.fixed, numeric=found.scale.numeric)
    if not form.is_valid():
        return _option(request, option, edit=form)
    told = {"seen": form.cleaned_data["seen"], "facts": form.facts()}
    return _to(request, found, api.edit_option(option=option, **told, **who_when(request)))


def option_up(request: SchoolRequest, option: int) -> HttpResponse:
    found = _of(request, option)
    return _to(request, found, api.move_option_up(option=option, seen=seen(request), **who_when(request)))


def remove_option(request: SchoolRequest, option: int) -> HttpResponse:
    found = _of(request, option)
    api.remove_option(option=option, **who_when(request))
    return _to(request, found, None)


def _of(request: SchoolRequest, option: int) -> api.Scheme:
    return api.scheme_of_option(school=request.member.school, option=option)


def _to(request: SchoolRequest, found: api.Scheme, done: int | None) -> HttpResponse:
    if found.id == api.scheme(school=request.member.school).id:
        return to("scheme", done)
    return to("scheme-version", done, scheme=found.id)


def _option(request: SchoolRequest, option: int, **refused: Any) -> HttpResponse:
    found = _of(request, option)
    line = found.option(option)
    shown = {
        "line": line,
        "scheme": found,
        "edit": refused.get("edit") or OptionForm(taken=[], held=line.facts, frozen=found.fixed),
        "frozen": LOCKED if found.locked else FROZEN,
        "back": Link(found.name, reverse("scheme-version", kwargs={"scheme": found.id})),
    }
    return TemplateResponse(request, "curriculum/option.html", shown, status=NOT_ACCEPTED if refused else 200)
