"""The wizard for a new year: an overview, a page for each step, the check, and the deed."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.http import urlencode

from itrack.accounts.api import class_staff, teachers
from itrack.foundation import clock
from itrack.foundation.page import SchoolRequest
from itrack.rollover import api
from itrack.rollover.forms.choosing import Step
from itrack.rollover.forms.steps import (
    ApplyForm,
    ClassesForm,
    DatesForm,
    LeaversForm,
    MovesForm,
    PlanFilter,
    PupilsForm,
    StaffForm,
)
from itrack.rollover.rules.plan import NO_CLASS
from itrack.rollover.shown import STEPS, check_of, next_step, step_links, steps_of
from itrack.schools.api import year_title
from itrack.ui.parts import Link

NOT_ACCEPTED = 422


def new_year(request: SchoolRequest) -> HttpResponse:
    plan = _plan(request)
    rows = api.past_years(school=request.member.school)
    done = _asked(request)["done"]
    shown = {
        "plan": plan,
        "steps": steps_of(plan),
        "rows": rows,
        "done": next((row for row in rows if row.id == done), None),
        **_titles(plan),
    }
    return TemplateResponse(request, "rollover/overview.html", shown)


def dates(request: SchoolRequest) -> HttpResponse:
    plan = _plan(request)
    return _step(request, "dates", plan, DatesForm(plan=plan))


def save_dates(request: SchoolRequest) -> HttpResponse:
    plan = _plan(request)
    form = DatesForm(request.POST, plan=plan)
    return _saved(request, "dates", plan, form, lambda told: api.save_points(**told, points=form.chosen()))


def classes(request: SchoolRequest) -> HttpResponse:
    plan = _plan(request)
    return _step(request, "classes", plan, ClassesForm(plan=plan))


def save_classes(request: SchoolRequest) -> HttpResponse:
    plan = _plan(request)
    form = ClassesForm(request.POST, plan=plan)
    return _saved(request, "classes", plan, form, lambda told: api.save_classes(**told, classes=form.chosen()))


def moves(request: SchoolRequest) -> HttpResponse:
    plan = _plan(request)
    return _step(request, "moves", plan, MovesForm(plan=plan))


def save_moves(request: SchoolRequest) -> HttpResponse:
    plan = _plan(request)
    form = MovesForm(request.POST, plan=plan)
    return _saved(request, "moves", plan, form, lambda told: api.save_routes(**told, routes=form.chosen()))


def pupils(request: SchoolRequest) -> HttpResponse:
    plan = _plan(request)
    source = _source(request, plan)
    return _step(request, "pupils", plan, PupilsForm(plan=plan, source=source), **_of_class(plan, source))


def save_pupils(request: SchoolRequest) -> HttpResponse:
    plan = _plan(request)
    source = _source(request, plan)
    form = PupilsForm(request.POST, plan=plan, source=source)
    more = _of_class(plan, source)
    return _saved(
        request, "pupils", plan, form, lambda told: api.save_own_ways(**told, ways=form.chosen()), stay=source, **more
    )


def new_year_leavers(request: SchoolRequest) -> HttpResponse:
    plan = _plan(request)
    return _step(request, "leavers", plan, LeaversForm(plan=plan))


def save_leavers(request: SchoolRequest) -> HttpResponse:
    plan = _plan(request)
    form = LeaversForm(request.POST, plan=plan)
    return _saved(
        request,
        "leavers",
        plan,
        form,
        lambda told: api.save_last_days(**told, last_day=form.cleaned_data["last_day"], own=form.chosen()),
    )


def staff(request: SchoolRequest) -> HttpResponse:
    plan = _plan(request)
    return _step(request, "staff", plan, _staff_form(request, plan))


def save_staff(request: SchoolRequest) -> HttpResponse:
    plan = _plan(request)
    form = _staff_form(request, plan, request.POST)
    return _saved(request, "staff", plan, form, lambda told: api.save_staff(**told, staff=form.chosen()))


def _staff_form(request: SchoolRequest, plan: api.Plan, typed: Any = None) -> StaffForm:
    school = request.member.school
    return StaffForm(typed, plan=plan, teachers=teachers(school=school), staff=class_staff(school=school))


def check(request: SchoolRequest) -> HttpResponse:
    plan, school = _plan(request), request.member.school
    names = dict(teachers(school=school)) | dict(class_staff(school=school))
    form = ApplyForm(initial={"seen": plan.seen, "digest": plan.outcome.digest})
    return _step(request, "check", plan, form, check=check_of(plan, names=names), hindrances=plan.hindrances)


def apply_plan(request: SchoolRequest) -> HttpResponse:
    form = ApplyForm(request.POST)
    if not form.is_valid():
        raise Http404
    digest = form.cleaned_data["digest"]
    done = api.apply_plan(school=request.member.school, year=_year(request), digest=digest, **_who_when(request))
    return _to("new-year", done=done)


def begin_again(request: SchoolRequest) -> HttpResponse:
    form = Step(request.POST)
    if not form.is_valid():
        raise Http404
    api.begin_again(school=request.member.school, seen=form.cleaned_data["seen"], **_who_when(request))
    return _to("new-year")


def undo_new_year(request: SchoolRequest, change_set: int) -> HttpResponse:
    school = request.member.school
    if not api.past_years(school=school, change_set=change_set):
        raise Http404
    api.take_new_year_back(school=school, change_set=change_set, **_who_when(request))
    return _to("new-year", done=change_set)


def _step(request: SchoolRequest, step: str, plan: api.Plan, form: Step, **more: Any) -> HttpResponse:
    name, about = STEPS[step]
    shown = {
        "plan": plan,
        "form": form,
        "steps": step_links(plan, step),
        "step_name": name,
        "about": about,
        "save": reverse(f"save-new-year-{step}") if step != "check" else reverse("apply-new-year"),
        **_titles(plan),
        **more,
    }
    status = NOT_ACCEPTED if form.is_bound else 200
    return TemplateResponse(request, f"rollover/steps/{step}.html", shown, status=status)


def _saved(
    request: SchoolRequest,
    step: str,
    plan: api.Plan,
    form: Step,
    save: Callable[[dict[str, Any]], None],
    *,
    stay: int | None = None,
    **more: Any,
) -> HttpResponse:
    """Saves what was typed and goes on to the next step, or to the next class when it says where to `stay`."""
    if not form.is_valid():
        return _step(request, step, plan, form, **more)
    save({"school": request.member.school, "seen": form.cleaned_data["seen"], **_who_when(request)})
    return _to(f"new-year-{next_step(step)}") if stay is None else _to(f"new-year-{step}", group=stay)


def _of_class(plan: api.Plan, source: int) -> dict[str, Any]:
    sources = [(one.id, one.name) for one in plan.turn.facts.sources]
    if any(mover.source == NO_CLASS for mover in plan.turn.facts.movers):
        sources.append((NO_CLASS, "In no class yet"))
    own = plan.choices.own
    counted = {pk: sum(m.source == pk and bool(own.get(m.id)) for m in plan.turn.facts.movers) for pk, _ in sources}
    address = reverse("new-year-pupils")
    links = [
        Link(f"{name} ({counted[pk]})" if counted[pk] else name, f"{address}?group={pk}", pk == source)
        for pk, name in sources
    ]
    return {"sources": links, "source": source, "source_name": dict(sources).get(source, "")}


def _source(request: SchoolRequest, plan: api.Plan) -> int:
    """The class the address names, the first one when it names none; 404 for one without pupils who move."""
    known = [one.id for one in plan.turn.facts.sources]
    asked = _asked(request)["group"]
    if asked is None:
        return known[0] if known else NO_CLASS
    if asked != NO_CLASS and asked not in known:
        raise Http404
    return int(asked)


def _asked(request: SchoolRequest) -> dict[str, Any]:
    asked = PlanFilter(request.GET)
    if not asked.is_valid():
        raise Http404
    return asked.cleaned_data


def _plan(request: SchoolRequest) -> api.Plan:
    return api.plan_of(school=request.member.school, year=_year(request))


def _year(request: SchoolRequest) -> int:
    return api.year_to_plan(school=request.member.school, on=_today())


def _titles(plan: api.Plan) -> dict[str, Any]:
    return {"year_title": year_title(plan.year), "this_year": year_title(plan.year - 1)}


def _to(name: str, **query: int | None) -> HttpResponse:
    told = urlencode({key: value for key, value in query.items() if value is not None})
    return HttpResponseRedirect(f"{reverse(name)}?{told}".rstrip("?"), status=303)


def _who_when(request: SchoolRequest) -> dict[str, Any]:
    return {"by": request.member.member, "at": clock.now()}


def _today() -> date:
    return clock.day_of(clock.now())
