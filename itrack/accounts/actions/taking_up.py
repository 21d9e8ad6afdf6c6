"""Taking up an invitation: somebody new chooses user name and password, somebody we know signs in and accepts."""

from collections.abc import Sequence
from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models.functions import Lower

from itrack.accounts.actions.links import LinkGone, use_link
from itrack.accounts.actions.passwords import WeakPassword, set_password
from itrack.accounts.models import Link, Membership, Person
from itrack.accounts.rules_links import Fate, Purpose
from itrack.accounts.rules_people import near_names, settled_user_name, suggested, user_name_fault
from itrack.foundation import audit
from itrack.foundation.promise import keeps
from itrack.foundation.refusal import Refused
from itrack.foundation.tenancy.windows import writing

KNOWN = "You have an account with us already. Sign in with it to accept this place. Nothing was changed."


class NotTakenUp(Refused):
    """What is wrong with the user name and the password, a sentence each, and `free` user names near the one typed."""

    def __init__(self, username: Sequence[str], password: Sequence[str], free: Sequence[str]) -> None:
        super().__init__(" ".join((*username, *password, "Nothing was changed. The invitation is still good.")))
        self.username, self.password, self.free = list(username), list(password), list(free)


@keeps("users_create_their_own_username_and_password")
@transaction.atomic
def take_up(*, key: str, username: str, password: str, at: datetime) -> int:
    """Makes the account the link was sent for its reader's own and returns the person.

    Raises LinkGone; NotTakenUp, after which the link is still good; and Refused for somebody who has an account.
    """
    link = use_link(key=key, purpose=Purpose.INVITATION, at=at)
    with writing(link.school):
        person = Person.objects.select_for_update(no_key=True).get(pk=link.person)
        if person.username is not None:
            raise Refused(KNOWN)
        name = settled_user_name(username)
        wrong_name = _take_name(person.pk, name)
        wrong_password = _take_password(person.pk, password, at)
        if wrong_name or wrong_password:
            raise NotTakenUp(wrong_name, wrong_password, _free(link.school, person.pk, name) if wrong_name else [])
        Person.objects.filter(pk=person.pk).update(advised_at=at)
        _join(link.school, person.pk, at)
    return person.pk


def _take_name(person: int, name: str) -> list[str]:
    """Why the name cannot be had, once it was tried; the database decides between two who ask at once."""
    if fault := user_name_fault(name):
        return [fault]
    try:
        with transaction.atomic():
            Person.objects.filter(pk=person).update(username=name)
    except IntegrityError:
        return ["Somebody else has this user name. Choose another."]
    return []


def _take_password(person: int, password: str, at: datetime) -> list[str]:
    try:
        set_password(person=person, password=password, at=at)
    except WeakPassword as weak:
        return weak.faults
    return []


def _free(school: int, person: int, name: str) -> list[str]:
    with writing(school):
        called = Membership.objects.filter(school_id=school, person_id=person).values_list("name", flat=True).first()
    near = near_names(name, called or "")
    rows = Person.objects.annotate(named=Lower("username")).filter(named__in=near)
    return suggested(name, person_name=called or "", taken=set(rows.values_list("named", flat=True)))


@keeps("users_create_their_own_username_and_password")
@transaction.atomic
def accept(*, person: int, school: int, at: datetime) -> None:
    """Takes up a place for somebody who is signed in elsewhere. Raises LinkGone once the invitation is used or over."""
    waiting = Link.objects.filter(
        person_id=person,
        place_id=school,
        purpose=Purpose.INVITATION.value,
        used_at__isnull=True,
        expires_at__gt=at,
    )
    if not waiting.update(used_at=at):
        raise LinkGone(Purpose.INVITATION, Fate.EXPIRED)
    _join(school, person, at)


def _join(school: int, person: int, at: datetime) -> None:
    with writing(school):
        waiting = Membership.objects.filter(
            school_id=school, person_id=person, joined_at__isnull=True, ended_on__isnull=True
        )
        member = waiting.values_list("pk", flat=True).first()
        if member is None:
            raise LinkGone(Purpose.INVITATION, Fate.EXPIRED)
        waiting.update(joined_at=at)
        audit.record(school=school, by=member, at=at, verb="member.joined", subject="membership", subject_id=member)
