"""School, Signing in: how long each role stays signed in, and what it must prove."""

from django.http import HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse

from itrack.accounts.actions.roles import settle_role
from itrack.accounts.forms import RolesForm
from itrack.accounts.queries.roles import limits_by_role
from itrack.foundation import clock
from itrack.foundation.page import SchoolRequest


def signing_in(request: SchoolRequest) -> HttpResponse:
    held = limits_by_role(school=request.member.school)
    told = {"form": RolesForm(held=held), "saved": request.GET.get("saved") == "yes"}
    return TemplateResponse(request, "accounts/roles.html", told)


def settle(request: SchoolRequest) -> HttpResponse:
    who = request.member
    held = limits_by_role(school=who.school)
    form = RolesForm(request.POST, held=held)
    if not form.is_valid():
        return TemplateResponse(request, "accounts/roles.html", {"form": form}, status=422)
    for role, limits in form.limits().items():
        if limits != held[role]:
            settle_role(school=who.school, role=role, limits=limits, by=who.member, at=clock.now())
    return HttpResponseRedirect(f"{reverse('role-rules')}?saved=yes", status=303)
