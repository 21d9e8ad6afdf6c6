"""Signing in and out."""

from datetime import datetime
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

from itrack.accounts.actions.holdups import TooManyTries
from itrack.accounts.actions.stays import disown
from itrack.accounts.api import Step, end_stay
from itrack.accounts.api import sign_in as let_in
from itrack.accounts.forms import SignInForm
from itrack.accounts.rules_sessions import Ended
from itrack.foundation import clock
from itrack.foundation.page import SchoolRequest

NEXT_PAGE = {Step.FACTOR: "second-factor", Step.SET_UP: "protect", Step.ADVICE: "keep-safe"}


def sign_in(request: SchoolRequest) -> HttpResponse:
    over = request.session.get("over")
    return sign_in_page(request, back=request.GET.get("next", ""), over=over and _over(over))


def sign_in_page(
    request: SchoolRequest, *, back: str, status: int = 200, held: TooManyTries | None = None, **told: object
) -> HttpResponse:
    """The form and the other ways in, with whatever there is to say of the last try."""
    told |= {"next": back, "held": held, "providers": settings.SIGN_IN_WITH.values()}
    headers = held.headers if held else None
    status = held.status if held else status
    return TemplateResponse(request, "accounts/sign_in.html", told, status=status, headers=headers)


def _over(held: dict[str, str]) -> dict[str, object]:
    """Why the last sign-in of this browser ended, for the page that asks for the next."""
    return {**held, "at": datetime.fromisoformat(held["at"])}


def not_me(request: SchoolRequest) -> HttpResponse:
    disown(request=request, at=clock.now())
    return HttpResponseRedirect(reverse("sign-in"), status=303)


def enter(request: SchoolRequest) -> HttpResponse:
    form = SignInForm(request.POST)
    back = request.POST.get("next", "")
    try:
        step = let_in(request=request, **form.cleaned_data, at=clock.now()) if form.is_valid() else Step.REFUSED
    except TooManyTries as held:
        return _again(request, held=held)
    return _again(request) if step is Step.REFUSED else onward(step, back)


def _again(request: SchoolRequest, *, held: TooManyTries | None = None) -> HttpResponse:
    """The form once more: the same words whether the name is known or not, and whether the password was right."""
    typed = request.POST.get("username", "")[:80]
    back = request.POST.get("next", "")
    return sign_in_page(request, back=back, status=422, held=held, username=typed, refused=held is None)


def onward(step: Step, back: str) -> HttpResponse:
    """To the next step, or in: to the page that was asked for when it is one of ours."""
    safe = back if url_has_allowed_host_and_scheme(back, allowed_hosts=None) else ""
    if step is Step.IN:
        return HttpResponseRedirect(safe or "/")
    asked = f"?{urlencode({'next': safe})}" if safe else ""
    return HttpResponseRedirect(reverse(NEXT_PAGE[step]) + asked)


def sign_out(request: SchoolRequest) -> HttpResponse:
    end_stay(request=request, viewer=request.member, why=Ended.SIGNED_OUT, at=clock.now())
    return HttpResponseRedirect("/sign-in")
