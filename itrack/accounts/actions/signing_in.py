"""Signing in: the password, then a second factor where there is one or there must be one, then the stay begins.

Between the steps the session holds whose password was proved, for ten minutes, and opens no page.
"""

from datetime import datetime, timedelta
from enum import StrEnum

from django.db.models.functions import Lower
from django.http import HttpRequest

from itrack.accounts.actions.hashing import matches
from itrack.accounts.actions.holdups import count_wrong, counted_against, forgive, hold_back
from itrack.accounts.actions.stays import begin_stay
from itrack.accounts.models import Person, SecondFactor
from itrack.accounts.queries.people import viewers_of
from itrack.accounts.queries.stays import limits_of
from itrack.accounts.rules_holdups import account_name
from itrack.foundation.promise import keeps
from itrack.foundation.tenancy.windows import writing
from itrack.foundation.viewer import Viewer

PROVED = "proved"
PROVED_FOR = timedelta(minutes=10)


class Step(StrEnum):
    """What comes next for somebody who is signing in."""

    REFUSED = "refused"
    FACTOR = "factor"
    SET_UP = "set up"
    IN = "in"


@keeps("sensitive_data_only_for_people_the_school_chooses")
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


def go_on(*, request: HttpRequest, person: int, at: datetime) -> Step:
    """The step after the password or what stands for it: another proof, or the stay."""
    places = viewers_of(person=person)
    if not places:
        return Step.REFUSED
    if SecondFactor.objects.filter(person_id=person).exists():
        return _waits(request, person, at, Step.FACTOR)
    if any(_must_have_factor(place) for place in places):
        return _waits(request, person, at, Step.SET_UP)
    begin_stay(request=request, viewer=places[0], factor="", at=at)
    return Step.IN


def _must_have_factor(place: Viewer) -> bool:
    with writing(place.school):
        return limits_of(school=place.school, role=place.role).second_factor


def _waits(request: HttpRequest, person: int, at: datetime, step: Step) -> Step:
    request.session.flush()
    request.session[PROVED] = {"person": person, "at": at.isoformat(), "step": step.value}
    return step


def proved(*, request: HttpRequest, step: Step, now: datetime) -> int | None:
    """The person whose password this session proved within ten minutes and who is at that step; None for nobody."""
    held = request.session.get(PROVED)
    if not held or held["step"] != step.value:
        return None
    fresh = now - datetime.fromisoformat(held["at"]) < PROVED_FOR
    return int(held["person"]) if fresh else None


def finish(*, request: HttpRequest, person: int, factor: str, at: datetime) -> Step:
    """The last proof was given: the stay begins at the person's first place."""
    places = viewers_of(person=person)
    if not places:
        return Step.REFUSED
    begin_stay(request=request, viewer=places[0], factor=factor, at=at)
    return Step.IN
