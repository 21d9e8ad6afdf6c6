"""The policy with its proof beside each sentence."""

from django.http import HttpResponse
from django.template.response import TemplateResponse

from itrack.foundation import clock
from itrack.foundation.page import SchoolRequest
from itrack.promises.showing import policy


def privacy(request: SchoolRequest) -> HttpResponse:
    return TemplateResponse(request, "promises/privacy.html", {"policy": policy(at=clock.now())})
