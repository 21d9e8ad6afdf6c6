"""A person's place in a school: changed, ended, given back. Each takes effect at that person's next click.

Deeds on one school's places wait for each other, and whoever does one must be an administrator still when its turn
comes: of two administrators who remove each other at the same moment, one stays.
"""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import QuerySet

from itrack.accounts.models import Link, Membership, Person, SignIn
from itrack.accounts.rules_sessions import Ended
from itrack.foundation import audit
from itrack.foundation.promise import keeps
from itrack.foundation.refusal import Refused
from itrack.foundation.viewer import Role
from itrack.schools.api import take_settings

UNCHANGED = "Nothing was changed."


@dataclass(frozen=True, slots=True)
class PlaceFacts:
    """What an administrator can change of somebody's place."""

    name: str
    job_title: str
    role: Role


@keeps("administrators_add_remove_and_review_accounts")
def take_places(*, school: int, by: int | None) -> None:
    """Lets deeds on the school's places wait for each other; refused for who is no administrator there (any more).

    `by` is None for the operator's command line alone.
    """
    take_settings(school=school)
    if by is not None and not _administrators(school).filter(pk=by).exists():
        raise Refused(f"You are not an administrator of this school, or no longer. {UNCHANGED}")


@keeps("joiners_leavers_and_changes_of_role_take_effect_at_once")
@transaction.atomic
def change_place(
    *, school: int, member: int, seen: PlaceFacts, facts: PlaceFacts, by: int | None, at: datetime
) -> list[str]:
    """Gives the person another name, job title or role; returns the fields that changed, none when nothing did.

    `seen` is what the editor had before their eyes; if it no longer holds, somebody else was quicker.
    """
    take_places(school=school, by=by)
    held = _standing(school, member)
    now = PlaceFacts(held.name, held.job_title, Role(held.role))
    changed = [field for field in PlaceFacts.__slots__ if getattr(now, field) != getattr(facts, field)]
    if not changed:
        return []
    if seen != now:
        raise Refused("Somebody else has changed this person since you opened the page. Your change was not saved.")
    if "role" in changed:
        _keep_an_administrator(held, by, "You cannot change your own role.")
    held.name, held.job_title, held.role = facts.name, facts.job_title, facts.role.value
    held.save(update_fields=changed)
    audit.record(
        school=school, by=by, at=at, verb="member.changed", subject="membership", subject_id=member, fields=changed
    )
    return changed


@keeps("administrators_add_remove_and_review_accounts")
@keeps("joiners_leavers_and_changes_of_role_take_effect_at_once")
@transaction.atomic
def end_place(*, school: int, member: int, on: date, by: int | None, at: datetime) -> None:
    """Takes the place away: what they have open here ends, and a link that would let them in leads nowhere."""
    take_places(school=school, by=by)
    held = _standing(school, member)
    _keep_an_administrator(held, by, "You cannot remove yourself.")
    held.ended_on = on
    held.save(update_fields=["ended_on"])
    _sign_out(held, at)
    waiting = Link.objects.filter(person_id=held.person_id, place_id=school, used_at__isnull=True)
    waiting.filter(expires_at__gt=at).update(expires_at=at)
    audit.record(
        school=school, by=by, at=at, verb="member.left", subject="membership", subject_id=member, fields=["ended_on"]
    )


@transaction.atomic
def restore_place(*, school: int, member: int, by: int | None, at: datetime) -> bool:
    """Gives the place back as it was, with its role. Tells whether the person can sign in; else invite them anew."""
    take_places(school=school, by=by)
    held = Membership.objects.filter(school_id=school, pk=member, ended_on__isnull=False).first()
    if held is None:
        raise Refused(f"This person is back already, or was never removed. {UNCHANGED}")
    held.ended_on = None
    held.save(update_fields=["ended_on"])
    audit.record(
        school=school, by=by, at=at, verb="member.back", subject="membership", subject_id=member, fields=["ended_on"]
    )
    return held.joined_at is not None


def _standing(school: int, member: int) -> Membership:
    found = Membership.objects.filter(school_id=school, pk=member, ended_on__isnull=True).first()
    if found is None:
        raise Refused(f"This person has been removed from the school meanwhile. {UNCHANGED}")
    return found


def _administrators(school: int) -> QuerySet[Membership]:
    return Membership.objects.filter(
        school_id=school, role=Role.ADMINISTRATOR.value, ended_on__isnull=True, joined_at__isnull=False
    )


def _keep_an_administrator(held: Membership, by: int | None, own: str) -> None:
    """Refuses what would leave the school with nobody to look after its accounts, or be done to oneself."""
    others = _administrators(held.school_id).exclude(pk=held.pk)
    if _administrators(held.school_id).filter(pk=held.pk).exists() and not others.exists():
        raise Refused(
            f"{held.name} is the school’s last administrator, and without one nobody could add or remove people. "
            f"{UNCHANGED} Make somebody else an administrator first."
        )
    if held.pk == by:
        raise Refused(f"{own} {UNCHANGED} Another administrator of the school can.")


def _sign_out(held: Membership, at: datetime) -> None:
    """Ends what they have open in this school. What they have open in another is theirs."""
    mine = SignIn.objects.filter(school_id=held.school_id, member_id=held.pk, ended_at__isnull=True)
    keys = list(mine.values_list("key", flat=True))
    mine.update(ended_at=at, ended=Ended.REMOVED.value)
    Person.objects.filter(pk=held.person_id, live_key__in=keys).update(live_key="")
