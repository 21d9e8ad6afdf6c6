"""Where objectives are used, and what that asks of each teacher: for the school's leaders."""

from urllib.parse import urlencode

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse

from itrack.foundation import clock
from itrack.foundation.page import SchoolRequest
from itrack.objectives.api import meter_page, take_use_back, use_changes, use_objectives
from itrack.objectives.forms import read_count, read_times
from itrack.objectives.rules.meter import OFTENEST


def objectives_use(request: SchoolRequest) -> HttpResponse:
    """With times in the address: what these would ask, before anything is kept."""
    school, now = request.member.school, clock.now()
    page = meter_page(school=school, on=clock.day_of(now), times=read_times(request.GET))
    changes = use_changes(school=school)
    done = read_count(request.GET.get("done", ""))
    told = {
        "page": page,
        "often": range(1, OFTENEST + 1),
        "changes": changes,
        "done": next((change for change in changes if change.id == done), None),
    }
    return TemplateResponse(request, "objectives/use.html", told)


def save_use(request: SchoolRequest) -> HttpResponse:
    school, now = request.member.school, clock.now()
    known = {subject.key for subject in meter_page(school=school, on=clock.day_of(now), times={}).subjects}
    made = use_objectives(
        school=school,
        times={subject: often for subject, often in read_times(request.POST).items() if subject in known},
        by=request.member.member,
        at=now,
        seen=request.POST.get("seen", ""),
    )
    query = f"?{urlencode({'done': made})}" if made else ""
    return HttpResponseRedirect(f"{reverse('objectives-use')}{query}", status=303)


def undo_use(request: SchoolRequest, change_set: int) -> HttpResponse:
    school = request.member.school
    if not use_changes(school=school, change_set=change_set):
        raise Http404
    take_use_back(school=school, change_set=change_set, by=request.member.member, at=clock.now())
    return HttpResponseRedirect(f"{reverse('objectives-use')}?{urlencode({'done': change_set})}", status=303)
