"""Signing in with Google or Microsoft: to their page, and back. Where it is not set up, neither address is there."""

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from itrack.accounts.actions.holdups import TooManyTries, hold_back, source
from itrack.accounts.actions.signing_in import Step
from itrack.accounts.actions.vouching import fits, let_in, remember, was_asked_of
from itrack.accounts.rules_providers import Fate, Provider, address_vouched_for
from itrack.accounts.sources.providers import NotGranted, Unreachable, described, new_asked, where_to_ask, word_for
from itrack.accounts.views.signing_in import onward, sign_in_page
from itrack.foundation import clock
from itrack.foundation.page import SchoolRequest

STATUS = {Fate.REFUSED: 422, Fate.LATE: 409, Fate.DOWN: 503, Fate.STOPPED: 422}


def sign_in_with(request: SchoolRequest, provider: str) -> HttpResponse:
    known, back, now, asked = _configured(provider), request.POST.get("next", ""), clock.now(), new_asked()
    try:
        there = where_to_ask(known, asked, back=_way_back(request, known), now=now)
    except Unreachable:
        return _not_in(request, known, Fate.DOWN, back)
    remember(request=request, provider=known, asked=asked, back=back, at=now)
    return HttpResponseRedirect(there, status=303)


def answered(request: SchoolRequest, provider: str) -> Mapping[str, Any]:
    """What came of it: {"step"} or {"fate"} or {"held"}, with the page that was asked for; {} where nothing is set up.

    Only what this browser began is looked at, and only that counts as a try: else any page on the web could have
    a whole school's address held up.
    """
    if provider not in settings.SIGN_IN_WITH:
        return {}
    known, now = _configured(provider), clock.now()
    asked = was_asked_of(request=request, provider=known, now=now)
    if asked is None:
        return {"fate": Fate.LATE, "next": ""}
    try:
        return {**_came_of(request, known, asked), "next": asked["next"]}
    except TooManyTries as held:
        return {"held": held, "next": asked["next"]}


def _came_of(request: SchoolRequest, known: Provider, asked: dict[str, str]) -> dict[str, Any]:
    now, email = clock.now(), None
    hold_back(what=[f"source:{source(request)}"], now=now)
    if fits(asked, request.GET.get("state", "")):
        if "error" in request.GET:
            return {"fate": Fate.STOPPED}
        try:
            email = _vouched_for(request, known, asked)
        except Unreachable:
            return {"fate": Fate.DOWN}
    step = let_in(request=request, email=email, at=now)
    return {"fate": Fate.REFUSED} if step is Step.REFUSED else {"step": step}


def _vouched_for(request: SchoolRequest, known: Provider, asked: dict[str, str]) -> str | None:
    """The e-mail address that the provider's word is good for; None for no word, or one that is not good."""
    now, code = clock.now(), request.GET.get("code", "")
    try:
        word = word_for(known, code=code, verifier=asked["verifier"], back=_way_back(request, known), now=now)
    except NotGranted:
        return None
    issuer = described(known, now=now).issuer
    return address_vouched_for(word, provider=known, issuer=issuer, nonce=asked["nonce"], now=now)


def back_from_provider(request: SchoolRequest, provider: str) -> HttpResponse:
    known, brought = _configured(provider), request.brought
    if "step" in brought:
        return onward(brought["step"], brought["next"])
    if "held" in brought:
        return sign_in_page(request, back=brought["next"], held=brought["held"])
    return _not_in(request, known, brought["fate"], brought["next"])


def _not_in(request: SchoolRequest, known: Provider, fate: Fate, back: str) -> HttpResponse:
    return sign_in_page(request, back=back, status=STATUS[fate], fate=fate.value, told_by=known)


def _configured(code: str) -> Provider:
    known: Provider | None = settings.SIGN_IN_WITH.get(code)
    if known is None:
        raise Http404
    return known


def _way_back(request: SchoolRequest, known: Provider) -> str:
    """Where the provider sends people back to. The host has been checked against those that are ours."""
    return request.build_absolute_uri(reverse("back-from-provider", args=[known.code]))
