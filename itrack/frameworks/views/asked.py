"""What every page of frameworks takes from a request, and how it goes on after a deed."""

from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from itrack.foundation import clock
from itrack.foundation.page import SchoolRequest
from itrack.frameworks.forms import PlaceFilter
from itrack.ui.parts import Link

NOT_ACCEPTED = 422


def place(request: SchoolRequest) -> dict[str, Any]:
    form = PlaceFilter(request.GET)
    if not form.is_valid():
        raise Http404
    return form.cleaned_data


def back() -> Link:
    return Link("Frameworks", reverse("frameworks"))


def to_list(done: int | None) -> HttpResponse:
    query = f"?{urlencode({'done': done})}" if done else ""
    return HttpResponseRedirect(f"{reverse('frameworks')}{query}", status=303)


def to_framework(framework: int, *, subject: str, band: str, done: int | None) -> HttpResponse:
    told = {"subject": subject, "band": band} | ({"done": done} if done else {})
    return HttpResponseRedirect(f"{reverse('framework', args=[framework])}?{urlencode(told)}", status=303)


def who_when(request: SchoolRequest) -> dict[str, Any]:
    return {"school": request.member.school, "by": request.member.member, "at": clock.now()}
