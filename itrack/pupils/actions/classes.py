"""Making a year's classes, and changing them one deed at a time. Each deed is one change set and can be taken back.

Deeds on one school's classes wait for each other by its roll, and each says what its author saw, so that a change made
meanwhile is answered and not overwritten.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction

from itrack.accounts.api import teachers
from itrack.foundation import audit, clock
from itrack.foundation.changes.actions import close_change_set, open_change_set, undo
from itrack.foundation.changes.alter import alter
from itrack.foundation.models import ChangeSet
from itrack.foundation.refusal import Refused
from itrack.foundation.versions import Deed, merge
from itrack.pupils.actions.roll import take_roll
from itrack.pupils.models import Group, GroupPlace
from itrack.pupils.queries.planning import YearGroupWaiting, plan_classes
from itrack.pupils.queries.standing import on_roll, places
from itrack.pupils.rules_classes import (
    LONGEST_NAME,
    MOST_CLASSES,
    class_names,
    fill_smallest,
    first_day,
    last_day,
    split_evenly,
    tidy_name,
)

PlaceRow = tuple[int, int, date, date | None]  # class, pupil, starts, ends


@dataclass(frozen=True, slots=True)
class MadeClasses:
    """`change_set` is None when every pupil had a class already. `left` pupils follow no known year group."""

    change_set: int | None
    classes: int
    pupils: int
    left: int


@dataclass(frozen=True, slots=True)
class ClassFacts:
    """What can be edited of a class: its name and its teacher's membership."""

    name: str
    teacher: int | None


@transaction.atomic
def make_classes(
    *, school: int, year: int, by: int, at: datetime, numbers: Mapping[str, int] | None = None
) -> MadeClasses:
    """Makes a class, or several, from each year group of the pupils on roll who have none in that year.

    `numbers` says how many for a year group: {"4": 2}; 0 leaves it out, and one not mentioned gets one class for every
    30 pupils. Where a year group has classes already, its newcomers join the smallest.
    """
    take_roll(school=school)
    plan = plan_classes(school=school, year=year, today=clock.day_of(at))
    joining = [group for group in plan.year_groups if group.joins]
    named = _named([group for group in plan.year_groups if not group.joins], numbers or {})
    if not joining and not named:
        return MadeClasses(None, 0, 0, len(plan.unplaceable))
    change_set = open_change_set(school=school, kind=ChangeSet.Kind.CLASSES, by=by, at=at)
    deed = Deed(school, change_set.pk, at)
    ids, made = _found_or_added(deed, year, [name for names, _ in named for name in names])
    rows = [row for group in joining for row in _joined(group)]
    rows += [row for names, group in named for row in _shared_out(group, [ids[name] for name in names])]
    placed = _place(deed, rows)
    close_change_set(change_set, counts={"classes": made, "places": placed})
    return MadeClasses(change_set.pk, made, placed, len(plan.unplaceable))


def _named(groups: Sequence[YearGroupWaiting], numbers: Mapping[str, int]) -> list[tuple[list[str], YearGroupWaiting]]:
    named = []
    for group in groups:
        number = numbers.get(group.year_group, group.usual_number)
        if number > min(len(group.waiting), MOST_CLASSES):
            raise Refused(
                f"{number} classes are too many for the {len(group.waiting)} in {group.name}. No class was made."
            )
        if number > 0:
            named.append((class_names(group.name, number), group))
    return named


def _found_or_added(deed: Deed, year: int, names: Sequence[str]) -> tuple[dict[str, int], int]:
    """The ids of the year's classes of these names, adding those not there; and how many were added."""
    held = dict(Group.objects.filter(school_id=deed.school, year=year, name__in=names).values_list("name", "pk"))
    missing = [
        Group(school_id=deed.school, year=year, name=name, added_by_id=deed.change_set)
        for name in names
        if name not in held
    ]
    added = Group.objects.bulk_create(missing)
    return held | {group.name: group.pk for group in added}, len(added)


def _joined(group: YearGroupWaiting) -> list[PlaceRow]:
    chosen = fill_smallest({pk: size for pk, _, size in group.joins}, len(group.waiting))
    return [(pk, waiting.pupil.id, waiting.starts, None) for pk, waiting in zip(chosen, group.waiting, strict=True)]


