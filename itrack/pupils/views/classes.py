"""The roll and the school's classes."""

from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse

from itrack.accounts.api import class_staff, teachers
from itrack.foundation import clock
from itrack.foundation.page import SchoolRequest
from itrack.foundation.refusal import Refused
from itrack.foundation.viewer import LEADERS, OFFICE, Access
from itrack.pupils import api
from itrack.pupils.forms.classes import (
    ClassForm,
    HelpersForm,
    JoinerForm,
    MakeClassesForm,
    MoveForm,
    RollFilter,
    YearFilter,
)
from itrack.pupils.rules_classes import day_within
from itrack.pupils.rules_columns import SETS
from itrack.schools.api import academic_year_on, year_title
from itrack.ui.parts import Link

NOT_ACCEPTED = 422
SETS_FLAGS = Access(frozenset(SETS))
# Classes are the head's to decide and the office's to type.
KEEPS_CLASSES = Access(LEADERS.roles | OFFICE.roles)


def roll(request: SchoolRequest) -> HttpResponse:
    shown = _roll(request, request.brought["asked"])
    if shown is None and request.brought["usual"]:
        # What was chosen last is no more, or no longer this person's to see.
        shown = _roll(request, request.GET.dict())
    if shown is None:
        raise Http404
    return shown


def _roll(request: SchoolRequest, said: dict[str, str]) -> HttpResponse | None:
    form = RollFilter(said)
    if not form.is_valid() and set(form.errors) != {"on"}:
        return None
    asked = form.cleaned_data
    on = asked.get("on") or _today()
    year = academic_year_on(on)
    chosen = {name: asked[name] for name in ("group", "year_group", "flag")}
    found = api.roll_page(viewer=request.member, on=on, year=year, **chosen)
    if found is None:
        return None
    shown = {
        "form": form,
        "found": found,
        "asked": asked,
        "on": on,
        "is_today": on == _today(),
        "sees_all": api.sees_every_class(request.member),
        "keeps_classes": KEEPS_CLASSES.admits(request.member),
        "adds_joiners": OFFICE.admits(request.member),
        "sets_flags": SETS_FLAGS.admits(request.member),
        **_when(year),
    }
    return TemplateResponse(request, "pupils/roll.html", shown, status=NOT_ACCEPTED if form.errors else 200)


def joiner(request: SchoolRequest) -> HttpResponse:
    _, done = _asked(request)
    return _joiner(request, _joiner_form(request), done=done)


def add_joiner(request: SchoolRequest) -> HttpResponse:
    form, school = _joiner_form(request, request.POST), request.member.school
    if not form.is_valid():
        return _joiner(request, form)
    typed = form.joiner()
    if typed.upn and api.upn_holder(school=school, upn=typed.upn) is not None:
        form.add_error("upn", "A pupil with this UPN is in the school’s record already.")
        return _joiner(request, form)
    alike = api.namesakes(school=school, joiner=typed, on=_today())
    if {one.line.id for one in alike} - set(form.cleaned_data["another"]):
        return _joiner(request, form, alike=alike)
    _, change_set = api.add_joiner(school=school, joiner=typed, seen=form.cleaned_data["another"], **_who_when(request))
    return _to("joiner", done=change_set)


def undo_joiner(request: SchoolRequest, change_set: int) -> HttpResponse:
    if not api.is_joiner(school=request.member.school, change_set=change_set):
        raise Http404
    api.take_joiner_back(school=request.member.school, change_set=change_set, **_who_when(request))
    return _to("joiner", done=change_set)


def _joiner_form(request: SchoolRequest, typed: Any = None) -> JoinerForm:
    year = academic_year_on(_today())
    names = [(row.id, row.name) for row in api.classes(school=request.member.school, year=year)]
    return JoinerForm(typed, year=year, classes=names, initial={"joins": _today()})


