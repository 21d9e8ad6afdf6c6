"""The termly review, and who joined, moved and left."""

from datetime import date
from typing import Any

from django.http import Http404, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse

from itrack.accounts.api import places
from itrack.foundation.page import SchoolRequest
from itrack.schools.api import academic_year_on
from itrack.staff import api
from itrack.staff.forms import PeriodForm, ReviewForm
from itrack.staff.rules.reviews import seen_now
from itrack.staff.shown import as_csv, decided
from itrack.staff.views.asking import MANAGES, NOT_ACCEPTED, everybody, people_tabs, to, today, who_when
from itrack.ui.parts import Count, Link


def review(request: SchoolRequest) -> HttpResponse:
    return _review(request, _form(request))


def sign(request: SchoolRequest) -> HttpResponse:
    form = _form(request, request.POST)
    if not form.is_valid():
        return _review(request, form, status=NOT_ACCEPTED)
    told = form.cleaned_data["seen"]
    signed = api.sign_review(school=request.member.school, seen=told, decisions=form.decisions(), **who_when(request))
    return to("staff-review", signed=signed)


def signed_review(request: SchoolRequest, review: int) -> HttpResponse:
    found = api.signed_reviews(school=request.member.school, review=review)
    if not found:
        raise Http404
    names = {row.member: row for row in places(school=request.member.school)}
    counts = found[0].counts
    shown = {
        "signed": found[0],
        "title": found[0].title,
        "lines": decided(found[0].lines, names),
        "totals": [Count(name.value, counts.get(name.value, 0)) for name in api.Counted],
        "back": Link("Termly review", reverse("staff-review")),
    }
    return TemplateResponse(request, "staff/signed.html", shown)


def _form(request: SchoolRequest, typed: Any = None) -> ReviewForm:
    here = [one for one in everybody(request) if one.here]
    return ReviewForm(typed, people=here, seen=seen_now((one.member, one.place.role, one.state) for one in here))


def _review(request: SchoolRequest, form: ReviewForm, *, status: int = 200) -> HttpResponse:
    told = api.reviews(school=request.member.school, day=today())
    shown = {
        "form": form,
        "look_again": sum(bool(one.look_again) for one in form.people),
        "latest": told[0] if told else None,
        "earlier": told[1:],
        "manages": MANAGES.admits(request.member),
        "tabs_of_people": people_tabs(request),
    }
    return TemplateResponse(request, "staff/review.html", shown, status=status)


def moves(request: SchoolRequest) -> HttpResponse:
    form, first, last = _period(request)
    shown = {
        "form": form,
        "first": first,
        "last": last,
        "rows": api.moves(school=request.member.school, first=first, last=last),
        "tabs_of_people": people_tabs(request),
    }
    return TemplateResponse(request, "staff/moves.html", shown, status=NOT_ACCEPTED if form.errors else 200)


def moves_csv(request: SchoolRequest) -> HttpResponse:
    _, first, last = _period(request)
    rows = api.moves(school=request.member.school, first=first, last=last)
    name = f"joined-moved-left-{first.isoformat()}-{last.isoformat()}.csv"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(as_csv(rows), content_type="text/csv; charset=utf-8", headers=headers)


def _period(request: SchoolRequest) -> tuple[PeriodForm, date, date]:
    day = today()
    usual = {"first": date(academic_year_on(day), 9, 1), "last": day}
    form = PeriodForm(request.GET if request.GET else None, initial=usual)
    form.is_valid()
    first, last = form.days(**usual)
    return form, first, last
