"""The page everybody starts on."""

from django.http import HttpResponse
from django.template.response import TemplateResponse

from itrack.foundation import clock
from itrack.foundation.page import SchoolRequest
from itrack.foundation.viewer import LEADERS, MARKERS, NAMED_PUPILS, OFFICE
from itrack.website.queries import home as gather


def home(request: SchoolRequest) -> HttpResponse:
    who, now = request.member, clock.now()
    today = clock.day_of(now)
    context = {
        "home": gather(viewer=who, today=today) if NAMED_PUPILS.admits(who) else None,
        "today": today,
        "morning": _part_of_day(now.astimezone(clock.LONDON).hour),
        "marks": MARKERS.admits(who),
        "imports": OFFICE.admits(who),
        "leads": LEADERS.admits(who),
    }
    return TemplateResponse(request, "website/home.html", context)


def help_page(request: SchoolRequest) -> HttpResponse:
    return TemplateResponse(request, "website/help.html", {})


def _part_of_day(hour: int) -> str:
    return "morning" if hour < 12 else "afternoon" if hour < 18 else "evening"
