"""What somebody can prove who they are with, beside the password."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from itrack.accounts.models import Person, SecondFactor
from itrack.accounts.queries.people import viewers_of
from itrack.accounts.queries.stays import limits_of
from itrack.accounts.rules_factors import LASTING
from itrack.accounts.rules_sessions import Factor
from itrack.foundation.tenancy.windows import writing
from itrack.foundation.viewer import Viewer


@dataclass(frozen=True, slots=True)
class FactorRow:
    """A passkey or an authenticator app, as its owner knows it."""

    id: int
    kind: Factor
    name: str
    added_at: datetime
    used_at: datetime | None


@dataclass(frozen=True, slots=True)
class Ways:
    """How a person can give the second proof."""

    passkey: bool
    app: bool
    recovery: bool


@dataclass(frozen=True, slots=True)
class Account:
    """The account itself, whatever school it works for."""

    username: str
    email: str
    password_set_at: datetime | None


def factors_of(*, person: int) -> list[FactorRow]:
    """The passkeys and the app, oldest first; recovery codes only stand in for them and are counted apart."""
    rows = SecondFactor.objects.filter(person_id=person, kind__in=LASTING).order_by("added_at", "pk")
    return [FactorRow(row.pk, Factor(row.kind), row.name, row.added_at, row.used_at) for row in rows]


def codes_left(*, person: int) -> int:
    """How many recovery codes are still good."""
    return SecondFactor.objects.filter(person_id=person, kind=Factor.RECOVERY, used_at__isnull=True).count()


def ways_of(*, person: int) -> Ways:
    good = SecondFactor.objects.filter(Q(kind__in=LASTING) | Q(used_at__isnull=True), person_id=person)
    kinds = set(good.values_list("kind", flat=True))
    return Ways(Factor.PASSKEY in kinds, Factor.APP in kinds, Factor.RECOVERY in kinds)


def account_of(*, person: int) -> Account:
    row = Person.objects.get(pk=person)
    return Account(row.username or "", row.email or "", row.password_set_at)


def must_have_factor(*, person: int) -> bool:
    """Whether one of the person's roles, in any of their schools, asks for a second proof. Opens windows of its own."""
    return any(_asks(place) for place in viewers_of(person=person))


def _asks(place: Viewer) -> bool:
    with writing(place.school):
        return limits_of(school=place.school, role=place.role).second_factor
