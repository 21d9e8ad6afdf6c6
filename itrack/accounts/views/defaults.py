"""How pages look to somebody."""

from django.http import HttpResponse, HttpResponseRedirect

from itrack.accounts.api import set_look as keep_look
from itrack.foundation.page import SchoolRequest


def set_look(request: SchoolRequest) -> HttpResponse:
    theme, density = request.POST.get("theme", ""), request.POST.get("density", "")
    keep_look(person=request.member.person, theme=theme, density=density)
    return HttpResponseRedirect("/account#look", status=303)
