"""The policy with its proof beside each sentence."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpResponse
from django.template.response import TemplateResponse

from itrack.foundation import clock
from itrack.foundation.page import SchoolRequest
from itrack.foundation.viewer import LEADERS
from itrack.promises.showing import policy


def gather(request: SchoolRequest) -> Mapping[str, Any]:
    """Evidence may need what no reading window shows, such as how many are signed in; it stores nothing."""
    return {"policy": policy(at=clock.now())}


def privacy(request: SchoolRequest) -> HttpResponse:
    told = {**request.brought, "may_see_looks": LEADERS.admits(request.viewer)}
    return TemplateResponse(request, "promises/privacy.html", told)
