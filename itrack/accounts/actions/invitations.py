"""Giving somebody a place in a school. Nobody ever learns or sets another's user name or password: the person does,
by the link that the worker sends them.

Somebody who has an account already keeps it and gets a second place. Whoever invites is not told which it was.
"""

from datetime import datetime

from django.contrib.auth.hashers import make_password
from django.db import transaction
from procrastinate.contrib.django import app

from itrack.accounts.actions.links import void_links
from itrack.accounts.actions.places import end_place, take_places
from itrack.accounts.models import Membership, Person
from itrack.accounts.rules_links import Purpose
from itrack.accounts.rules_people import job_title_fault, name_fault, tidy_name
from itrack.foundation import audit
from itrack.foundation.clock import day_of
from itrack.foundation.promise import keeps
from itrack.foundation.refusal import Refused
from itrack.foundation.viewer import Role
from itrack.mailing.rules.addresses import address_fault, settled_address

INVITE = "accounts.invite"


@keeps("users_create_their_own_username_and_password")
@transaction.atomic
def invite(*, school: int, name: str, job_title: str, email: str, role: Role, by: int | None, at: datetime) -> int:
    """Gives the person with this address a place and has the invitation sent; returns the membership's id.

    `by` is None for the operator's command line alone. The school's window must be open.
    """
    take_places(school=school, by=by)
    name, job_title, email = tidy_name(name), tidy_name(job_title), settled_address(email)
    if fault := name_fault(name) or job_title_fault(job_title) or address_fault(email):
        raise Refused(f"{fault} Nobody was invited.")
    person = _account(email)
    member = _place(school, person, {"name": name, "job_title": job_title, "role": role.value})
    audit.record(
        school=school, by=by, at=at, verb="member.invited", subject="membership", subject_id=member, fields=["role"]
    )
    _send(school, member)
    return member


def _account(email: str) -> int:
    """The account with this address, made if nobody has it: the same statements either way."""
    fresh = Person(email=email, password=make_password(None))
    Person.objects.bulk_create([fresh], ignore_conflicts=True)
    return int(Person.objects.values_list("pk", flat=True).get(email=email))


def _place(school: int, person: int, facts: dict[str, str]) -> int:
    held = Membership.objects.filter(school_id=school, person_id=person).first()
    if held is None:
        return int(Membership.objects.create(school_id=school, person_id=person, **facts).pk)
    if held.ended_on is None:
        already = "works here already" if held.joined_at else "is invited already; send that invitation again"
        raise Refused(f"{held.name} has this e-mail address and {already}. Nobody was invited.")
    # Whoever comes back is asked anew.
    back = {"ended_on": None, "joined_at": None}
    Membership.objects.filter(school_id=school, pk=held.pk).update(**facts, **back)
    return int(held.pk)


def _send(school: int, member: int) -> None:
    """In the caller's transaction, so that the worker sees it when the place is really there, and never otherwise."""
    app.configure_task(INVITE).defer(school=school, member=member)


@transaction.atomic
def resend_invitation(*, school: int, member: int, by: int | None, at: datetime) -> None:
    """Has a new link sent; the one before it leads nowhere once the worker has made the new one."""
    take_places(school=school, by=by)
    _waiting(school, member)
    audit.record(school=school, by=by, at=at, verb="member.invited_again", subject="membership", subject_id=member)
    _send(school, member)


@transaction.atomic
def withdraw_invitation(*, school: int, member: int, by: int | None, at: datetime) -> None:
    """Takes back a place that nobody has taken up; its link leads nowhere from now on."""
    take_places(school=school, by=by)
    held = _waiting(school, member)
    void_links(person=held.person_id, purpose=Purpose.INVITATION, school=school, at=at)
    end_place(school=school, member=member, on=day_of(at), by=by, at=at)


def _waiting(school: int, member: int) -> Membership:
    held = Membership.objects.filter(school_id=school, pk=member, ended_on__isnull=True).first()
    if held is None:
        raise Refused("This person has been removed from the school meanwhile. Nothing was changed.")
    if held.joined_at is not None:
        raise Refused(f"{held.name} has taken the invitation up. Nothing was changed.")
    return held
