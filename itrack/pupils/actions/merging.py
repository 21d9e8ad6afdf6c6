"""Making two records of one pupil into one, as a change set that puts both back exactly when it is undone.

The facts of the second record end and stand anew on the first. The second keeps its row, so that its numbers are still
known, but nothing is on it: it is on no roll and no page.
"""

from collections.abc import Collection
from datetime import date, datetime
from typing import Any

from django.db import transaction

from itrack.foundation import clock
from itrack.foundation.changes.actions import close_change_set, open_change_set, undo
from itrack.foundation.changes.alter import alter
from itrack.foundation.models import ChangeSet, Replaced
from itrack.foundation.refusal import Refused
from itrack.foundation.versions import Deed, merge
from itrack.pupils.actions.roll import move_roll_on, take_roll
from itrack.pupils.models import Enrolment, GroupPlace, Pupil
from itrack.pupils.queries.merging import Facts, FactTable, Sight, TwoRecords, fact_tables, two_records, years_of_groups
from itrack.pupils.rules_entry import PUPIL_FIELDS, joined_spells
from itrack.schools.api import academic_year_on

GONE = "One of the two records is not there any more: somebody else may have merged them. Nothing was changed."
MOVED = (
    "Somebody has changed one of the two records since you opened the page. Nothing was merged. "
    "Open the comparison again and look."
)


@transaction.atomic
def merge_records(
    *, school: int, pupils: tuple[int, int], second: Collection[int], seen: str, sight: Sight, by: int, at: datetime
) -> tuple[int, int]:
    """Takes the later record into the earlier; returns the pupil who stays and the change set.

    `second` are the places, in the list of differences, of those for which the second record is right; `seen` is the
    digest of what the person saw.
    """
    take_roll(school=school)
    on = clock.day_of(at)
    list(Pupil.objects.select_for_update().filter(school_id=school, pk__in=pupils).order_by("pk"))
    found = two_records(school=school, pupils=pupils, on=on, year=academic_year_on(on), sight=sight)
    if found is None:
        raise Refused(GONE)
    if found.seen != seen:
        raise Refused(MOVED)
    taken = [one for place, one in enumerate(found.differences) if place in second]
    change_set = open_change_set(school=school, kind=ChangeSet.Kind.MERGE, by=by, at=at)
    deed = Deed(school, change_set.pk, at)
    facts = sum(_move(deed, table, found, {d.key for d in taken if d.table == table}) for table in fact_tables())
    _alter(deed, found, {one.key[0] for one in taken if one.table is None})
    close_change_set(change_set, counts={"records": 1, "facts": facts})
    move_roll_on(school=school)
    return found.first.id, change_set.pk


def _move(deed: Deed, table: FactTable, found: TwoRecords, second: set[tuple[Any, ...]]) -> int:
    """Ends the second's facts and those of the first that do not hold, and has on the first what shall stand."""
    first, other = found.first.id, found.second.id
    facts = table.standing(deed.school, [first, other])
    ours, theirs = facts.get(first, {}), facts.get(other, {})
    if not theirs:
        return 0
    wanted = _wanted(deed.school, table, ours, theirs, second)
    rows: Any = table.model._default_manager.filter(school_id=deed.school, ended_at__isnull=True)
    ended = {"ended_at": deed.at, "ended_by_id": deed.change_set}
    rows.filter(pupil_id=other).update(**ended)
    for key in ours.keys() - wanted.keys():
        rows.filter(pupil_id=first, **dict(zip(table.key, key, strict=True))).update(**ended)
    said = [(first, *key, *values) for key, values in wanted.items()]
    merge(table.model, deed=deed, key=("pupil_id", *table.key), values=table.values, rows=said)
    return len(theirs)


def _wanted(school: int, table: FactTable, ours: Facts, theirs: Facts, second: set[tuple[Any, ...]]) -> Facts:
    if table.model is Enrolment:
        spells: list[tuple[date, date | None]] = [
            (key[0], values[0]) for key, values in (*ours.items(), *theirs.items())
        ]
        return {(starts,): (ends,) for starts, ends in joined_spells(spells)}
    if table.model is GroupPlace:
        return _wanted_places(school, ours, theirs, {key[0] for key in second})
    return theirs | ours | {key: theirs[key] for key in second}


def _wanted_places(school: int, ours: Facts, theirs: Facts, second: set[int]) -> Facts:
    """By year: the second's places where they were chosen or are the only ones, else the first's."""
    year_of = years_of_groups(school=school, groups={key[0] for key in (*ours, *theirs)})
    settled = {year_of[key[0]] for key in ours} - second
    return {key: ends for key, ends in ours.items() if year_of[key[0]] in settled} | {
        key: ends for key, ends in theirs.items() if year_of[key[0]] not in settled
    }


def _alter(deed: Deed, found: TwoRecords, second: set[str]) -> None:
    held = Pupil.objects.filter(school_id=deed.school).in_bulk([found.first.id, found.second.id])
    first, other = held[found.first.id], held[found.second.id]
    before = first.upn
    for name in second:
        setattr(first, name, getattr(other, name))
    if before and first.upn != before and "former_upn" not in second:
        first.former_upn = before
    other.merged_into = first
    # The second first: two records that are both in the school never have one number.
    alter(Pupil, deed=deed, rows=[other], fields=["merged_into"], pupils=True)
    alter(Pupil, deed=deed, rows=[first], fields=PUPIL_FIELDS, pupils=True)


@transaction.atomic
def take_merging_back(*, school: int, change_set: int, by: int, at: datetime) -> None:
    """Puts both records back as they were, or says what now depends on the one."""
    take_roll(school=school)
    if not ChangeSet.objects.filter(school_id=school, pk=change_set, kind=ChangeSet.Kind.MERGE).exists():
        raise Refused("There is no such merging of records in this school. Nothing was changed.")
    altered = Replaced.objects.filter(school_id=school, change_set_id=change_set, table=Pupil._meta.db_table)
    # The two get their numbers back in one statement, and the second must not find its own still taken.
    touched = Pupil.objects.filter(school_id=school, pk__in=altered.values("row_id"), merged_into__isnull=True)
    touched.update(upn="")
    undo(school=school, change_set=change_set, by=by, at=at)
    move_roll_on(school=school)
