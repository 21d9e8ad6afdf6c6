"""Taking up an invitation."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse

from itrack.accounts.actions.signing_in import go_on, remember_places
from itrack.accounts.actions.stays import end_stay, move_stay
from itrack.accounts.actions.taking_up import NotTakenUp
from itrack.accounts.actions.taking_up import accept as accept_place
from itrack.accounts.actions.taking_up import take_up as take_place
from itrack.accounts.forms import AcceptForm, TakeUpForm
from itrack.accounts.queries.invitations import Offer, offer_of, offers_to
from itrack.accounts.queries.people import viewers_of
from itrack.accounts.rules_links import Fate, Purpose
from itrack.accounts.rules_people import ROLE_WORDS
from itrack.accounts.rules_sessions import Ended
from itrack.accounts.rules_words import generated
from itrack.accounts.views.following import come_in, gone, key_of, look_up
from itrack.accounts.views.signing_in import onward
from itrack.foundation import clock
from itrack.foundation.page import SchoolRequest


def known(request: SchoolRequest, token: str) -> Mapping[str, Any]:
    return look_up(request, token, Purpose.INVITATION)


def follow(request: SchoolRequest, token: str) -> HttpResponse:
    return come_in(request, token, Purpose.INVITATION, "invitation")


def offered(request: SchoolRequest) -> Mapping[str, Any]:
    return {"offer": offer_of(key=key_of(request, Purpose.INVITATION), now=clock.now())}


def invitation(request: SchoolRequest) -> HttpResponse:
    return _page(request, request.brought["offer"])


def _page(request: SchoolRequest, offer: Offer | Fate, *, status: int = 200, **told: object) -> HttpResponse:
    """The offer with its form; for somebody who has an account, the way to sign in instead."""
    if isinstance(offer, Fate):
        return gone(request, Purpose.INVITATION, offer)
    told |= {"offer": offer, "role": ROLE_WORDS[offer.role]}
    told |= {"mine": request.viewer is not None and request.viewer.person == offer.person}
    if not offer.known:
        told["thought_up"] = generated(avoid=[offer.name, offer.school_name])
    return TemplateResponse(request, "accounts/invitation.html", told, status=status)


def take_up(request: SchoolRequest) -> HttpResponse:
    key, now = key_of(request, Purpose.INVITATION), clock.now()
    form = TakeUpForm(request.POST)
    form.is_valid()
    typed = {name: form.cleaned_data.get(name, "") for name in ("username", "password")}
    try:
        person = take_place(key=key, **typed, at=now)
    except NotTakenUp as refusal:
        told = {"refusal": refusal, "username": typed["username"]}
        return _page(request, offer_of(key=key, now=now), status=422, **told)
    if request.viewer is not None:
        # Somebody else was signed in at this computer.
        end_stay(request=request, viewer=request.viewer, why=Ended.SIGNED_OUT, at=now)
    return onward(go_on(request=request, person=person, at=now), "")


def waiting(request: SchoolRequest) -> Mapping[str, Any]:
    return {"offers": offers_to(person=request.member.person, now=clock.now())}


def invited(request: SchoolRequest) -> HttpResponse:
    rows = [{"offer": offer, "role": ROLE_WORDS[offer.role]} for offer in request.brought["offers"]]
    return TemplateResponse(request, "accounts/invited.html", {"rows": rows})


def accept(request: SchoolRequest) -> HttpResponse:
    """Takes the place and goes there."""
    who, now = request.member, clock.now()
    form = AcceptForm(request.POST)
    school = form.cleaned_data["school"] if form.is_valid() else 0
    accept_place(person=who.person, school=school, at=now)
    places = viewers_of(person=who.person)
    there = next(place for place in places if place.school == school)
    move_stay(request=request, viewer=who, to=there, at=now)
    remember_places(request=request, places=places)
    return HttpResponseRedirect("/")
