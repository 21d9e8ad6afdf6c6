"""The second proof at sign-in, and the passkey that is both proofs. What was taken once is never taken again.

Each check ends in one conditional UPDATE, so that of two workers with the same code in hand one accepts it.
"""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db.models import Q
from django.http import HttpRequest

from itrack.accounts.actions.factors import code_digest, opened_for
from itrack.accounts.actions.holdups import count_wrong, counted_against, forgive, hold_back, source
from itrack.accounts.actions.signing_in import Step, finish
from itrack.accounts.models import SecondFactor
from itrack.accounts.rules_factors import ASKED_FOR
from itrack.accounts.rules_sessions import Factor
from itrack.accounts.sources import apps, passkeys
from itrack.accounts.sources.passkeys import NotAccepted, Passkey, Site
from itrack.accounts.sources.sealing import Unreadable, keyed_digest
from itrack.foundation.promise import keeps

ASKED = "asked"


@keeps("brute_force_attacks_are_prevented_and_stalled")
def prove(*, request: HttpRequest, person: int, kind: Factor, given: str, at: datetime) -> Step:
    """Takes the second proof of somebody whose password is proved. Raises TooManyTries after several wrong ones."""
    what = counted_against(request=request, kind="code", person=person)
    hold_back(what=what, now=at)
    if not PROOFS[kind](request=request, person=person, given=given, at=at):
        count_wrong(what=what, at=at)
        return Step.REFUSED
    forgive(what=what)
    return finish(request=request, person=person, factor=kind.value, at=at)


def prove_alone(*, request: HttpRequest, given: str, at: datetime) -> Step:
    """Signs in whoever owns the passkey that answered: its device has made sure who holds it."""
    what = [f"source:{source(request)}"]
    hold_back(what=what, now=at)
    row = _answering(given)
    if row is None or not row.person.is_active or not _passkey_fits(request, row, given, "sign-in", None, at):
        count_wrong(what=what, at=at)
        return Step.REFUSED
    return finish(request=request, person=row.person_id, factor=Factor.PASSKEY.value, at=at)


def site_of(request: HttpRequest) -> Site | None:
    """Where passkeys of this request are bound to. The host has been checked against those that are ours."""
    return passkeys.site_of(scheme=request.scheme or "http", host=request.get_host())


def ask_for_passkey(*, request: HttpRequest, person: int | None, at: datetime) -> dict[str, Any] | None:
    """What to ask the browser: for a passkey of that person, or of whoever it is. None where there can be none."""
    site = site_of(request)
    if site is None:
        return None
    options, state = passkeys.ask(site=site, known=passkeys_of(person) if person else [])
    remember_asked(request, "factor" if person else "sign-in", person, state, at)
    return options


def remember_asked(request: HttpRequest, why: str, person: int | None, state: dict[str, Any], at: datetime) -> None:
    request.session[ASKED] = {"why": why, "person": person, "state": state, "at": at.isoformat()}


def was_asked(request: HttpRequest, why: str, person: int | None, now: datetime) -> dict[str, Any] | None:
    """What this session asked for that end and has had no answer to. It answers once: whatever comes, it is gone."""
    held = request.session.pop(ASKED, None)
    if not held or (held["why"], held["person"]) != (why, person):
        return None
    late = now - datetime.fromisoformat(held["at"]) > ASKED_FOR
    return None if late else held


def user_handle(person: int) -> bytes:
    """How a device knows the account: without our key it says nothing about who it is."""
    return bytes.fromhex(keyed_digest(f"user:{person}", secret=settings.SECRET_KEY))


def passkeys_of(person: int) -> list[Passkey]:
    rows = SecondFactor.objects.filter(person_id=person, kind=Factor.PASSKEY).order_by("pk")
    return [_passkey(row) for row in rows]


def _passkey(row: SecondFactor) -> Passkey:
    return Passkey(row.handle, opened_for(row.person_id, Factor.PASSKEY, row.sealed), row.counter)


def _app_fits(*, request: HttpRequest, person: int, given: str, at: datetime) -> bool:
    row = SecondFactor.objects.filter(person_id=person, kind=Factor.APP).first()
    if row is None:
        return False
    step = apps.step_of(given, secret=opened_for(person, Factor.APP, row.sealed).decode(), at=at)
    return step is not None and take_step(row.pk, step, at)


def take_step(row: int, step: int, at: datetime) -> bool:
    """Uses the app's step up; False when it, or a later one, was taken before."""
    return SecondFactor.objects.filter(pk=row, counter__lt=step).update(counter=step, used_at=at) == 1


def _code_fits(*, request: HttpRequest, person: int, given: str, at: datetime) -> bool:
    good = SecondFactor.objects.filter(person_id=person, kind=Factor.RECOVERY, used_at__isnull=True)
    return good.filter(handle=code_digest(person, given)).update(used_at=at) == 1


def _own_passkey_fits(*, request: HttpRequest, person: int, given: str, at: datetime) -> bool:
    row = _answering(given)
    return row is not None and row.person_id == person and _passkey_fits(request, row, given, "factor", person, at)


def _answering(given: str) -> SecondFactor | None:
    try:
        handle = passkeys.handle_in(given)
    except NotAccepted:
        return None
    return SecondFactor.objects.select_related("person").filter(kind=Factor.PASSKEY, handle=handle).first()


def _passkey_fits(
    request: HttpRequest, row: SecondFactor, given: str, why: str, person: int | None, at: datetime
) -> bool:
    asked, site = was_asked(request, why, person, at), site_of(request)
    if asked is None or site is None:
        return False
    try:
        held, user = _passkey(row), user_handle(row.person_id)
        counter = passkeys.check(site=site, state=asked["state"], passkey=held, user=user, answer=given)
    except (NotAccepted, Unreadable):
        return False
    # Asked before it was last used: the same answer again, or one that was overtaken.
    fresh = Q(used_at__isnull=True) | Q(used_at__lt=datetime.fromisoformat(asked["at"]))
    grown = Q(counter__lt=counter) if counter else Q(counter=0)
    return SecondFactor.objects.filter(fresh, grown, pk=row.pk).update(counter=counter, used_at=at) == 1


PROOFS: dict[Factor, Callable[..., bool]] = {
    Factor.APP: _app_fits,
    Factor.RECOVERY: _code_fits,
    Factor.PASSKEY: _own_passkey_fits,
}
