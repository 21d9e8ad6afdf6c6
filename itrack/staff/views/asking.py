"""What the pages about people have in common: who manages, what is read before the window, the tabs."""

from collections.abc import Mapping
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from itrack.accounts.api import accounts_of
from itrack.foundation import clock
from itrack.foundation.page import SchoolRequest
from itrack.foundation.viewer import Role, only
from itrack.staff import api
from itrack.ui.parts import Link

NOT_ACCEPTED = 422
MANAGES = only(Role.ADMINISTRATOR)


def bring_accounts(request: SchoolRequest, **named: object) -> Mapping[str, Any]:
    """How everybody's account stands: read before the page, whose own window never sees these tables."""
    return {"accounts": accounts_of(school=request.member.school)}


def everybody(request: SchoolRequest) -> list[api.Person]:
    """The school's people; on a page that writes, its own window sees the accounts."""
    school = request.member.school
    accounts = request.brought["accounts"] if "accounts" in request.brought else accounts_of(school=school)
    return api.people(school=school, accounts=accounts, today=today())


def one_of_them(request: SchoolRequest, member: int) -> api.Person:
    """The person asked for; 404 for somebody of another school."""
    found = next((one for one in everybody(request) if one.member == member), None)
    if found is None:
        raise Http404
    return found


def today() -> date:
    return clock.day_of(clock.now())


def who_when(request: SchoolRequest) -> dict[str, Any]:
    return {"by": request.member.member, "at": clock.now()}


def people_tabs(request: SchoolRequest) -> list[Link]:
    """The pages about people that this person may open. A form that is answered at another address stays in its tab."""
    rows = [("Everybody", "people"), ("Termly review", "staff-review", "sign-review"), ("Joined, moved, left", "moves")]
    if MANAGES.admits(request.viewer):
        rows[1:1] = [
            ("Add", "add-person", "invite-person"),
            ("Add many", "paste-people", "check-people", "invite-people"),
        ]
    rows.append(("Roles", "roles"))
    return [Link(name, reverse(pages[0]), request.path in map(reverse, pages)) for name, *pages in rows]


def to(page: str, member: int | None = None, **query: object) -> HttpResponse:
    """Sends the browser on, after something was stored."""
    address = reverse(page, kwargs={"member": member} if member else None)
    asked = {name: value for name, value in query.items() if value is not None}
    return HttpResponseRedirect(f"{address}?{urlencode(asked)}" if asked else address, status=303)
