"""Bringing people in."""

from datetime import datetime

from django.db import transaction

from itrack.accounts.actions.passwords import set_password
from itrack.accounts.models import Membership, Person
from itrack.foundation import audit
from itrack.foundation.viewer import Role


@transaction.atomic
def add_member(
    *,
    school: int,
    username: str,
    password: str,
    name: str,
    job_title: str,
    role: Role,
    by: int | None,
    at: datetime,
    email: str | None = None,
    advised_at: datetime | None = None,
) -> int:
    """Gives a person a place in the school; returns the membership's id. The school's window must be open.

    Whoever has that user name already gets a further place, and the password given. Only for the trial and the tests,
    where nobody takes up an invitation; `advised_at` is when they count as told its advice, where that is later.
    """
    person, _ = Person.objects.get_or_create(
        username=username, defaults={"email": email, "advised_at": advised_at or at}
    )
    place = Membership.objects.create(
        school_id=school, person=person, name=name, job_title=job_title, role=role.value, joined_at=at
    )
    audit.record(school=school, by=by, at=at, verb="member.added", subject="membership", subject_id=place.pk)
    set_password(person=person.pk, password=password, at=at)
    return place.pk