def _shared_out(group: YearGroupWaiting, classes: Sequence[int]) -> list[PlaceRow]:
    runs = split_evenly(group.waiting, len(classes))
    return [
        (pk, waiting.pupil.id, waiting.starts, None) for pk, run in zip(classes, runs, strict=True) for waiting in run
    ]


def _place(deed: Deed, rows: Sequence[PlaceRow]) -> int:
    merged = merge(GroupPlace, deed=deed, key=("group_id", "pupil_id", "starts"), values=("ends",), rows=rows)
    return merged.added


@transaction.atomic
def add_class(*, school: int, year: int, facts: ClassFacts, by: int, at: datetime) -> tuple[int, int]:
    """Adds an empty class; returns its id and the change set's."""
    take_roll(school=school)
    _check(school, year, facts, but=None)
    change_set = open_change_set(school=school, kind=ChangeSet.Kind.CLASSES, by=by, at=at)
    group = Group.objects.create(
        school_id=school, year=year, name=tidy_name(facts.name), teacher_id=facts.teacher, added_by=change_set
    )
    close_change_set(change_set, counts={"classes": 1})
    return group.pk, change_set.pk


@transaction.atomic
def edit_class(*, school: int, group: int, seen: ClassFacts, facts: ClassFacts, by: int, at: datetime) -> int | None:
    """Renames a class and gives it a teacher or takes one away. None when that changes nothing.

    `seen` is what the editor had before their eyes; if it no longer holds, somebody else was quicker.
    """
    take_roll(school=school)
    held = _class(school, group)
    facts = ClassFacts(tidy_name(facts.name), facts.teacher)
    if facts == ClassFacts(held.name, held.teacher_id):
        return None
    if seen != ClassFacts(held.name, held.teacher_id):
        raise Refused(
            f"Somebody else has changed this class since you opened it; it is now called {held.name}. "
            "Your change was not saved. Open the class again and look."
        )
    _check(school, held.year, facts, but=group)
    change_set = open_change_set(school=school, kind=ChangeSet.Kind.CLASSES, by=by, at=at)
    held.name, held.teacher_id = facts.name, facts.teacher
    alter(Group, deed=Deed(school, change_set.pk, at), rows=[held], fields=["name", "teacher"])
    close_change_set(change_set, counts={"classes edited": 1})
    return change_set.pk


@transaction.atomic
def move_pupils(
    *,
    school: int,
    year: int,
    pupils: Collection[int],
    seen_in: int | None,
    to: int | None,
    on: date,
    by: int,
    at: datetime,
) -> int:
    """Moves pupils to another class of the year from that day on; None is "no class". Returns the change set's id.

    All of them must be on roll and in the class `seen_in` on the day: else somebody else has moved one, and nothing is
    changed. Places they were to take later in the year are withdrawn.
    """
    take_roll(school=school)
    _check_move(school, year, pupils, seen_in, to, on)
    change_set = open_change_set(school=school, kind=ChangeSet.Kind.CLASSES, by=by, at=at)
    deed = Deed(school, change_set.pk, at)
    ended = _end_places(deed, year, pupils, on)
    _place(deed, [*ended, *((to, pupil, on, None) for pupil in pupils if to is not None)])
    close_change_set(change_set, counts={"pupils moved": len(pupils)})
    return change_set.pk


@transaction.atomic
def place_pupils(
    *, school: int, year: int, to: Mapping[int, int], seen: Mapping[int, int | None], on: date, by: int, at: datetime
) -> int:
    """Puts pupils into classes of the year from that day on, each into their own; returns the change set's id.

    `to` and `seen` by pupil: the class they go to, and the one they were in when that was decided. All or none.
    """
    take_roll(school=school)
    for was, group in sorted({(seen[pupil] or 0, group) for pupil, group in to.items()}):
        going = [pupil for pupil, other in to.items() if (seen[pupil] or 0, other) == (was, group)]
        _check_move(school, year, going, was or None, group, on)
    change_set = open_change_set(school=school, kind=ChangeSet.Kind.CLASSES, by=by, at=at)
    deed = Deed(school, change_set.pk, at)
    ended = _end_places(deed, year, to, on)
    _place(deed, [*ended, *((group, pupil, on, None) for pupil, group in to.items())])
    close_change_set(change_set, counts={"pupils moved": len(to)})
    return change_set.pk


