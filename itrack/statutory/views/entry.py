"""The entry grid of statutory results, and saving it."""

from collections.abc import Mapping
from urllib.parse import urlencode

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse

from itrack.foundation import clock
from itrack.foundation.page import SchoolRequest
from itrack.foundation.refusal import Refused
from itrack.statutory import api
from itrack.statutory.forms import Asked, read_asked, read_count, read_results
from itrack.statutory.rules.assessments import ASSESSMENTS
from itrack.statutory.rules.codes import EFFECT_WORDS
from itrack.statutory.rules.entry import Cell, RefusedCell

NOT_ACCEPTED = 422


def statutory(request: SchoolRequest) -> HttpResponse:
    page = _page(request, read_asked(request.GET))
    done = {name: read_count(request.GET.get(name, "")) for name in ("saved", "undone")}
    return TemplateResponse(request, "statutory/entry.html", _shown(page, **done))


def save_statutory(request: SchoolRequest) -> HttpResponse:
    """Saves what fits and shows the rest again with its reasons: nothing typed is lost."""
    typed = read_results(request.POST)
    if typed.account and typed.account != request.member.person:
        raise Refused("Somebody else has signed in here since you opened the page. Nothing was saved.")
    asked = _page(request, typed.asked)
    made = api.save_results(
        school=request.member.school,
        assessment=asked.assessment.name,
        year=asked.year,
        cells=typed.cells,
        shown=typed.shown,
        by=request.member.member,
        at=clock.now(),
    )
    if not made.refused:
        return _back_to(typed.asked, {"saved": made.saved + made.cleared})
    refused = {(cell.pupil, cell.component): cell for cell in made.refused}
    page = _page(request, typed.asked, refused)
    elsewhere = len(made.refused) - sum(len(row.reasons) for row in page.rows)
    told = _shown(page, made=made, elsewhere=elsewhere)
    return TemplateResponse(request, "statutory/entry.html", told, status=NOT_ACCEPTED)


def undo_statutory(request: SchoolRequest) -> HttpResponse:
    """Takes back what this person last changed on the sheet."""
    asked = read_asked(request.POST)
    page = _page(request, asked)
    taken = api.undo_last_entry(
        school=request.member.school,
        assessment=page.assessment.name,
        year=page.year,
        by=request.member.member,
        at=clock.now(),
    )
    return _back_to(asked, {"undone": int(taken)})


def _page(request: SchoolRequest, asked: Asked, refused: Mapping[Cell, RefusedCell] | None = None) -> api.EntryPage:
    page = api.entry_page(
        viewer=request.member,
        assessment=asked.assessment,
        year=asked.year,
        group=asked.group,
        now=clock.now(),
        refused=refused,
    )
    if page is None:
        raise Http404
    return page


def _shown(page: api.EntryPage, **more: object) -> dict[str, object]:
    scales = [
        (scale, [(code, EFFECT_WORDS[code.effect]) for code in scale.offered(page.year)]) for scale in page.scales
    ]
    return {"page": page, "assessments": ASSESSMENTS.values(), "scales": scales, **more}


def _back_to(asked: Asked, done: dict[str, int]) -> HttpResponse:
    sheet = {"assessment": asked.assessment, "year": asked.year, "group": asked.group}
    named = {name: value for name, value in sheet.items() if value}
    return HttpResponseRedirect(f"{reverse('statutory')}?{urlencode(named | done)}", status=303)