def _joiner(request: SchoolRequest, form: JoinerForm, *, done: int | None = None, alike: Any = ()) -> HttpResponse:
    rows = api.joiners(school=request.member.school, on=_today(), year=form.year)
    shown = {
        "form": form,
        "rows": rows,
        "alike": alike,
        "done": next((row for row in rows if row.id == done), None),
        **_when(form.year),
    }
    return TemplateResponse(request, "pupils/joiner.html", shown, status=NOT_ACCEPTED if form.is_bound else 200)


def classes(request: SchoolRequest) -> HttpResponse:
    year, done = _asked(request)
    return _classes(request, year, done=done)


def make(request: SchoolRequest) -> HttpResponse:
    year, _ = _asked(request)
    plan = api.plan_classes(school=request.member.school, year=year, today=_today())
    form = MakeClassesForm(request.POST, groups=plan.to_number)
    if not form.is_valid():
        return _classes(request, year, make=form)
    made = api.make_classes(school=request.member.school, year=year, numbers=form.numbers(), **_who_when(request))
    if made.change_set is None:
        raise Refused("There was no class to make: every pupil on roll has one, or was left out. Nothing was changed.")
    return _to("classes", done=made.change_set, year=year)


def add(request: SchoolRequest) -> HttpResponse:
    year, _ = _asked(request)
    school = request.member.school
    taken = [row.name for row in api.classes(school=school, year=year)]
    form = ClassForm(request.POST, teachers=teachers(school=school), taken=taken)
    if not form.is_valid():
        return _classes(request, year, add=form)
    group, change_set = api.add_class(school=school, year=year, facts=form.facts(), **_who_when(request))
    return _to("class", group=group, done=change_set)


def undo(request: SchoolRequest, change_set: int) -> HttpResponse:
    if not api.class_changes(school=request.member.school, change_set=change_set):
        raise Http404
    api.take_back(school=request.member.school, change_set=change_set, **_who_when(request))
    return _to("classes", done=change_set)


def one_class(request: SchoolRequest, group: int) -> HttpResponse:
    _, done = _asked(request)
    return _one_class(request, group, done=done)


def save(request: SchoolRequest, group: int) -> HttpResponse:
    page = _page(request, group)
    school = request.member.school
    form = ClassForm(request.POST, teachers=teachers(school=school), taken=[row.name for row in page.others])
    if not form.is_valid():
        return _one_class(request, group, edit=form)
    done = api.edit_class(school=school, group=group, seen=form.seen(), facts=form.facts(), **_who_when(request))
    return _to("class", group=group, done=done)


def save_helpers(request: SchoolRequest, group: int) -> HttpResponse:
    _page(request, group)
    school = request.member.school
    form = HelpersForm(request.POST, staff=class_staff(school=school))
    if not form.is_valid():
        return _one_class(request, group, help=form)
    said = {"seen": form.seen_members(), "members": form.cleaned_data["members"]}
    return _to("class", group=group, done=api.set_helpers(school=school, group=group, **said, **_who_when(request)))


def move(request: SchoolRequest, group: int) -> HttpResponse:
    page = _page(request, group)
    form = MoveForm(request.POST, name="move", year=page.row.year, classes=page.other_names)
    if not form.is_valid():
        return _one_class(request, group, move=form)
    done = _moved(request, page.row.year, form, seen_in=group, to=form.cleaned_data["to"])
    return _to("class", group=group, done=done)


def fill(request: SchoolRequest, group: int) -> HttpResponse:
    page = _page(request, group)
    form = MoveForm(request.POST, name="fill", year=page.row.year, classes=[])
    if not form.is_valid():
        return _one_class(request, group, fill=form)
    done = _moved(request, page.row.year, form, seen_in=None, to=group)
    return _to("class", group=group, done=done)


def remove(request: SchoolRequest, group: int) -> HttpResponse:
    page = _page(request, group)
    api.remove_class(school=request.member.school, group=group, **_who_when(request))
    return _to("classes", year=page.row.year)


