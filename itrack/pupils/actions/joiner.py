"""A pupil typed in by hand, before their transfer file arrives. The file then finds them by number, or asks."""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction

from itrack.foundation import clock
from itrack.foundation.changes.actions import close_change_set, open_change_set, undo
from itrack.foundation.models import ChangeSet
from itrack.foundation.refusal import Refused
from itrack.foundation.versions import Deed, merge
from itrack.pupils.actions.roll import move_roll_on, take_roll
from itrack.pupils.actions.store import store_pupils
from itrack.pupils.models import Group, GroupPlace
from itrack.pupils.queries.joiners import is_joiner, namesakes, upn_holder
from itrack.pupils.rules_entry import Joiner


@transaction.atomic
def add_joiner(*, school: int, joiner: Joiner, seen: Collection[int], by: int, at: datetime) -> tuple[int, int]:
    """Puts the pupil on the roll from their first day, and in the class if there is one; returns pupil and change set.

    `seen` are the namesakes the person was shown and called another child: one who was not among them is a refusal.
    """
    take_roll(school=school)
    _check(school, joiner, seen, at)
    change_set = open_change_set(school=school, kind=ChangeSet.Kind.JOINER, by=by, at=at)
    deed = Deed(school, change_set.pk, at)
    [pupil] = store_pupils(deed=deed, entries=[joiner.entry()]).pupils
    if joiner.group is not None:
        place = (joiner.group, pupil, joiner.joins, None)
        merge(GroupPlace, deed=deed, key=("group_id", "pupil_id", "starts"), values=("ends",), rows=[place])
    close_change_set(change_set, counts={"new": 1})
    move_roll_on(school=school)
    return pupil, change_set.pk


def _check(school: int, joiner: Joiner, seen: Collection[int], at: datetime) -> None:
    if joiner.upn and upn_holder(school=school, upn=joiner.upn) is not None:
        raise Refused("A pupil with this UPN is in the school's record already. Nobody was added.")
    alike = namesakes(school=school, joiner=joiner, on=clock.day_of(at))
    if {one.line.id for one in alike} - set(seen):
        raise Refused(
            "Somebody else has just added a pupil of this name and birthday. Nobody was added twice. "
            "Look at the roll before you add another."
        )
    if (
        joiner.group is not None
        and not Group.objects.filter(school_id=school, pk=joiner.group, year=joiner.year).exists()
    ):
        raise Refused("That class is not one of the year in which the pupil joins. Nobody was added.")


@transaction.atomic
def take_joiner_back(*, school: int, change_set: int, by: int, at: datetime) -> None:
    """Takes the pupil off the record again, or says what now depends on them."""
    if not is_joiner(school=school, change_set=change_set):
        raise Refused("There is no such joiner in this school. Nothing was changed.")
    take_roll(school=school)
    undo(school=school, change_set=change_set, by=by, at=at)
    move_roll_on(school=school)
