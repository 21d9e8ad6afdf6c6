"""Giving classes to a teacher, and handing them on when the teacher goes. One change set each, to be taken back."""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction

from itrack.accounts.api import teachers
from itrack.foundation.changes.actions import close_change_set, open_change_set
from itrack.foundation.changes.alter import alter
from itrack.foundation.models import ChangeSet
from itrack.foundation.refusal import Refused
from itrack.foundation.versions import Deed
from itrack.pupils.actions.roll import take_roll
from itrack.pupils.models import Group


@transaction.atomic
def give_classes(*, school: int, teacher: int, groups: Collection[int], by: int, at: datetime) -> int | None:
    """Makes somebody the teacher of these classes, whoever had them. None when that changes nothing."""
    take_roll(school=school)
    _check(school, teacher)
    rows = list(Group.objects.filter(school_id=school, pk__in=groups))
    if len(rows) != len(set(groups)):
        raise Refused("One of the classes is no longer there: somebody has removed it. Nothing was changed.")
    return _hand(school, [row for row in rows if row.teacher_id != teacher], teacher, by, at)


@transaction.atomic
def hand_classes_on(*, school: int, teacher: int, to: int | None, year: int, by: int, at: datetime) -> int | None:
    """Gives somebody's classes of that academic year and later ones to another teacher, or leaves them without one.

    Returns the change set, None when there was no such class. Classes of earlier years keep who taught them.
    """
    take_roll(school=school)
    if to is not None:
        _check(school, to)
    rows = list(Group.objects.filter(school_id=school, teacher_id=teacher, year__gte=year))
    return _hand(school, rows, to, by, at)


def _check(school: int, teacher: int) -> None:
    if teacher not in dict(teachers(school=school)):
        raise Refused("That person is not one of the school’s teachers. Nothing was changed.")


def _hand(school: int, rows: list[Group], to: int | None, by: int, at: datetime) -> int | None:
    if not rows:
        return None
    change_set = open_change_set(school=school, kind=ChangeSet.Kind.CLASSES, by=by, at=at)
    for row in rows:
        row.teacher_id = to
    alter(Group, deed=Deed(school, change_set.pk, at), rows=rows, fields=["teacher"])
    close_change_set(change_set, counts={"classes edited": len(rows)})
    return change_set.pk
