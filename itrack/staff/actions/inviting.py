"""Bringing people in: one by one, or by the rows of a spreadsheet."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from itrack.accounts.api import invite, resend_invitation, take_places
from itrack.foundation import clock
from itrack.foundation.refusal import Refused
from itrack.foundation.viewer import Role
from itrack.pupils.api import give_classes
from itrack.staff.queries.people import known
from itrack.staff.rules.paste import Verdict, fingerprint, judge
from itrack.staff.rules.roles import TEACH


@dataclass(frozen=True, slots=True)
class NewPerson:
    name: str
    job_title: str
    email: str
    role: Role
    classes: Collection[int] = ()


@transaction.atomic
def invite_person(*, school: int, person: NewPerson, by: int, at: datetime) -> int:
    """Invites somebody and gives them their classes at once; returns the membership's id."""
    take_places(school=school, by=by)
    if person.classes and person.role not in TEACH:
        raise Refused("A class is for who teaches it, and this role does not. Nobody was invited.")
    member = invite(
        school=school,
        name=person.name,
        job_title=person.job_title,
        email=person.email,
        role=person.role,
        by=by,
        at=at,
    )
    if person.classes:
        give_classes(school=school, teacher=member, groups=person.classes, by=by, at=at)
    return member


@transaction.atomic
def invite_rows(*, school: int, text: str, seen: str, by: int, at: datetime) -> int:
    """Invites everybody the preview `seen` said would be invited, or nobody; returns how many."""
    take_places(school=school, by=by)
    rows = judge(text, known(school=school, today=clock.day_of(at)))
    if fingerprint(rows) != seen:
        raise Refused(
            "Since you looked at these rows, something has changed: people were added or removed, or classes were. "
            "Nobody was invited. Paste the rows again and look."
        )
    people = [row for row in rows if row.verdict is Verdict.INVITE]
    for row in people:
        assert row.role is not None  # noqa: S101 - a row without a role is refused
        person = NewPerson(row.name, row.job_title, row.email, row.role, row.classes)
        invite_person(school=school, person=person, by=by, at=at)
    return len(people)


@transaction.atomic
def invite_again(*, school: int, member: int, by: int, at: datetime) -> None:
    """Sends a new link to somebody who has not taken theirs up; the old one leads nowhere from now on."""
    take_places(school=school, by=by)
    resend_invitation(school=school, member=member, by=by, at=at)
