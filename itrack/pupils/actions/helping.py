"""Who works in a class beside its teacher: assistants, and teachers who share it."""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction

from itrack.accounts.api import class_staff
from itrack.foundation.changes.actions import close_change_set, open_change_set
from itrack.foundation.models import ChangeSet
from itrack.foundation.refusal import Refused
from itrack.pupils.actions.roll import take_roll
from itrack.pupils.models import ClassHelper, Group

GONE = "This class is no longer there: somebody has removed it. Nothing was changed."
OVERTAKEN = (
    "Somebody else has changed who helps in this class since you opened it. Your change was not saved. "
    "Open the class again and look."
)


@transaction.atomic
def set_helpers(
    *, school: int, group: int, seen: Collection[int], members: Collection[int], by: int, at: datetime
) -> int | None:
    """From now on these members help in the class, and no others; None when that changes nothing.

    `seen` are those the editor had before their eyes. Returns the change set.
    """
    take_roll(school=school)
    if not Group.objects.filter(school_id=school, pk=group).exists():
        raise Refused(GONE)
    standing = ClassHelper.objects.filter(school_id=school, group_id=group, ended_at__isnull=True)
    held = set(standing.values_list("member_id", flat=True))
    if set(members) == held:
        return None
    _check(school, held, set(seen), set(members))
    change_set = open_change_set(school=school, kind=ChangeSet.Kind.CLASSES, by=by, at=at)
    standing.exclude(member_id__in=members).update(ended_at=at, ended_by=change_set)
    ClassHelper.objects.bulk_create(
        ClassHelper(school_id=school, group_id=group, member_id=member, added_at=at, added_by=change_set)
        for member in sorted(set(members) - held)
    )
    close_change_set(change_set, counts={"helpers": len(set(members) ^ held)})
    return change_set.pk


def _check(school: int, held: set[int], seen: set[int], members: set[int]) -> None:
    if seen != held:
        raise Refused(OVERTAKEN)
    if members - held - {pk for pk, _ in class_staff(school=school)}:
        raise Refused("One of them is no longer a teacher or an assistant of the school. Nothing was changed.")
