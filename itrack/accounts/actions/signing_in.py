"""Signing in: the password, then a second factor where there is one or there must be one, once a year the advice on
keeping the account safe, then the stay begins.

Between the steps the session holds whose password was proved, for ten minutes, and opens no page.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from enum import StrEnum

from django.db.models import Q
from django.db.models.functions import Lower
from django.http import HttpRequest

from itrack.accounts.actions.hashing import matches
from itrack.accounts.actions.holdups import count_wrong, counted_against, forgive, hold_back
from itrack.accounts.actions.stays import begin_stay
from itrack.accounts.models import Person
from itrack.accounts.queries.factors import factors_of, must_have_factor
from itrack.accounts.queries.people import viewers_of
from itrack.accounts.rules_holdups import account_name
from itrack.accounts.rules_passwords import advice_is_due
from itrack.foundation.promise import keeps
from itrack.foundation.viewer import Viewer

PROVED = "proved"
PROVED_FOR = timedelta(minutes=10)
PLACES = "places"


class Step(StrEnum):
    """What comes next for somebody who is signing in."""

    REFUSED = "refused"
    FACTOR = "factor"
    SET_UP = "set up"
    ADVICE = "advice"
    IN = "in"


@keeps("sensitive_data_only_for_people_the_school_chooses")
@keeps("brute_force_attacks_are_prevented_and_stalled")
def sign_in(*, request: HttpRequest, username: str, password: str, at: datetime) -> Step:
    """Takes a user name and a password. A wrong one and an unknown name get the same answer in the same time.

    Raises TooManyTries after several wrong ones; then the right one is not looked at either.
    """
    name = account_name(username)
    what = counted_against(request=request, kind="account", name=name)
    hold_back(what=what, now=at)
    person = Person.objects.annotate(named=Lower("username")).filter(named=name, is_active=True).first()
    if not matches(password, person.password if person else None) or person is None:
        count_wrong(what=what, at=at)
        return Step.REFUSED
    forgive(what=what)
    return go_on(request=request, person=person.pk, at=at)


@keeps("users_are_asked_to_keep_their_login_details_safe")
def go_on(*, request: HttpRequest, person: int, at: datetime) -> Step:
    """The step after the password or what stands for it: another proof, or the stay."""
    places = viewers_of(person=person)
    if not places:
        return Step.REFUSED
    if factors_of(person=person):
        return _waits(request, person, at, Step.FACTOR)
    if must_have_factor(person=person):
        return _waits(request, person, at, Step.SET_UP)
    return _begin(request, places, "", at)


def _waits(request: HttpRequest, person: int, at: datetime, step: Step, *, factor: str = "") -> Step:
    request.session.flush()
    request.session[PROVED] = {"person": person, "at": at.isoformat(), "step": step.value, "factor": factor}
    return step


def proved(*, request: HttpRequest, step: Step, now: datetime) -> int | None:
    """The person whose password this session proved within ten minutes and who is at that step; None for nobody.

    A password that was changed meanwhile proves nothing any more.
    """
    held = request.session.get(PROVED)
    if not held or held["step"] != step.value:
        return None
    at = datetime.fromisoformat(held["at"])
    standing = Person.objects.filter(Q(password_set_at__isnull=True) | Q(password_set_at__lte=at), is_active=True)
    if now - at >= PROVED_FOR or not standing.filter(pk=held["person"]).exists():
        return None
    return int(held["person"])


@keeps("users_are_asked_to_keep_their_login_details_safe")
def finish(*, request: HttpRequest, person: int, factor: str, at: datetime) -> Step:
    """The last proof was given: the stay begins at the person's first place, or waits for the advice to be read."""
    places = viewers_of(person=person)
    return _begin(request, places, factor, at) if places else Step.REFUSED


def _begin(request: HttpRequest, places: Sequence[Viewer], factor: str, at: datetime) -> Step:
    advised = Person.objects.filter(pk=places[0].person).values_list("advised_at", flat=True).get()
    if advice_is_due(last=advised, now=at):
        return _waits(request, places[0].person, at, Step.ADVICE, factor=factor)
    begin_stay(request=request, viewer=places[0], factor=factor, at=at)
    remember_places(request=request, places=places)
    return Step.IN


def remember_places(*, request: HttpRequest, places: Sequence[Viewer]) -> None:
    """Keeps the names of several schools for the menu on every page; going to one of them asks anew who may."""
    request.session[PLACES] = [[place.school, place.school_name] for place in places] if len(places) > 1 else []
