"""Signing in and out."""

from django.http import HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.utils.http import url_has_allowed_host_and_scheme

from itrack.accounts.api import sign_in as let_in
from itrack.accounts.api import sign_out as let_out
from itrack.accounts.forms import SignInForm
from itrack.foundation import clock
from itrack.foundation.page import SchoolRequest


def sign_in(request: SchoolRequest) -> HttpResponse:
    return TemplateResponse(request, "accounts/sign_in.html", {"next": request.GET.get("next", "")})


def enter(request: SchoolRequest) -> HttpResponse:
    form = SignInForm(request.POST)
    back = request.POST.get("next", "")
    known = form.is_valid() and let_in(request=request, **form.cleaned_data, at=clock.now())
    if not known:
        typed = {"next": back, "username": request.POST.get("username", ""), "refused": True}
        return TemplateResponse(request, "accounts/sign_in.html", typed, status=422)
    safe = url_has_allowed_host_and_scheme(back, allowed_hosts=None)
    return HttpResponseRedirect(back if safe else "/")


def sign_out(request: SchoolRequest) -> HttpResponse:
    let_out(request=request)
    return HttpResponseRedirect("/sign-in")
