"""The objectives grid, and saving what is typed there: as a form, or cell by cell from the page's script."""

from dataclasses import asdict
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpResponse, HttpResponseRedirect, JsonResponse
from django.template.response import TemplateResponse
from django.urls import reverse

from itrack.foundation import clock
from itrack.foundation.page import SchoolRequest
from itrack.foundation.refusal import Refused
from itrack.foundation.viewer import LEADERS
from itrack.objectives.api import (
    ObjectivesPage,
    SavedStatements,
    objectives_page,
    save_statements,
    several_page,
    sheet_of,
    standing_now,
    undo_last_statements,
)
from itrack.objectives.forms import TypedStatements, read_asked, read_count, read_statements, read_wish
from itrack.objectives.queries.choice import Asked, Missing

NO_DAY = "The day these were judged is no date. Nothing was saved. Choose a day, or leave it empty for today."


def objectives(request: SchoolRequest) -> HttpResponse:
    page = _page_asked_for(request)
    if page is None:
        raise Http404
    done = {name: read_count(request.GET.get(name, "")) for name in ("saved", "set", "undone")}
    told = {"page": page, "may_set": LEADERS.admits(request.viewer), **done}
    return TemplateResponse(request, "objectives/grid.html", told)


def _page_asked_for(request: SchoolRequest) -> ObjectivesPage | Missing | None:
    """What the address asks for, or what was chosen last if that still fits."""
    asked, now = read_asked(request.brought["asked"]), clock.now()
    page = objectives_page(viewer=request.member, asked=asked, now=now)
    if page is not None or not request.brought["usual"]:
        return page
    return objectives_page(viewer=request.member, asked=read_asked(request.GET.dict()), now=now)


def several(request: SchoolRequest) -> HttpResponse:
    """The same for the class except a few: what that would change. Saved by the grid's own form."""
    asked, wish = read_asked(request.GET.dict()), read_wish(request.GET)
    found = several_page(viewer=request.member, asked=asked, wish=wish, now=clock.now())
    if found is None:
        raise Http404
    if isinstance(found, Missing):
        return HttpResponseRedirect(reverse("objectives"))  # which says what is missing
    told = {"several": found, "chosen": "chosen" in request.GET}
    return TemplateResponse(request, "objectives/several.html", told)


def standing(request: SchoolRequest) -> HttpResponse:
    """Answers {"columns": [3, 4], "rows": {"17": "S,"}, "said": {"17-3": "Hana Head typed S at 10:02."}, "wanted"}."""
    told = standing_now(viewer=request.member, asked=read_asked(request.GET.dict()), now=clock.now())
    if told is None:
        raise Http404
    return JsonResponse(asdict(told))


def save(request: SchoolRequest) -> HttpResponse:
    typed = read_statements(request.POST)
    if typed.account and typed.account != request.member.person:
        raise Refused("Somebody else has signed in here since you opened the page. Nothing was saved.")
    made = _saved(request, typed)
    if not made.refused:
        return HttpResponseRedirect(grid_at(typed.asked, {"saved": int(made.change_set is not None)}), status=303)
    refused = {(cell.pupil, cell.statement): cell for cell in made.refused}
    page = objectives_page(viewer=request.member, asked=typed.asked, now=clock.now(), refused=refused)
    if not isinstance(page, ObjectivesPage):
        raise Http404
    told: dict[str, Any] = {"page": page, "made": made, "elsewhere": len(made.refused) - page.grid.refused}
    return TemplateResponse(request, "objectives/grid.html", told, status=422)


def cells(request: SchoolRequest) -> HttpResponse:
    """Answers {"at": "14:32:07", "saved": n, "refused": [{"cell": "17-3", "reason", "stands", "overtaken"}]}.

    401 when somebody else is signed in by now, as when nobody is: what was typed goes on waiting for its own person.
    """
    typed = read_statements(request.POST)
    if typed.account and typed.account != request.member.person:
        return JsonResponse({"signed_out": True}, status=401)
    made = _saved(request, typed)
    refused = [
        {
            "cell": f"{cell.pupil}-{cell.statement}",
            "reason": cell.reason,
            "stands": cell.stands,
            "overtaken": cell.overtaken,
        }
        for cell in made.refused
    ]
    at = clock.now().astimezone(clock.LONDON)
    return JsonResponse({"at": f"{at:%H:%M:%S}", "saved": made.saved + made.cleared, "refused": refused})


def undo(request: SchoolRequest) -> HttpResponse:
    """Takes back what this person last changed in the statements shown."""
    asked, now = read_asked(request.POST), clock.now()
    sheet = sheet_of(viewer=request.member, asked=asked, now=now)
    if sheet is None or isinstance(sheet, Missing):
        raise Http404
    taken = undo_last_statements(
        school=request.member.school,
        statements=[one.id for one in sheet.statements],
        pupils=sheet.pupils,
        by=request.member.member,
        at=now,
    )
    return HttpResponseRedirect(grid_at(asked, {"undone": int(taken)}), status=303)


def _saved(request: SchoolRequest, typed: TypedStatements) -> SavedStatements:
    return save_statements(
        school=request.member.school,
        cells=typed.cells,
        by=request.member.member,
        at=clock.now(),
        taken_on=taken_on(typed.asked),
        shown=typed.shown,
    )


def taken_on(asked: Asked) -> date | None:
    """The day an address says these were judged, None for today."""
    try:
        return date.fromisoformat(asked.taken) if asked.taken else None
    except ValueError as error:
        raise Refused(NO_DAY) from error


def grid_at(asked: Asked, done: dict[str, int]) -> str:
    """The grid's address, with what was just done."""
    told = {"group": asked.group, "strand": asked.strand, "who": asked.who, "taken": asked.taken}
    part = {"part": asked.part} if asked.part > 1 else {}
    return f"{reverse('objectives')}?{urlencode({name: value for name, value in told.items() if value} | part | done)}"
