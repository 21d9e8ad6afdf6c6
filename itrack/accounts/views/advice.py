"""The page that stands once a year between signing in and the first page: how to keep the account safe."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse

from itrack.accounts.actions.advising import take_advice
from itrack.accounts.actions.signing_in import Step, proved
from itrack.accounts.views.signing_in import onward
from itrack.foundation import clock
from itrack.foundation.page import SchoolRequest


def whose(request: SchoolRequest) -> Mapping[str, Any]:
    return {"waits": proved(request=request, step=Step.ADVICE, now=clock.now()) is not None}


def keep_safe(request: SchoolRequest) -> HttpResponse:
    if not request.brought["waits"]:
        return HttpResponseRedirect(reverse("sign-in"))
    return TemplateResponse(request, "accounts/keep_safe.html", {"next": request.GET.get("next", "")})


def read_advice(request: SchoolRequest) -> HttpResponse:
    step = take_advice(request=request, at=clock.now())
    if step is Step.REFUSED:
        return HttpResponseRedirect(reverse("sign-in"))
    return onward(step, request.POST.get("next", ""))
