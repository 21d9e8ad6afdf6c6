"""The first second factor of somebody whose role must have one: nothing else opens before it is there."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpResponse, HttpResponseBase, JsonResponse
from django.template.response import TemplateResponse

from itrack.accounts.actions.enrolling import ask_for_new_passkey, first_codes, shown_app, take_app, take_passkey
from itrack.accounts.actions.signing_in import Step, finish, proved
from itrack.accounts.forms import AppForm, PasskeyForm
from itrack.accounts.rules_sessions import Factor
from itrack.accounts.views.second_factor import TOO_LATE, answer_with
from itrack.accounts.views.signing_in import onward
from itrack.foundation import clock
from itrack.foundation.page import SchoolRequest

WRONG_CODE = "That code was not accepted. Nothing was changed. Type the one your app shows now."
WRONG_PASSKEY = "That passkey was not made. Nothing was changed. Try once more, or use an app."


def offered(request: SchoolRequest) -> Mapping[str, Any]:
    """The app that is offered to the person whose password is proved; nothing for anybody else."""
    person = proved(request=request, step=Step.SET_UP, now=clock.now())
    return {} if person is None else {"offer": shown_app(request=request, person=person)}


def protect(request: SchoolRequest) -> HttpResponse:
    told = {**request.brought, "next": request.GET.get("next", "")}
    return TemplateResponse(request, "accounts/protect.html", told)


def protect_by_app(request: SchoolRequest) -> HttpResponseBase:
    form, now = AppForm(request.POST), clock.now()
    person = proved(request=request, step=Step.SET_UP, now=now)
    code = form.cleaned_data["code"] if form.is_valid() else ""
    if person is None or not take_app(request=request, person=person, code=code, at=now):
        return _again(request, WRONG_CODE)
    return _come_in(request, person, Factor.APP)


def ask_first_passkey(request: SchoolRequest) -> HttpResponseBase:
    now = clock.now()
    person = proved(request=request, step=Step.SET_UP, now=now)
    if person is None:
        return JsonResponse({"sentence": TOO_LATE}, status=409)
    return answer_with(ask_for_new_passkey(request=request, person=person, at=now))


def protect_by_passkey(request: SchoolRequest) -> HttpResponseBase:
    form, now = PasskeyForm(request.POST), clock.now()
    person = proved(request=request, step=Step.SET_UP, now=now)
    if person is None or not form.is_valid():
        return _again(request, WRONG_PASSKEY)
    told = form.cleaned_data
    if not take_passkey(request=request, person=person, given=told["answer"], name=told["name"], at=now):
        return _again(request, WRONG_PASSKEY)
    return _come_in(request, person, Factor.PASSKEY)


def _again(request: SchoolRequest, wrong: str) -> HttpResponse:
    told = {**offered(request), "next": request.POST.get("next", ""), "wrong": wrong}
    return TemplateResponse(request, "accounts/protect.html", told, status=422)


def _come_in(request: SchoolRequest, person: int, factor: Factor) -> HttpResponse:
    """In, with recovery codes to be written down first. They are on this answer alone."""
    now, back = clock.now(), request.POST.get("next", "")
    codes = first_codes(person=person, at=now)
    step = finish(request=request, person=person, factor=factor.value, at=now)
    return TemplateResponse(request, "accounts/codes.html", {"codes": codes, "onward": onward(step, back)["Location"]})
