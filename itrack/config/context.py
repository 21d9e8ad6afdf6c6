"""What the page shell needs on every page: whose school, who is signed in, and the tabs they may open."""

from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import SimpleLazyObject

from itrack.foundation import clock
from itrack.foundation.tenancy.windows import sees
from itrack.foundation.viewer import ANY_STAFF, JUDGES, LEADERS, MARKERS, NAMED_PUPILS, OFFICE, Access, Viewer
from itrack.reports.api import READS_A_REPORT
from itrack.schools.api import point_on
from itrack.ui.parts import Link

# Tab, the page it opens, and who may.
TABS: tuple[tuple[str, str, Access], ...] = (
    ("Home", "home", ANY_STAFF),
    ("Pupils", "roll", NAMED_PUPILS),
    ("Mark", "mark", MARKERS),
    ("Objectives", "objectives", JUDGES),
    ("Targets", "targets", MARKERS),
    ("Reports", "reports", READS_A_REPORT),
    ("Import", "imports", OFFICE),
    ("Import", "sheets", Access(MARKERS.roles - OFFICE.roles)),
    ("School", "classes", Access(LEADERS.roles | OFFICE.roles)),
    ("Privacy", "privacy", ANY_STAFF),
)


# The tabs within School: settings, each with who may change them.
SCHOOL_TABS: tuple[tuple[str, str, Access], ...] = (
    ("Classes", "classes", Access(LEADERS.roles | OFFICE.roles)),
    ("Year and terms", "year", Access(LEADERS.roles | OFFICE.roles)),
    ("New year", "new-year", Access(LEADERS.roles | OFFICE.roles)),
    ("Subjects", "subjects", LEADERS),
    ("Mark scheme", "scheme", LEADERS),
    ("Assessments", "assessments", LEADERS),
    ("Objectives", "objectives-use", LEADERS),
    ("Targets", "target-rules", LEADERS),
    ("Frameworks", "frameworks", LEADERS),
    ("People", "people", LEADERS),
    ("Signing in", "role-rules", LEADERS),
    ("Who is signed in", "signed-in", LEADERS),
)


# Pages that stand under a tab of another name.
UNDER = {"parents": "reports"}


def tabs_for(viewer: Viewer | None, path: str) -> list[Link]:
    here = UNDER.get(_folder(path), _folder(path))
    return [Link(name, url, _folder(url) == here) for name, url in _open_to(viewer, TABS)]


def school_tabs_for(viewer: Viewer | None, path: str) -> list[Link]:
    return [Link(name, url, path == url or path.startswith(f"{url}/")) for name, url in _open_to(viewer, SCHOOL_TABS)]


def _open_to(viewer: Viewer | None, rows: tuple[tuple[str, str, Access], ...]) -> list[tuple[str, str]]:
    return [(name, reverse(page)) for name, page, may in rows if viewer is not None and may.admits(viewer)]


def _folder(path: str) -> str:
    """The first part of an address, by which a main tab knows its pages: "school" of /school/year."""
    return path.split("/")[1]


def shell(request: HttpRequest) -> dict[str, Any]:
    viewer: Viewer | None = getattr(request, "viewer", None)
    now = clock.now()
    return {
        "viewer": viewer,
        "theme": viewer.theme if viewer else "",
        "density": viewer.density if viewer else "",
        "tabs": tabs_for(viewer, request.path),
        "school_tabs": SimpleLazyObject(lambda: school_tabs_for(viewer, request.path)),
        "put_out": _put_out(request),
        # Schools of somebody who works for several: told at signing in, asked anew when one is gone to.
        "places": request.session.get("places", []) if viewer else [],
        "operator": settings.OPERATOR,
        "now": now,
        # Asked for only where a page does not say it itself.
        "when": SimpleLazyObject(lambda: _point_of(viewer, clock.day_of(now))),
    }


def _put_out(request: HttpRequest) -> dict[str, Any] | None:
    """The browser whose sign-in this one ended: said once, on the first page after signing in."""
    held = getattr(request, "put_out", None)
    if not held:
        return None
    return {
        "device": held["device"],
        "began": datetime.fromisoformat(held["began"]),
        "url": reverse("change-password"),
    }


def _point_of(viewer: Viewer | None, today: date) -> str:
    """ "2026/27, Autumn 2", where the page can still ask."""
    if viewer is None or not sees(viewer.school):
        return ""
    point = point_on(school=viewer.school, day=today)
    return point.year_first if point else ""