def _moved(request: SchoolRequest, year: int, form: MoveForm, *, seen_in: int | None, to: int | None) -> int:
    pupils, day = form.cleaned_data["pupils"], form.cleaned_data["day"]
    school = request.member.school
    return api.move_pupils(
        school=school, year=year, pupils=pupils, seen_in=seen_in, to=to, on=day, **_who_when(request)
    )


def _classes(request: SchoolRequest, year: int, *, done: int | None = None, **refused: Any) -> HttpResponse:
    school, on = request.member.school, day_within(year, _today())
    plan = api.plan_classes(school=school, year=year, today=_today())
    rows = api.classes(school=school, year=year, on=on)
    changes = api.class_changes(school=school)
    make = refused.get("make") or MakeClassesForm(groups=plan.to_number)
    shown = {
        "rows": rows,
        "without_teacher": sum(row.teacher is None for row in rows),
        "placed": sum(row.pupils for row in rows),
        "plan": plan,
        "make": make,
        "making": make.beside(plan.year_groups),
        "add": refused.get("add") or ClassForm(teachers=teachers(school=school), taken=[]),
        "changes": changes,
        "done": next((change for change in changes if change.id == done), None),
        "year": year,
        "years": [_classes_link(each, current=each == year) for each in (year - 1, year, year + 1)],
        **_when(year),
    }
    return TemplateResponse(request, "pupils/classes.html", shown, status=NOT_ACCEPTED if refused else 200)


def _one_class(request: SchoolRequest, group: int, *, done: int | None = None, **refused: Any) -> HttpResponse:
    page = _page(request, group)
    row, school, day = page.row, request.member.school, day_within(page.row.year, _today())
    held = {"name": row.name, "teacher": row.teacher, "seen_name": row.name, "seen_teacher": row.teacher}
    changes = api.class_changes(school=school, change_set=done) if done else []
    helpers = api.helpers_of(school=school, group=group)
    shown = {
        "page": page,
        "helpers": helpers,
        "help": HelpersForm(staff=class_staff(school=school), held=[pk for pk, _ in helpers]),
        "edit": ClassForm(teachers=teachers(school=school), taken=[], initial=held),
        "move": MoveForm(name="move", year=row.year, classes=page.other_names, initial={"day": day}),
        "fill": MoveForm(name="fill", year=row.year, classes=[], initial={"day": day}),
        "done": next(iter(changes), None),
        "back": _classes_link(row.year, name="Classes"),
        "roll_query": urlencode({"group": group, "on": day}),
        **_when(row.year),
    }
    return TemplateResponse(request, "pupils/class.html", shown | refused, status=NOT_ACCEPTED if refused else 200)


def _classes_link(year: int, *, name: str = "", current: bool = False) -> Link:
    return Link(name or year_title(year), f"{reverse('classes')}?{urlencode({'year': year})}", current)


def _page(request: SchoolRequest, group: int) -> api.ClassPage:
    school = request.member.school
    year = api.year_of_class(school=school, group=group)
    if year is None:
        raise Http404
    return api.class_page(viewer=request.member, group=group, year=year, on=day_within(year, _today()))


def _asked(request: SchoolRequest) -> tuple[int, int | None]:
    """The year and the deed the address names; this year when it names none."""
    asked = YearFilter(request.GET)
    if not asked.is_valid():
        raise Http404
    return asked.cleaned_data["year"] or academic_year_on(_today()), asked.cleaned_data["done"]


def _to(name: str, *, group: int | None = None, **query: int | None) -> HttpResponse:
    address = reverse(name, kwargs={"group": group} if group else None)
    told = urlencode({key: value for key, value in query.items() if value})
    return HttpResponseRedirect(f"{address}?{told}".rstrip("?"), status=303)


def _who_when(request: SchoolRequest) -> dict[str, Any]:
    return {"by": request.member.member, "at": clock.now()}


def _when(year: int) -> dict[str, Any]:
    return {"when": year_title(year), "year_title": year_title(year)}


def _today() -> date:
    return clock.day_of(clock.now())
