"""How the school works with targets: who sets them, and which band will do on the way."""

from urllib.parse import urlencode

from django.http import HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse

from itrack.curriculum.rules import BANDS
from itrack.foundation import clock
from itrack.foundation.page import SchoolRequest
from itrack.schools.api import SLOTS
from itrack.targets import api
from itrack.targets.forms import read_count, read_steps
from itrack.targets.rules.track import MEANS, NOT_THE_SAME, in_words


def target_rules(request: SchoolRequest) -> HttpResponse:
    school = request.member.school
    kept, done = api.kept_rules(school=school), read_count(request.GET.get("done", ""))
    halves = list(enumerate(SLOTS, start=1))
    rows = [
        (band, BANDS[:place], [(slot, name, kept.steps.get(band.code, {}).get(slot, "")) for slot, name in halves])
        for place, band in enumerate(BANDS)
        if place
    ]
    told = {"kept": kept, "rows": rows, "halves": halves, "means": MEANS, "not_the_same": NOT_THE_SAME}
    changes = api.target_changes(school=school, change_set=done) if done else []
    told |= {"done": next(iter(changes), None), "nothing": done == 0, "steps": in_words(kept.steps, dict(halves))}
    return TemplateResponse(request, "targets/rules.html", told)


def save_target_rules(request: SchoolRequest) -> HttpResponse:
    made = api.settle_target_rules(
        school=request.member.school,
        teachers_set=request.POST.get("teachers") == "yes",
        steps=read_steps(request.POST),
        by=request.member.member,
        at=clock.now(),
    )
    return HttpResponseRedirect(f"{reverse('target-rules')}?{urlencode({'done': made or 0})}", status=303)
