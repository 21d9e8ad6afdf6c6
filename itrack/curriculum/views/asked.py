"""What every page of these settings takes from a request, and how it goes on after a deed."""

from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from itrack.curriculum.forms.settings import DoneFilter, OrderForm
from itrack.foundation import clock
from itrack.foundation.page import SchoolRequest

NOT_ACCEPTED = 422


def done_asked(request: SchoolRequest) -> int | None:
    """The deed just done, as the address names it."""
    done: int | None = _filter(request)["done"]
    return done


def scheme_asked(request: SchoolRequest) -> int | None:
    """The scheme on whose page a deed was done, 0 for the page of assessments."""
    scheme: int | None = _filter(request)["scheme"]
    return scheme


def _filter(request: SchoolRequest) -> dict[str, Any]:
    asked = DoneFilter(request.GET)
    if not asked.is_valid():
        raise Http404
    return asked.cleaned_data


def seen(request: SchoolRequest) -> str:
    """The fingerprint of the list as it stood when somebody pressed Up."""
    form = OrderForm(request.POST)
    return form.cleaned_data["seen"] if form.is_valid() else ""


def to(name: str, done: int | None, **named: int) -> HttpResponse:
    query = f"?{urlencode({'done': done})}" if done else ""
    return HttpResponseRedirect(f"{reverse(name, kwargs=named)}{query}", status=303)


def who_when(request: SchoolRequest) -> dict[str, Any]:
    return {"school": request.member.school, "by": request.member.member, "at": clock.now()}
