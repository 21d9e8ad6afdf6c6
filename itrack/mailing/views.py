"""The trial's outbox."""

from django.http import HttpResponse
from django.template.response import TemplateResponse

from itrack.foundation.page import SchoolRequest
from itrack.mailing import queries


def outbox(request: SchoolRequest) -> HttpResponse:
    return TemplateResponse(request, "mailing/outbox.html", {"mails": queries.outbox()})
