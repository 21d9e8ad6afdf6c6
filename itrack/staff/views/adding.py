"""Inviting somebody, or everybody in a pasted list."""

from typing import Any

from django.http import HttpResponse
from django.template.response import TemplateResponse

from itrack.foundation.page import SchoolRequest
from itrack.staff import api
from itrack.staff.forms import InviteForm, PasteForm
from itrack.staff.rules.paste import COLUMNS, JudgedRow, Verdict, fingerprint, judge
from itrack.staff.rules.roles import WORDS
from itrack.staff.views.asking import NOT_ACCEPTED, people_tabs, to, today, who_when


def add_person(request: SchoolRequest) -> HttpResponse:
    return _add(request, InviteForm(classes=_classes(request)))


def invite(request: SchoolRequest) -> HttpResponse:
    form = InviteForm(request.POST, classes=_classes(request))
    if form.is_valid():
        _refuse_known_address(request, form)
    if not form.is_valid():
        return _add(request, form, status=NOT_ACCEPTED)
    member = api.invite_person(school=request.member.school, person=form.person(), **who_when(request))
    return to("people", invited=member)


def _refuse_known_address(request: SchoolRequest, form: InviteForm) -> None:
    here = api.known(school=request.member.school, today=today()).addresses.get(form.cleaned_data["email"])
    if here is not None:
        name, left = here
        said = "was removed from this school. Bring them back on their own page." if left else "is here already."
        form.add_error("email", f"{name} has this address and {said}")


def _classes(request: SchoolRequest) -> list[tuple[int, str]]:
    return api.class_choices(school=request.member.school, today=today())


def _add(request: SchoolRequest, form: InviteForm, *, status: int = 200) -> HttpResponse:
    shown = {"form": form, "roles": WORDS.values(), "tabs_of_people": people_tabs(request)}
    return TemplateResponse(request, "staff/add.html", shown, status=status)


def paste(request: SchoolRequest) -> HttpResponse:
    return _paste(request, PasteForm(), [])


def check(request: SchoolRequest) -> HttpResponse:
    """Shows what would come of the rows. Nothing is stored: the rows travel with the form."""
    form = PasteForm(request.POST)
    rows = _judged(request, form) if form.is_valid() else []
    if form.is_valid() and not rows:
        form.add_error("rows", "There is no row with anything in it.")
    return _paste(request, form, rows, status=NOT_ACCEPTED if form.errors else 200)


def invite_rows(request: SchoolRequest) -> HttpResponse:
    form = PasteForm(request.POST)
    if not form.is_valid():
        return _paste(request, form, [], status=NOT_ACCEPTED)
    told = form.cleaned_data
    if not any(row.verdict is Verdict.INVITE for row in _judged(request, form)):
        return _paste(request, form, _judged(request, form), status=NOT_ACCEPTED)
    number = api.invite_rows(school=request.member.school, text=told["rows"], seen=told["seen"], **who_when(request))
    return to("people", pasted=number, state="invited")


def _judged(request: SchoolRequest, form: PasteForm) -> list[JudgedRow]:
    return judge(form.cleaned_data["rows"], api.known(school=request.member.school, today=today()))


def _paste(request: SchoolRequest, form: PasteForm, rows: list[JudgedRow], *, status: int = 200) -> HttpResponse:
    number: dict[str, Any] = {one.value: sum(row.verdict is one for row in rows) for one in Verdict}
    shown = {
        "form": form,
        "rows": rows,
        "seen": fingerprint(rows),
        "number": number,
        "columns": COLUMNS,
        "roles": WORDS.values(),
        "tabs_of_people": people_tabs(request),
    }
    return TemplateResponse(request, "staff/paste.html", shown, status=status)
