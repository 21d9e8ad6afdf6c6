"""Marks that look wrong, with what speaks for them."""

import re

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.template.response import TemplateResponse

from itrack.checking.api import OddAsked, odd_page
from itrack.checking.rules.odd import Sort
from itrack.checking.views.tabs import check_tabs
from itrack.foundation import clock
from itrack.foundation.page import SchoolRequest
from itrack.foundation.viewer import LEADERS
from itrack.schools.api import academic_year_on, year_title

ON_A_PAGE = 50
_NUMBER = re.compile(r"[0-9]{1,18}")


def odd_marks(request: SchoolRequest) -> HttpResponse:
    today = clock.day_of(clock.now())
    checks = check_tabs(request.member, "odd-marks")
    found = odd_page(viewer=request.member, asked=_asked(request, academic_year_on(today)), today=today)
    if found is None:
        if request.GET:
            raise Http404
        return TemplateResponse(request, "checking/odd.html", {"checks": checks})
    lines = Paginator(found.lines, ON_A_PAGE).get_page(request.GET.get("page", "1"))
    said = {
        "checks": checks,
        "found": found,
        "lines": lines,
        "years": [(year, year_title(year)) for year in found.years],
    }
    return TemplateResponse(request, "checking/odd.html", said | {"leads": LEADERS.admits(request.viewer)})


def _asked(request: SchoolRequest, year: int) -> OddAsked:
    """What the address asks for; 404 for a word that is no choice of the page."""
    said = {name: request.GET.get(name, "") for name in ("year", "class", "sort")}
    numbers = {name: said[name] for name in ("year", "class") if said[name]}
    if not all(_NUMBER.fullmatch(text) for text in numbers.values()) or said["sort"] not in {"", *Sort}:
        raise Http404
    group, sort = int(said["class"] or 0), Sort(said["sort"]) if said["sort"] else None
    return OddAsked(int(said["year"]) if said["year"] else year, group, sort)
