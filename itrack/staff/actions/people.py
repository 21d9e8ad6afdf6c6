"""Changing, removing and bringing back the school's people, with the classes they teach."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from itrack.accounts.api import PlaceFacts, PlaceRow, change_place, end_place, place, restore_place, take_places
from itrack.foundation import clock
from itrack.foundation.refusal import Refused
from itrack.foundation.viewer import Role
from itrack.pupils.api import hand_classes_on, take_back
from itrack.schools.api import academic_year_on
from itrack.staff.models import Move
from itrack.staff.rules.roles import TEACH


@dataclass(frozen=True, slots=True)
class Moved:
    """What a deed on a member did: the fields that changed, and the move it left where there is one to take back."""

    fields: tuple[str, ...] = ()
    move: int | None = None


@transaction.atomic
def change_person(*, school: int, member: int, seen: PlaceFacts, facts: PlaceFacts, by: int, at: datetime) -> Moved:
    """Changes name, job title or role. With a role that does not teach, their classes are left without a teacher."""
    fields = change_place(school=school, member=member, seen=seen, facts=facts, by=by, at=at)
    if "role" not in fields:
        return Moved(tuple(fields))
    change_set = _classes_on(school, member, None, by, at) if facts.role not in TEACH else None
    return Moved(tuple(fields), _note(school, member, Move.Kind.ROLE, seen.role, facts.role, change_set, at))


@transaction.atomic
def remove_person(*, school: int, member: int, to: int | None, by: int, at: datetime) -> Moved:
    """Removes somebody from the school from this moment; their classes go to the member `to`, or wait for a teacher."""
    held = _held(school, member)
    if member == to:
        raise Refused("Somebody who leaves cannot keep the classes. Choose another teacher. Nothing was changed.")
    end_place(school=school, member=member, on=clock.day_of(at), by=by, at=at)
    change_set = _classes_on(school, member, to, by, at)
    return Moved(("ended_on",), _note(school, member, Move.Kind.LEFT, held.role, held.role, change_set, at))


@transaction.atomic
def bring_back(*, school: int, member: int, by: int, at: datetime) -> bool:
    """Gives somebody their place back, with the role they had. Tells whether they can sign in; else invite them."""
    can_sign_in = restore_place(school=school, member=member, by=by, at=at)
    held = _held(school, member)
    _note(school, member, Move.Kind.BACK, held.role, held.role, None, at)
    return can_sign_in


@transaction.atomic
def take_move_back(*, school: int, move: int, by: int, at: datetime) -> int:
    """Undoes a change of role or a removal, with what it did to classes, while nothing came after. Returns the member.

    The classes must be as the deed left them, else the whole is refused.
    """
    take_places(school=school, by=by)
    deed = Move.objects.filter(school_id=school, pk=move, kind__in=[Move.Kind.ROLE, Move.Kind.LEFT]).first()
    if deed is None:
        raise Refused("There is no such change to the school’s people. Nothing was changed.")
    member = int(deed.member_id)
    if Move.objects.filter(school_id=school, member_id=member, pk__gt=move).exists():
        raise Refused(
            "Something was changed about this person since. Nothing was taken back. Open their page and look."
        )
    if deed.kind == Move.Kind.LEFT:
        bring_back(school=school, member=member, by=by, at=at)
    else:
        _role_back(deed, by, at)
    if deed.classes_id is not None:
        take_back(school=school, change_set=deed.classes_id, by=by, at=at)
    return member


def _role_back(deed: Move, by: int, at: datetime) -> None:
    held = _held(deed.school_id, deed.member_id)
    seen = PlaceFacts(held.name, held.job_title, Role(deed.after))
    facts = PlaceFacts(held.name, held.job_title, Role(deed.before))
    change_person(school=deed.school_id, member=deed.member_id, seen=seen, facts=facts, by=by, at=at)


def _held(school: int, member: int) -> PlaceRow:
    held = place(school=school, member=member)
    if held is None:
        raise Refused("There is no such person in this school. Nothing was changed.")
    return held


def _classes_on(school: int, member: int, to: int | None, by: int, at: datetime) -> int | None:
    year = academic_year_on(clock.day_of(at))
    return hand_classes_on(school=school, teacher=member, to=to, year=year, by=by, at=at)


def _note(
    school: int, member: int, kind: Move.Kind, before: Role, after: Role, change_set: int | None, at: datetime
) -> int:
    row = Move.objects.create(
        school_id=school, member_id=member, kind=kind, at=at, before=before, after=after, classes_id=change_set
    )
    return row.pk
