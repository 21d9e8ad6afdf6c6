"""Leaving and coming back, at any time of the year. Each is one change set and can be taken back.

A pupil who leaves keeps the record: a spell on the roll gets its last day, and with it the place in a class. A pupil
who comes back gets a second spell in the same record.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from itrack.foundation.changes.actions import close_change_set, open_change_set, undo
from itrack.foundation.models import ChangeSet
from itrack.foundation.refusal import Refused
from itrack.foundation.versions import Deed, merge
from itrack.pupils.actions.roll import move_roll_on, take_roll
from itrack.pupils.models import Enrolment, Group, GroupPlace, Pupil
from itrack.pupils.queries.standing import standing
from itrack.pupils.rules_leaving import PlaceHeld, SpellHeld, cut_places, first_fault, last_spells
from itrack.schools.api import academic_year_on

MOVED = (
    "Somebody else has changed when one of them is on roll since you opened the page. Nothing was changed. "
    "Open it again and look."
)


@transaction.atomic
def set_leaving(
    *, school: int, last_days: Mapping[int, date | None], seen: Mapping[int, date | None], by: int, at: datetime
) -> int | None:
    """Gives each pupil's last spell this last day; None takes the last day away again. None when nothing changes.

    `seen` are the last days the person had before their eyes. Returns the change set.
    """
    take_roll(school=school)
    held = _last_spells(school, last_days)
    if not last_days:
        raise Refused("No pupil was ticked. Nothing was changed. Tick the pupils and try again.")
    if len(held) != len(last_days) or any(held[pupil].ends != seen.get(pupil) for pupil in held):
        raise Refused(MOVED)
    if fault := first_fault((held[pupil].starts, day) for pupil, day in last_days.items()):
        raise Refused(f"{fault} Nothing was changed.")
    changed = {pupil: day for pupil, day in last_days.items() if held[pupil].ends != day}
    if not changed:
        return None
    change_set = open_change_set(school=school, kind=ChangeSet.Kind.LEAVING, by=by, at=at)
    end_spells(deed=Deed(school, change_set.pk, at), last_days=changed)
    staying = sum(day is None for day in changed.values())
    close_change_set(change_set, counts=_counted({"leaving": len(changed) - staying, "staying": staying}))
    move_roll_on(school=school)
    return change_set.pk


def _counted(counts: dict[str, int]) -> dict[str, int]:
    return {words: n for words, n in counts.items() if n}


def end_spells(*, deed: Deed, last_days: Mapping[int, date | None]) -> int:
    """Sets the last day of each pupil's last spell, and of their places in classes, in a few statements."""
    spells = _last_spells(deed.school, last_days)
    places = _places(deed.school, last_days)
    ended: list[tuple[int, int, date, date | None]] = []
    withdrawn: list[int] = []
    for pupil, day in last_days.items():
        cut = cut_places(places[pupil], spells[pupil], day)
        ended += [(place.group, pupil, place.starts, ends) for place, ends in cut.ended]
        withdrawn += [place.id for place in cut.withdrawn]
    gone = GroupPlace.objects.filter(school_id=deed.school, pk__in=withdrawn)
    gone.update(ended_at=deed.at, ended_by_id=deed.change_set)
    merge(GroupPlace, deed=deed, key=("group_id", "pupil_id", "starts"), values=("ends",), rows=ended)
    rows = [(pupil, spells[pupil].starts, day) for pupil, day in last_days.items()]
    return merge(Enrolment, deed=deed, key=("pupil_id", "starts"), values=("ends",), rows=rows).added


def _last_spells(school: int, pupils: Iterable[int]) -> dict[int, SpellHeld]:
    rows = Enrolment.objects.filter(standing(None), school_id=school, pupil_id__in=list(pupils))
    return last_spells(rows.values_list("pupil_id", "starts", "ends"))


def _places(school: int, pupils: Iterable[int]) -> defaultdict[int, list[PlaceHeld]]:
    found: defaultdict[int, list[PlaceHeld]] = defaultdict(list)
    rows = GroupPlace.objects.filter(standing(None), school_id=school, pupil_id__in=list(pupils))
    for row in rows.values_list("pupil_id", "pk", "group_id", "group__year", "starts", "ends"):
        found[row[0]].append(PlaceHeld(*row[1:]))
    return found


@dataclass(frozen=True, slots=True)
class Return:
    """A pupil who comes back: from which day, and into which class of that academic year, if any."""

    pupil: int
    starts: date
    group: int | None


@transaction.atomic
def bring_back(*, school: int, back: Return, by: int, at: datetime) -> int:
    """Opens the same record again with a new spell on the roll; returns the change set."""
    take_roll(school=school)
    _check_return(school, back)
    change_set = open_change_set(school=school, kind=ChangeSet.Kind.LEAVING, by=by, at=at)
    deed = Deed(school, change_set.pk, at)
    spell = (back.pupil, back.starts, None)
    merge(Enrolment, deed=deed, key=("pupil_id", "starts"), values=("ends",), rows=[spell])
    if back.group is not None:
        place = (back.group, back.pupil, back.starts, None)
        merge(GroupPlace, deed=deed, key=("group_id", "pupil_id", "starts"), values=("ends",), rows=[place])
    close_change_set(change_set, counts={"returned": 1})
    move_roll_on(school=school)
    return change_set.pk


def _check_return(school: int, back: Return) -> None:
    if not Pupil.objects.filter(school_id=school, pk=back.pupil, merged_into__isnull=True).exists():
        raise Refused("There is no such pupil in this school. Nothing was changed.")
    spell = _last_spells(school, [back.pupil]).get(back.pupil)
    if spell is not None and spell.ends is None:
        raise Refused("The pupil is on the roll: somebody may have brought them back already. Nothing was changed.")
    if spell is not None and spell.ends is not None and back.starts <= spell.ends:
        raise Refused("The pupil was still on the roll on that day. Choose a later first day. Nothing was changed.")
    year = academic_year_on(back.starts)
    if back.group is not None and not Group.objects.filter(school_id=school, pk=back.group, year=year).exists():
        raise Refused("That class is not one of the year in which the pupil comes back. Nothing was changed.")


@transaction.atomic
def take_leaving_back(*, school: int, change_set: int, by: int, at: datetime) -> None:
    """Puts the roll back as it stood before somebody left or came back, or says what depends on it now."""
    if not ChangeSet.objects.filter(school_id=school, pk=change_set, kind=ChangeSet.Kind.LEAVING).exists():
        raise Refused("There is no such leaving or return in this school. Nothing was changed.")
    take_roll(school=school)
    undo(school=school, change_set=change_set, by=by, at=at)
    move_roll_on(school=school)
