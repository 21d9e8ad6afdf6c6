"""Second factors come and go here. Changes to one account's factors wait for each other, by its row.

Secrets are sealed for their owner: copied into another person's row they are worth nothing.
"""

from datetime import datetime

from django.conf import settings
from django.db import transaction
from procrastinate.contrib.django import app

from itrack.accounts.models import Person, SecondFactor
from itrack.accounts.queries.factors import factors_of, must_have_factor
from itrack.accounts.queries.people import viewers_of
from itrack.accounts.rules_factors import CODES, LASTING, as_stored, new_recovery_code, why_not_removed
from itrack.accounts.rules_sessions import Factor
from itrack.accounts.sources.passkeys import Passkey
from itrack.accounts.sources.sealing import keyed_digest, seal, unseal
from itrack.foundation import audit
from itrack.foundation.refusal import Refused
from itrack.foundation.tenancy.windows import writing

UNCHANGED = "Nothing was changed."
PROOFS_CHANGED = "accounts.proofs_changed"
MOST_PASSKEYS = 20


def sealed_for(person: int, kind: str, plain: bytes) -> str:
    return seal(plain, secret=settings.SECRET_KEY, bound_to=f"{kind}:{person}")


def opened_for(person: int, kind: str, kept: str) -> bytes:
    """Raises Unreadable when it was sealed for somebody else, or with another key."""
    return unseal(kept, secret=settings.SECRET_KEY, bound_to=f"{kind}:{person}")


def code_digest(person: int, typed: str) -> str:
    """What is stored of a recovery code."""
    return keyed_digest(f"{person}:{as_stored(typed)}", secret=settings.SECRET_KEY)


@transaction.atomic
def add_app(*, person: int, secret: str, step: int, at: datetime) -> None:
    """Gives the person an authenticator app with this secret; codes up to that step are used up."""
    _take(person)
    if SecondFactor.objects.filter(person_id=person, kind=Factor.APP).exists():
        raise Refused(f"You have an authenticator app already. {UNCHANGED} Remove it first to begin with another.")
    sealed = sealed_for(person, Factor.APP, secret.encode())
    row = SecondFactor.objects.create(person_id=person, kind=Factor.APP, sealed=sealed, counter=step, added_at=at)
    _note(person, "second_factor.added", at, row.pk, [Factor.APP])
    tell_owner(person)


@transaction.atomic
def add_passkey(*, person: int, passkey: Passkey, name: str, at: datetime) -> None:
    """Gives the person this passkey, under the name they will know it by."""
    _take(person)
    held = SecondFactor.objects.filter(kind=Factor.PASSKEY)
    if held.filter(handle=passkey.handle).exists():
        raise Refused(f"That passkey is here already. {UNCHANGED}")
    if held.filter(person_id=person).count() >= MOST_PASSKEYS:
        raise Refused(f"There are {MOST_PASSKEYS} passkeys here already. {UNCHANGED} Remove one you do not use.")
    row = SecondFactor.objects.create(
        person_id=person,
        kind=Factor.PASSKEY,
        name=name,
        handle=passkey.handle,
        sealed=sealed_for(person, Factor.PASSKEY, passkey.key),
        counter=passkey.counter,
        added_at=at,
    )
    _note(person, "second_factor.added", at, row.pk, [Factor.PASSKEY])
    tell_owner(person)


@transaction.atomic
def make_codes(*, person: int, at: datetime) -> list[str]:
    """New recovery codes in place of the old, which open nothing from now on. They are never readable again."""
    _take(person)
    if not factors_of(person=person):
        raise Refused(f"Recovery codes stand in for a passkey or an app, and you have neither. {UNCHANGED}")
    codes = [new_recovery_code() for _ in range(CODES)]
    SecondFactor.objects.filter(person_id=person, kind=Factor.RECOVERY).delete()
    for code in codes:
        handle = code_digest(person, code)
        SecondFactor.objects.create(person_id=person, kind=Factor.RECOVERY, handle=handle, added_at=at)
    _note(person, "recovery_codes.made", at, None, [])
    return codes


@transaction.atomic
def remove_factor(*, person: int, factor: int, at: datetime) -> None:
    """Takes a passkey or the app away; with the last of them go the recovery codes."""
    _take(person)
    held = factors_of(person=person)
    gone = next((row for row in held if row.id == factor), None)
    if gone is None:
        raise Refused(f"That has been removed already. {UNCHANGED}")
    if why := why_not_removed([row.kind for row in held], required=must_have_factor(person=person)):
        raise Refused(why)
    going = [*LASTING, Factor.RECOVERY] if len(held) == 1 else [gone.kind]
    rows = SecondFactor.objects.filter(person_id=person, kind__in=going)
    (rows if len(held) == 1 else rows.filter(pk=factor)).delete()
    _note(person, "second_factor.removed", at, factor, [gone.kind])
    tell_owner(person)


def tell_owner(person: int) -> None:
    """A mail to the registered address, so that its owner learns of it if it was somebody else."""
    app.configure_task(PROOFS_CHANGED).defer(person=person)


def has_factor(*, person: int, factor: int) -> bool:
    return any(row.id == factor for row in factors_of(person=person))


def _take(person: int) -> None:
    Person.objects.select_for_update(no_key=True).get(pk=person)


def _note(person: int, verb: str, at: datetime, factor: int | None, kinds: list[Factor]) -> None:
    """One entry in each school the person works for; leaves the window open on these."""
    places = viewers_of(person=person)
    with writing(*(place.school for place in places)):
        for place in places:
            audit.record(
                school=place.school,
                by=place.member,
                at=at,
                verb=verb,
                subject="second factor",
                subject_id=factor,
                fields=kinds,
            )
