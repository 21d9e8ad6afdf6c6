"""What a turn of the year stores, many rows at a time, inside the change set of whoever calls."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from itrack.foundation.changes.alter import alter
from itrack.foundation.versions import Deed, merge
from itrack.pupils.actions.leaving import end_spells
from itrack.pupils.models import Circumstance, ClassHelper, Group, GroupPlace
from itrack.pupils.rules_classes import first_day, last_day
from itrack.pupils.rules_entry import CIRCUMSTANCE

__all__ = ["NewClass", "end_spells", "fill_classes", "make_year", "settle_year_groups"]


@dataclass(frozen=True, slots=True)
class NewClass:
    """A class of the year to come. `there` is the id of one that exists already; its name stays."""

    name: str
    teacher: int | None
    helpers: tuple[int, ...]
    there: int | None = None


def make_year(*, deed: Deed, year: int, classes: Sequence[NewClass]) -> list[int]:
    """Adds the classes that are not there and gives each its staff; returns their ids in the same order."""
    missing = [
        Group(school_id=deed.school, year=year, name=one.name, teacher_id=one.teacher, added_by_id=deed.change_set)
        for one in classes
        if one.there is None
    ]
    added = iter(Group.objects.bulk_create(missing))
    ids = [one.there if one.there is not None else next(added).pk for one in classes]
    _give_teachers(deed, {one.there: one.teacher for one in classes if one.there is not None})
    _set_helpers(deed, dict(zip(ids, (one.helpers for one in classes), strict=True)))
    return ids


def _give_teachers(deed: Deed, teachers: Mapping[int, int | None]) -> None:
    held = Group.objects.filter(school_id=deed.school, pk__in=teachers)
    changed = [group for group in held if group.teacher_id != teachers[group.pk]]
    for group in changed:
        group.teacher_id = teachers[group.pk]
    alter(Group, deed=deed, rows=changed, fields=["teacher"])


def _set_helpers(deed: Deed, helpers: Mapping[int, Sequence[int]]) -> None:
    rows = [(group, member) for group, members in helpers.items() for member in members]
    standing = ClassHelper.objects.filter(school_id=deed.school, group_id__in=helpers, ended_at__isnull=True)
    gone = [
        pk for pk, group, member in standing.values_list("pk", "group_id", "member_id") if (group, member) not in rows
    ]
    ClassHelper.objects.filter(school_id=deed.school, pk__in=gone).update(ended_at=deed.at, ended_by_id=deed.change_set)
    merge(ClassHelper, deed=deed, key=("group_id", "member_id"), values=(), rows=rows)


def fill_classes(*, deed: Deed, year: int, rows: Sequence[tuple[int, int, date]]) -> int:
    """Puts pupils into classes: (class, pupil, first day on roll). A place begins on 1 September at the earliest."""
    told = [(group, pupil, max(starts, first_day(year)), None) for group, pupil, starts in rows]
    merged = merge(GroupPlace, deed=deed, key=("group_id", "pupil_id", "starts"), values=("ends",), rows=told)
    return merged.added


def settle_year_groups(*, deed: Deed, year: int, codes: Mapping[int, str]) -> int:
    """Says the year group of that academic year, for pupils of whom the record would say another."""
    rows = [
        (pupil, "year", str(year), code, "", None, first_day(year), last_day(year), None, True)
        for pupil, code in codes.items()
    ]
    key = ("pupil_id", *CIRCUMSTANCE[:2])
    return merge(Circumstance, deed=deed, key=key, values=CIRCUMSTANCE[2:], rows=rows).added
