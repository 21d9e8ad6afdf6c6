"""Editing the statements of a school's own framework, one at a time."""

from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse

from itrack.foundation import clock
from itrack.foundation.page import SchoolRequest
from itrack.frameworks import api
from itrack.frameworks.forms import AddForm, SeenForm, StatementForm
from itrack.frameworks.rules.content import StrandFacts
from itrack.frameworks.views.asked import NOT_ACCEPTED, place, to_framework, who_when
from itrack.frameworks.views.frameworks import shown_framework
from itrack.ui.parts import Link


def framework_statement(request: SchoolRequest, framework: int, statement: int) -> HttpResponse:
    page = api.opened_statement(school=request.member.school, framework=framework, statement=statement)
    held = {"text": page.told.text, "pointer": page.told.pointer, "seen": page.seen}
    return _statement(request, page, StatementForm(initial=held))


def _statement(request: SchoolRequest, page: api.OpenedStatement, form: StatementForm) -> HttpResponse:
    query = urlencode({"subject": page.told.strand.subject, "band": page.band})
    back = Link(page.line.title, f"{reverse('framework', args=[page.line.id])}?{query}")
    shown = {"page": page, "form": form, "back": back}
    status = NOT_ACCEPTED if form.errors else 200
    return TemplateResponse(request, "frameworks/statement.html", shown, status=status)


def reword_statement(request: SchoolRequest, framework: int, statement: int) -> HttpResponse:
    return _save(request, framework, statement, api.reword_statement)


def replace_statement(request: SchoolRequest, framework: int, statement: int) -> HttpResponse:
    return _save(request, framework, statement, api.replace_statement)


def _save(request: SchoolRequest, framework: int, statement: int, act: Any) -> HttpResponse:
    page = api.opened_statement(school=request.member.school, framework=framework, statement=statement)
    form = StatementForm(request.POST)
    if not form.is_valid():
        return _statement(request, page, form)
    return _on(page, act(framework=framework, statement=statement, **form.cleaned_data, **who_when(request)))


def retire_statement(request: SchoolRequest, framework: int, statement: int) -> HttpResponse:
    return _retire(request, framework, statement, clock.day_of(clock.now()))


def bring_statement_back(request: SchoolRequest, framework: int, statement: int) -> HttpResponse:
    return _retire(request, framework, statement, None)


def _retire(request: SchoolRequest, framework: int, statement: int, on: date | None) -> HttpResponse:
    page = api.opened_statement(school=request.member.school, framework=framework, statement=statement)
    seen = _seen(request)
    done = api.retire_statement(framework=framework, statement=statement, on=on, seen=seen, **who_when(request))
    return _on(page, done)


def statement_up(request: SchoolRequest, framework: int, statement: int) -> HttpResponse:
    page = api.opened_statement(school=request.member.school, framework=framework, statement=statement)
    seen = _seen(request)
    return _on(page, api.move_statement_up(framework=framework, statement=statement, seen=seen, **who_when(request)))


def add_statement(request: SchoolRequest, framework: int) -> HttpResponse:
    asked, school = place(request), request.member.school
    page = api.reading(school=school, framework=framework, subject=asked["subject"], band=asked["band"])
    form = AddForm(request.POST, strands=page.strands_here)
    if not form.is_valid():
        return shown_framework(request, framework, form)
    told = form.cleaned_data
    first, _, last = page.band.partition("-")
    strand = StrandFacts(page.subject, first, last, told["new_strand"] or dict(page.strands_here)[int(told["strand"])])
    words = {"text": told["text"], "pointer": told["pointer"]}
    made = api.add_statement(framework=framework, strand=strand, **words, **who_when(request))
    return to_framework(framework, subject=page.subject, band=page.band, done=made)


def _on(page: api.OpenedStatement, done: int | None) -> HttpResponse:
    return to_framework(page.line.id, subject=page.told.strand.subject, band=page.band, done=done)


def _seen(request: SchoolRequest) -> str:
    form = SeenForm(request.POST)
    return form.cleaned_data["seen"] if form.is_valid() else ""
