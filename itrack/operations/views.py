"""Who is on now, and who looked at what."""

from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse
from django.template.response import TemplateResponse

from itrack.accounts.api import members, who_is_on
from itrack.foundation import clock
from itrack.foundation.page import SchoolRequest
from itrack.operations.api import Asked, looks
from itrack.operations.forms import LooksForm
from itrack.pupils.api import pupil_names


def signed_in(request: SchoolRequest) -> HttpResponse:
    return TemplateResponse(
        request, "operations/signed_in.html", {"on": who_is_on(school=request.member.school, now=clock.now())}
    )


def who_looked(request: SchoolRequest) -> HttpResponse:
    """What cannot be read in the address is left out of the question, and the page says so."""
    form, school = LooksForm(request.GET), request.member.school
    form.is_valid()
    asked = Asked(**{name: form.cleaned_data.get(name) for name in form.fields})
    found = looks(school=school, asked=asked)
    told: dict[str, Any] = {"asked": asked, "found": found, "members": members(school=school), "wrong": form.errors}
    if asked.pupil is not None:
        told["of"] = pupil_names(school=school, pupils=[asked.pupil]).get(asked.pupil, "")
    if found.older:
        kept = {name: value for name, value in request.GET.items() if name in form.fields and value}
        told["older"] = urlencode(kept | {"before": found.older})
    return TemplateResponse(request, "operations/looks.html", told)
