"""Proving once more who one is, before changing what lets one in: an unattended screen is not enough for that."""

from datetime import datetime

from django.http import HttpRequest

from itrack.accounts.actions.hashing import matches
from itrack.accounts.actions.holdups import count_wrong, counted_against, forgive, hold_back
from itrack.accounts.models import Person
from itrack.accounts.rules_factors import FRESH_FOR
from itrack.accounts.rules_holdups import account_name

CONFIRMED = "confirmed"


def confirm(*, request: HttpRequest, person: int, password: str, at: datetime) -> bool:
    """Takes the password again. Raises TooManyTries after several wrong ones."""
    row = Person.objects.get(pk=person)
    what = counted_against(request=request, kind="account", name=account_name(row.username or ""))
    hold_back(what=what, now=at)
    if not matches(password, row.password):
        count_wrong(what=what, at=at)
        return False
    forgive(what=what)
    request.session[CONFIRMED] = {"person": person, "at": at.isoformat()}
    return True


def is_confirmed(*, request: HttpRequest, person: int, now: datetime) -> bool:
    """Whether the person signed in here has done so within ten minutes."""
    held = request.session.get(CONFIRMED)
    if not held or held["person"] != person:
        return False
    return now - datetime.fromisoformat(held["at"]) < FRESH_FOR
