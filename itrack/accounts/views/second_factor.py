"""The second proof at sign-in: a passkey, a code of an app or a recovery code. And the passkey that stands alone."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpResponse, HttpResponseBase, JsonResponse
from django.template.response import TemplateResponse

from itrack.accounts.actions.holdups import TooManyTries
from itrack.accounts.actions.proving import ask_for_passkey, prove, prove_alone
from itrack.accounts.actions.signing_in import Step, proved
from itrack.accounts.forms import CodeForm, PasskeyForm
from itrack.accounts.queries.factors import ways_of
from itrack.accounts.rules_sessions import Factor
from itrack.accounts.views.signing_in import onward, sign_in_page
from itrack.foundation import clock
from itrack.foundation.page import SchoolRequest

NO_PASSKEYS = "Browsers allow no passkeys at this address, because it is a number and not a name."
TOO_LATE = "That took longer than ten minutes, or this browser did not begin it. Nothing was changed. Sign in again."
WRONG = {
    Factor.PASSKEY: "That passkey was not accepted.",
    Factor.APP: "That code was not accepted.",
    Factor.RECOVERY: "That recovery code was not accepted.",
}


def ways(request: SchoolRequest) -> Mapping[str, Any]:
    """How the person whose password is proved can go on; nothing for anybody else."""
    person = proved(request=request, step=Step.FACTOR, now=clock.now())
    return {} if person is None else {"ways": ways_of(person=person)}


def second_factor(request: SchoolRequest) -> HttpResponse:
    told = {**request.brought, "next": request.GET.get("next", "")}
    return TemplateResponse(request, "accounts/second_factor.html", told)


def give_code(request: SchoolRequest) -> HttpResponseBase:
    form = CodeForm(request.POST)
    kind = Factor(form.cleaned_data["kind"]) if form.is_valid() else Factor.APP
    return _prove(request, kind, form.cleaned_data.get("code", ""))


def give_passkey(request: SchoolRequest) -> HttpResponseBase:
    form = PasskeyForm(request.POST)
    return _prove(request, Factor.PASSKEY, form.cleaned_data["answer"] if form.is_valid() else "")


def _prove(request: SchoolRequest, kind: Factor, given: str) -> HttpResponseBase:
    now = clock.now()
    person = proved(request=request, step=Step.FACTOR, now=now)
    if person is None:
        return _again(request, kind)
    try:
        step = prove(request=request, person=person, kind=kind, given=given, at=now)
    except TooManyTries as held:
        return _again(request, kind, held=held)
    return _again(request, kind) if step is Step.REFUSED else onward(step, request.POST.get("next", ""))


def _again(request: SchoolRequest, kind: Factor, *, held: TooManyTries | None = None) -> HttpResponse:
    told = {**ways(request), "next": request.POST.get("next", ""), "held": held, "wrong": WRONG[kind], "kind": kind}
    status, headers = (held.status, held.headers) if held else (422, None)
    return TemplateResponse(request, "accounts/second_factor.html", told, status=status, headers=headers)


def ask_passkey(request: SchoolRequest) -> HttpResponseBase:
    """For the page's script: what to ask the browser for."""
    now = clock.now()
    person = proved(request=request, step=Step.FACTOR, now=now)
    if person is None:
        return JsonResponse({"sentence": TOO_LATE}, status=409)
    return answer_with(ask_for_passkey(request=request, person=person, at=now))


def ask_passkey_alone(request: SchoolRequest) -> HttpResponseBase:
    return answer_with(ask_for_passkey(request=request, person=None, at=clock.now()))


def answer_with(options: dict[str, Any] | None) -> HttpResponseBase:
    return JsonResponse({"sentence": NO_PASSKEYS}, status=409) if options is None else JsonResponse(options)


def give_passkey_alone(request: SchoolRequest) -> HttpResponseBase:
    form, back = PasskeyForm(request.POST), request.POST.get("next", "")
    given = form.cleaned_data["answer"] if form.is_valid() else ""
    try:
        step = prove_alone(request=request, given=given, at=clock.now())
    except TooManyTries as held:
        return sign_in_page(request, back=back, held=held)
    if step is Step.REFUSED:
        return sign_in_page(request, back=back, status=422, wrong_passkey=WRONG[Factor.PASSKEY])
    return onward(step, back)
