"""Help for who has lost their user name or password."""

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.http import HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse

from itrack.accounts.actions.lost import ask_for_help, set_lost_password
from itrack.accounts.actions.passwords import WeakPassword
from itrack.accounts.actions.signing_in import Step, go_on
from itrack.accounts.actions.stays import end_stay
from itrack.accounts.forms import ForgottenForm, NewPasswordForm
from itrack.accounts.queries.links import followed
from itrack.accounts.rules_links import Fate, Lost, Purpose
from itrack.accounts.rules_sessions import Ended
from itrack.accounts.rules_words import generated
from itrack.accounts.views.following import come_in, gone, key_of, look_up
from itrack.accounts.views.signing_in import onward
from itrack.foundation import clock
from itrack.foundation.page import SchoolRequest


def forgotten(request: SchoolRequest) -> HttpResponse:
    return TemplateResponse(request, "accounts/forgotten.html", {})


def ask(request: SchoolRequest) -> HttpResponse:
    form = ForgottenForm(request.POST)
    if not form.is_valid():
        typed = request.POST.get("typed", "")[:254]
        return TemplateResponse(request, "accounts/forgotten.html", {"typed": typed, "refused": True}, status=422)
    lost = Lost(form.cleaned_data["lost"])
    ask_for_help(request=request, typed=form.cleaned_data["typed"], lost=lost, at=clock.now())
    return HttpResponseRedirect(reverse("help-is-coming"))


def asked(request: SchoolRequest) -> HttpResponse:
    return TemplateResponse(request, "accounts/help_is_coming.html", {"trial": settings.TRIAL})


def known(request: SchoolRequest, token: str) -> Mapping[str, Any]:
    return look_up(request, token, Purpose.PASSWORD)


def follow(request: SchoolRequest, token: str) -> HttpResponse:
    return come_in(request, token, Purpose.PASSWORD, "new-password")


def offered(request: SchoolRequest) -> Mapping[str, Any]:
    return {"fate": followed(key=key_of(request, Purpose.PASSWORD), purpose=Purpose.PASSWORD, now=clock.now()).fate}


def new_password(request: SchoolRequest) -> HttpResponse:
    return _page(request, request.brought["fate"])


def _page(request: SchoolRequest, fate: Fate, *, status: int = 200, **told: object) -> HttpResponse:
    if fate is not Fate.GOOD:
        return gone(request, Purpose.PASSWORD, fate)
    return TemplateResponse(request, "accounts/new_password.html", told | {"thought_up": generated()}, status=status)


def set_new_password(request: SchoolRequest) -> HttpResponse:
    """Sets it and goes on as after any right password: to the second factor where there is one."""
    key, now = key_of(request, Purpose.PASSWORD), clock.now()
    form = NewPasswordForm(request.POST)
    form.is_valid()
    try:
        person = set_lost_password(key=key, password=form.cleaned_data.get("password", ""), at=now)
    except WeakPassword as weak:
        return _page(request, Fate.GOOD, status=422, faults=weak.faults)
    if request.viewer is not None and request.viewer.person != person:
        end_stay(request=request, viewer=request.viewer, why=Ended.SIGNED_OUT, at=now)
    step = go_on(request=request, person=person, at=now)
    return HttpResponseRedirect(reverse("sign-in")) if step is Step.REFUSED else onward(step, "")
