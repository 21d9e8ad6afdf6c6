"""Manage Users: everybody, and one of them."""

from typing import Any

from django.http import Http404, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse

from itrack.accounts.api import forget_factors, teachers
from itrack.foundation.page import SchoolRequest
from itrack.staff import api
from itrack.staff.forms import PeopleFilter, PersonForm, RemoveForm
from itrack.staff.rules.roles import WORDS
from itrack.staff.views.asking import MANAGES, NOT_ACCEPTED, everybody, one_of_them, people_tabs, to, today, who_when
from itrack.ui.parts import Link


def people(request: SchoolRequest) -> HttpResponse:
    form = PeopleFilter(request.GET)
    if not form.is_valid():
        raise Http404
    told, asked, school = everybody(request), form.cleaned_data, request.member.school
    named = {one.member: one for one in told}
    shown = {
        "form": form,
        "found": [one for one in told if form.asked().finds(one)],
        "here": [one for one in told if one.here],
        "look_again": sum(bool(one.look_again) for one in told if one.here),
        "narrowed": any(asked[name] for name in ("words", "role", "state", "look")),
        "invited": named.get(asked["invited"]),
        "again": named.get(asked["again"]),
        "pasted": asked["pasted"],
        "move": asked["move"] and api.move_done(school=school, move=asked["move"]),
        "review": api.review_now(school=school, day=today()),
        "manages": MANAGES.admits(request.member),
        "tabs_of_people": people_tabs(request),
    }
    return TemplateResponse(request, "staff/people.html", shown)


def person(request: SchoolRequest, member: int) -> HttpResponse:
    return _page(request, member)


def save(request: SchoolRequest, member: int) -> HttpResponse:
    held = one_of_them(request, member)
    form = PersonForm(request.POST, held=held.place)
    if not form.is_valid():
        return _page(request, member, edit=form)
    made = api.change_person(
        school=request.member.school, member=member, seen=form.seen(), facts=form.facts(), **who_when(request)
    )
    return to("person", member, saved=",".join(made.fields) or "nothing", move=made.move)


def remove(request: SchoolRequest, member: int) -> HttpResponse:
    one_of_them(request, member)
    form = RemoveForm(request.POST, teachers=_others(request, member))
    if not form.is_valid():
        return _page(request, member, remove=form)
    made = api.remove_person(
        school=request.member.school, member=member, to=form.cleaned_data["to"], **who_when(request)
    )
    return to("people", move=made.move)


def invite_again(request: SchoolRequest, member: int) -> HttpResponse:
    one_of_them(request, member)
    api.invite_again(school=request.member.school, member=member, **who_when(request))
    return to("people", again=member)


def forget_proofs(request: SchoolRequest, member: int) -> HttpResponse:
    one_of_them(request, member)
    forget_factors(school=request.member.school, member=member, **who_when(request))
    return to("person", member, saved="forgotten")


def bring_back(request: SchoolRequest, member: int) -> HttpResponse:
    one_of_them(request, member)
    school = request.member.school
    if not api.bring_back(school=school, member=member, **who_when(request)):
        api.invite_again(school=school, member=member, **who_when(request))
    return to("person", member, saved="back")


def undo(request: SchoolRequest, move: int) -> HttpResponse:
    school = request.member.school
    if api.move_done(school=school, move=move) is None:
        raise Http404
    member = api.take_move_back(school=school, move=move, **who_when(request))
    return to("person", member, saved="undone")


def roles(request: SchoolRequest) -> HttpResponse:
    told = dict.fromkeys(WORDS, 0)
    for one in everybody(request):
        if one.here:
            told[one.place.role] += 1
    rows = [(words, told[role]) for role, words in WORDS.items()]
    return TemplateResponse(request, "staff/roles.html", {"rows": rows, "tabs_of_people": people_tabs(request)})


def _others(request: SchoolRequest, member: int) -> list[tuple[int, str]]:
    """Who could take this person's classes."""
    return [row for row in teachers(school=request.member.school) if row[0] != member]


def _page(request: SchoolRequest, member: int, **refused: Any) -> HttpResponse:
    held = one_of_them(request, member)
    asked = PeopleFilter(request.GET)
    move = asked.cleaned_data["move"] if asked.is_valid() else None
    manages = MANAGES.admits(request.member)
    shown = {
        "one": held,
        "edit": refused.get("edit") or PersonForm(held=held.place),
        "remove": refused.get("remove") or RemoveForm(teachers=_others(request, member)),
        "history": api.history(school=request.member.school, member=member),
        "saved": request.GET.get("saved", ""),
        "move": move and api.move_done(school=request.member.school, move=move),
        "manages": manages,
        "oneself": member == request.member.member,
        "words": WORDS[held.place.role],
        "back": Link("People", reverse("people")),
    }
    return TemplateResponse(request, "staff/person.html", shown, status=NOT_ACCEPTED if refused else 200)
