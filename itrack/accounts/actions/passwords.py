"""Setting a password: the one way there is, whether by invitation, by reset, by choice or for the trial."""

from collections.abc import Sequence
from datetime import datetime
from functools import cache
from pathlib import Path

from django.conf import settings
from django.contrib.auth.password_validation import CommonPasswordValidator
from django.db import transaction

from itrack.accounts.actions.hashing import hashed
from itrack.accounts.actions.stays import end_everywhere
from itrack.accounts.models import Person
from itrack.accounts.queries.passwords import Around, around
from itrack.accounts.rules_passwords import faults, settled
from itrack.accounts.rules_sessions import Ended
from itrack.accounts.sources.breached import Filter, Unusable, open_filter
from itrack.foundation import audit
from itrack.foundation.promise import keeps
from itrack.foundation.refusal import Refused
from itrack.foundation.tenancy.windows import writing

COMMON = "It is on the lists of passwords that many people use, which is where attackers begin."
BREACHED = "It is among the passwords that became known when other sites were broken into."
_common = CommonPasswordValidator()


class WeakPassword(Refused):
    """`faults` says what is wrong with the password, a sentence each; it never repeats the password itself."""

    def __init__(self, found: Sequence[str]) -> None:
        super().__init__("This password will not do. " + " ".join(found) + " Nothing was changed.")
        self.faults = list(found)


def weaknesses(*, password: str, person: int) -> list[str]:
    """What the whole engine has against this password for this person, as sentences; none when it will do."""
    return _weaknesses(password, around(person=person))


def _weaknesses(password: str, known: Around) -> list[str]:
    found = faults(password, words=known.words, second_factor=known.second_factor, classes=settings.PASSWORD_CLASSES)
    return found or _known_to_many(settled(password))


def _known_to_many(password: str) -> list[str]:
    if password.casefold() in _common.passwords:
        return [COMMON]
    breached = breached_passwords(settings.BREACHED_PASSWORDS)
    return [BREACHED] if breached is not None and password in breached else []


@cache
def breached_passwords(path: str) -> Filter | None:
    """The filter the operator has put there; None when none is named. One that cannot be used is a refusal."""
    try:
        return open_filter(Path(path)) if path else None
    except Unusable as reason:
        raise Refused(f"ITRACK_BREACHED_PASSWORDS: {reason}") from None


@keeps("users_have_complex_passwords")
@transaction.atomic
def set_password(*, person: int, password: str, at: datetime, keep: bool = False) -> None:
    """Stores the person's new password and ends their sign-ins, but for `keep`; raises WeakPassword.

    Leaves the caller's window open on all schools the person belongs to or is invited to.
    """
    known = around(person=person)
    if found := _weaknesses(password, known):
        raise WeakPassword(found)
    Person.objects.filter(pk=person).update(password=hashed(password), password_set_at=at)
    if not keep:
        end_everywhere(person=person, why=Ended.PASSWORD, at=at)
    with writing(*(school for school, _ in known.places)):
        for school, member in known.places:
            audit.record(school=school, by=member, at=at, verb="password.set", subject="membership", subject_id=member)
