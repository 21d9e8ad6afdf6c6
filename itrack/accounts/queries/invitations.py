"""Invitations as the people see them who got one."""

from dataclasses import dataclass
from datetime import datetime

from itrack.accounts.models import Link, Membership
from itrack.accounts.queries.links import followed
from itrack.accounts.rules_links import Fate, Purpose
from itrack.foundation.tenancy.windows import as_person
from itrack.foundation.viewer import Role


@dataclass(frozen=True, slots=True)
class Offer:
    """A place that waits to be taken up. `known`: its owner has an account and signs in instead of making one."""

    person: int
    school: int
    school_name: str
    name: str
    role: Role
    until: datetime
    known: bool


def offer_of(*, key: str, now: datetime) -> Offer | Fate:
    """What the link with this key offers, or why it offers nothing (any more). Not for the reading window."""
    link = followed(key=key, purpose=Purpose.INVITATION, now=now)
    if link.fate is not Fate.GOOD:
        return link.fate
    return next((one for one in _offers(link.person, {link.school: link.until or now})), Fate.EXPIRED)


def offers_to(*, person: int, now: datetime) -> list[Offer]:
    """Every place the person may take up now, by the school's name."""
    links = Link.objects.filter(
        person_id=person, purpose=Purpose.INVITATION.value, used_at__isnull=True, expires_at__gt=now
    )
    return _offers(person, dict(links.values_list("place_id", "expires_at")))


def _offers(person: int, until: dict[int, datetime]) -> list[Offer]:
    with as_person(person):
        rows = Membership.objects.filter(
            person_id=person, school_id__in=until, joined_at__isnull=True, ended_on__isnull=True
        )
        return [_offer(row, until) for row in rows.select_related("school", "person").order_by("school__name")]


def _offer(row: Membership, until: dict[int, datetime]) -> Offer:
    return Offer(
        person=row.person_id,
        school=row.school_id,
        school_name=row.school.name,
        name=row.name,
        role=Role(row.role),
        until=until[row.school_id],
        known=row.person.username is not None,
    )
