"""A page to change one's own password."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse

from itrack.accounts.actions.changing import change_password as change
from itrack.accounts.actions.holdups import TooManyTries
from itrack.accounts.actions.passwords import WeakPassword
from itrack.accounts.forms import ChangePasswordForm
from itrack.accounts.queries.passwords import around
from itrack.accounts.rules_passwords import least
from itrack.accounts.rules_words import generated
from itrack.foundation import clock
from itrack.foundation.page import SchoolRequest
from itrack.foundation.tenancy.windows import writing


def offer(request: SchoolRequest) -> Mapping[str, Any]:
    """A password made up anew each time, and how long one's own must be."""
    known = around(person=request.member.person)
    return {"thought_up": generated(avoid=known.words), "least": least(second_factor=known.second_factor)}


def change_password(request: SchoolRequest) -> HttpResponse:
    told = {**request.brought, "done": "done" in request.GET}
    return TemplateResponse(request, "accounts/change_password.html", told)


def set_own_password(request: SchoolRequest) -> HttpResponse:
    form = ChangePasswordForm(request.POST)
    form.is_valid()
    typed = {name: form.cleaned_data.get(name, "") for name in ("current", "password")}
    try:
        changed = change(request=request, viewer=request.member, **typed, at=clock.now())
    except WeakPassword as weak:
        return _again(request, 422, faults=weak.faults)
    except TooManyTries as held:
        return _again(request, held.status, held.headers, held=held)
    if not changed:
        return _again(request, 422, wrong=True)
    return HttpResponseRedirect(reverse("change-password") + "?done", status=303)


def _again(
    request: SchoolRequest, status: int, headers: Mapping[str, str] | None = None, **told: object
) -> HttpResponse:
    offered = offer(request)
    with writing(request.member.school):
        page = TemplateResponse(
            request, "accounts/change_password.html", {**offered, **told}, status=status, headers=dict(headers or {})
        )
        return page.render()
