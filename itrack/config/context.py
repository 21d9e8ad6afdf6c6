"""What the page shell needs on every page: whose school, who is signed in, and the tabs they may open."""

from datetime import date
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import SimpleLazyObject

from itrack.foundation import clock
from itrack.foundation.tenancy.windows import sees
from itrack.foundation.viewer import ANY_STAFF, LEADERS, MARKERS, NAMED_PUPILS, OFFICE, Access, Viewer
from itrack.schools.api import point_on, year_title
from itrack.ui.parts import Link

# Tab, the page it opens, and who may.
TABS: tuple[tuple[str, str, Access], ...] = (
    ("Home", "home", ANY_STAFF),
    ("Pupils", "roll", NAMED_PUPILS),
    ("Mark", "mark", MARKERS),
    ("Reports", "reports", NAMED_PUPILS),
    ("Import", "imports", OFFICE),
    ("School", "classes", Access(LEADERS.roles | OFFICE.roles)),
    ("Privacy", "privacy", ANY_STAFF),
)


def tabs_for(viewer: Viewer | None, path: str) -> list[Link]:
    rows = [(name, reverse(page)) for name, page, may in TABS if viewer is not None and may.admits(viewer)]
    return [Link(name, url, path == url or (url != "/" and path.startswith(url))) for name, url in rows]


def shell(request: HttpRequest) -> dict[str, Any]:
    viewer: Viewer | None = getattr(request, "viewer", None)
    now = clock.now()
    return {
        "viewer": viewer,
        "tabs": tabs_for(viewer, request.path),
        "operator": settings.OPERATOR,
        "now": now,
        # Asked for only where a page does not say it itself.
        "when": SimpleLazyObject(lambda: _point_of(viewer, clock.day_of(now))),
    }


def _point_of(viewer: Viewer | None, today: date) -> str:
    """ "2026/27, Autumn 2", where the page can still ask."""
    if viewer is None or not sees(viewer.school):
        return ""
    point = point_on(school=viewer.school, day=today)
    return f"{year_title(point.year)}, {point.name}" if point else ""