def _check_move(school: int, year: int, pupils: Collection[int], seen_in: int | None, to: int | None, on: date) -> None:
    if not pupils:
        raise Refused("No pupil was ticked, so nobody was moved. Tick the pupils and try again.")
    if seen_in == to:
        raise Refused("They are in that class already. Nobody was moved.")
    if not first_day(year) <= on <= last_day(year):
        raise Refused(f"That day is not in the school year {year}/{(year + 1) % 100:02d}. Nobody was moved.")
    for group in (seen_in, to):
        if group is not None and _class(school, group).year != year:
            raise Refused("That class is of another school year. Nobody was moved.")
    if on_roll(school=school, on=on).filter(pk__in=pupils).count() != len(pupils):
        raise Refused("One of the pupils is not on roll on that day. Nobody was moved. Choose another day.")
    held = dict(places(school=school, year=year, on=on).filter(pupil__in=pupils).values_list("pupil_id", "group_id"))
    if any(held.get(pupil) != seen_in for pupil in pupils):
        raise Refused(
            "One of the pupils is in another class on that day: somebody may have moved them since you opened the "
            "page. Nobody was moved. Open the class again and look."
        )


def _end_places(deed: Deed, year: int, pupils: Collection[int], on: date) -> list[PlaceRow]:
    """Withdraws the places that would begin on the day or later; returns those running, as ending the day before."""
    running: list[PlaceRow] = []
    later: list[int] = []
    for place in places(school=deed.school, year=year, on=None).filter(pupil__in=pupils):
        if place.starts >= on:
            later.append(place.pk)
        elif place.ends is None or place.ends >= on:
            running.append((place.group_id, place.pupil_id, place.starts, on - timedelta(days=1)))
    GroupPlace.objects.filter(school_id=deed.school, pk__in=later).update(ended_at=deed.at, ended_by_id=deed.change_set)
    return running


@transaction.atomic
def remove_class(*, school: int, group: int, by: int, at: datetime) -> None:
    """Removes a class in which no pupil ever had a place. There is nothing to take back, so no change set is opened."""
    take_roll(school=school)
    held = _class(school, group)
    if GroupPlace.objects.filter(school_id=school, group_id=group).exists():
        raise Refused("Pupils are or were in this class, so the record keeps it. Nothing was removed.")
    held.delete()
    audit.record(school=school, by=by, at=at, verb="class.removed", subject="class", subject_id=group)


def take_back(*, school: int, change_set: int, by: int, at: datetime) -> None:
    """Undoes a deed on classes; other deeds are taken back where they were done."""
    if not ChangeSet.objects.filter(school_id=school, pk=change_set, kind=ChangeSet.Kind.CLASSES).exists():
        raise Refused("There is no such change to the classes of this school. Nothing was changed.")
    take_roll(school=school)
    undo(school=school, change_set=change_set, by=by, at=at)


def _class(school: int, group: int) -> Group:
    found = Group.objects.filter(school_id=school, pk=group).first()
    if found is None:
        raise Refused("This class is no longer there: somebody else has removed it. Nothing was changed.")
    return found


def _check(school: int, year: int, facts: ClassFacts, *, but: int | None) -> None:
    name = tidy_name(facts.name)
    if not name or len(name) > LONGEST_NAME:
        raise Refused(f"A class needs a name of 1 to {LONGEST_NAME} characters. Nothing was changed.")
    others = Group.objects.filter(school_id=school, year=year).exclude(pk__in=[but] if but else [])
    if others.filter(name__iexact=name).exists():
        raise Refused(f"There is a class called {name} in this year already. Nothing was changed. Choose another name.")
    if facts.teacher is not None and facts.teacher not in dict(teachers(school=school)):
        raise Refused("That person is not one of the school’s teachers. Nothing was changed.")
