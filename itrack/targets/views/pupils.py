"""The targets of a class or a year group, and the grid in which they are set."""

from collections.abc import Mapping
from urllib.parse import urlencode

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse

from itrack.foundation import clock
from itrack.foundation.page import SchoolRequest
from itrack.foundation.refusal import Refused
from itrack.foundation.viewer import LEADERS
from itrack.targets import api
from itrack.targets.forms import read_asked, read_count, read_targets
from itrack.targets.queries.asked import Asked
from itrack.targets.rules.standings import DENOMINATOR, Cell
from itrack.targets.rules.track import MEANS, NOT_THE_SAME
from itrack.targets.shown import targets_export
from itrack.targets.views.tabs import target_tabs
from itrack.ui.files import as_csv

NOT_ACCEPTED = 422
BACK = {"rules": "target-rules"}
SOMEBODY_ELSE = "Somebody else has signed in here since you opened the page. Nothing was saved."


def targets(request: SchoolRequest) -> HttpResponse:
    asked, now = read_asked(request.GET), clock.now()
    page = api.targets_page(viewer=request.member, asked=asked, now=now)
    if page is None and asked != Asked():
        raise Http404
    told: dict[str, object] = {"page": page, "means": MEANS, "not_the_same": NOT_THE_SAME, "denominator": DENOMINATOR}
    told |= {"parts": target_tabs(request.member, "targets"), "leads": LEADERS.admits(request.viewer)}
    return TemplateResponse(request, "targets/targets.html", told | _done(request))


def _done(request: SchoolRequest) -> dict[str, object]:
    """What was just done here, if the address says so."""
    done = read_count(request.GET.get("done", ""))
    changes = api.target_changes(school=request.member.school, change_set=done) if done else []
    return {"done": next(iter(changes), None), "nothing": done == 0}


def set_class_targets(request: SchoolRequest) -> HttpResponse:
    """Without a class in the address, whoever has none to set targets for reads why on the page of targets."""
    asked, source = read_asked(request.GET), request.GET.get("from", "")
    sheet = api.target_sheet(viewer=request.member, asked=asked, source=source, now=clock.now())
    if sheet is None and (source or asked != Asked()):
        raise Http404
    if sheet is None:
        return HttpResponseRedirect(reverse("targets"))
    return TemplateResponse(request, "targets/set.html", {"sheet": sheet})


def save_targets(request: SchoolRequest) -> HttpResponse:
    """Sets what fits and shows the rest again with its reasons: nothing typed is lost."""
    typed, now, member = read_targets(request.POST), clock.now(), request.member
    if typed.account and typed.account != member.person:
        raise Refused(SOMEBODY_ELSE)
    asked = _sheet(request, typed.asked, "").looked
    about = {"point": asked.point.id, "assessment": asked.assessment.id}
    made = api.set_targets(
        school=member.school, cells=typed.cells, shown=typed.shown, by=member.member, at=now, **about
    )
    if not made.refused:
        query = urlencode({**asked.fields, "done": made.change_set or 0})
        return HttpResponseRedirect(f"{reverse('targets')}?{query}", status=303)
    refused = {(cell.pupil, cell.subject): cell for cell in made.refused}
    sheet = _sheet(request, typed.asked, "", refused)
    elsewhere = len(made.refused) - sum(len(row.notes) for row in sheet.rows)
    told = {"sheet": sheet, "made": made, "elsewhere": elsewhere}
    return TemplateResponse(request, "targets/set.html", told, status=NOT_ACCEPTED)


def _sheet(
    request: SchoolRequest, asked: Asked, source: str, refused: Mapping[Cell, api.RefusedTarget] | None = None
) -> api.TargetSheet:
    sheet = api.target_sheet(viewer=request.member, asked=asked, source=source, now=clock.now(), refused=refused)
    if sheet is None:
        raise Http404
    return sheet


def undo_targets(request: SchoolRequest, change_set: int) -> HttpResponse:
    """Takes back one deed on targets of any sort, and goes back to the page of that sort."""
    member = request.member
    if not api.target_changes(school=member.school, change_set=change_set):
        raise Http404
    leads = LEADERS.admits(member)
    api.take_targets_back(school=member.school, change_set=change_set, by=member.member, at=clock.now(), leads=leads)
    back = reverse(BACK.get(request.GET.get("to", ""), "targets"))
    asked = {name: value for name in ("whose", "point", "assessment") if (value := request.GET.get(name, ""))}
    return HttpResponseRedirect(f"{back}?{urlencode({**asked, 'done': change_set})}", status=303)


def targets_of_pupil(request: SchoolRequest, pupil: int) -> HttpResponse:
    found = api.pupil_targets(viewer=request.member, pupil=pupil, on=clock.day_of(clock.now()))
    if found is None:
        raise Http404
    told = {"found": found, "means": MEANS, "not_the_same": NOT_THE_SAME}
    return TemplateResponse(request, "targets/pupil.html", told)


def targets_csv(request: SchoolRequest) -> HttpResponse:
    page = api.targets_page(viewer=request.member, asked=read_asked(request.GET), now=clock.now())
    if page is None:
        raise Http404
    export = targets_export(page, request.member.school_name)
    kept = {"Content-Disposition": f'attachment; filename="{export.name}.csv"'}
    return HttpResponse(as_csv(export.tables[0]), content_type="text/csv; charset=utf-8", headers=kept)
