"""Storing what is known of pupils, many at once. The importers' way in, and the only place a pupil is created."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from itrack.foundation import bulk
from itrack.foundation.changes.alter import alter
from itrack.foundation.models import Versioned
from itrack.foundation.promise import keeps
from itrack.foundation.versions import Deed, merge
from itrack.pupils.models import AttendanceYear, Circumstance, Enrolment, Pupil, SchoolSpell
from itrack.pupils.rules_entry import ATTENDANCE, CIRCUMSTANCE, PUPIL_FIELDS, SCHOOL_SPELL, PupilEntry


@dataclass(frozen=True, slots=True)
class Stored:
    """`pupils` are ids in the order of the entries; the numbers count rows that now stand and did not before."""

    pupils: list[int]
    new: int
    altered: int
    facts: int = field(default=0)


@keeps("pupil_data_arrives_by_transfer_file_by_hand_or_through_wonde")
def store_pupils(*, deed: Deed, entries: Sequence[PupilEntry]) -> Stored:
    """Creates, alters and adds to pupils in a handful of statements, inside the caller's transaction."""
    altered = _alter(deed, [entry for entry in entries if entry.pupil is not None and entry.fields])
    fresh = iter(_create(deed, [entry for entry in entries if entry.pupil is None]))
    ids = [entry.pupil if entry.pupil is not None else next(fresh) for entry in entries]
    facts = sum(
        merge(model, deed=deed, key=("pupil_id", *key), values=values, rows=list(rows)).added
        for model, key, values, rows in _facts(ids, entries)
    )
    return Stored(ids, sum(entry.pupil is None for entry in entries), altered, facts)


Facts = tuple[type[Versioned], Sequence[str], Sequence[str], Iterable[tuple[Any, ...]]]


def _facts(ids: Sequence[int], entries: Sequence[PupilEntry]) -> Iterator[Facts]:
    told = list(zip(ids, entries, strict=True))
    yield Circumstance, CIRCUMSTANCE[:2], CIRCUMSTANCE[2:], [(i, *row) for i, e in told for row in e.circumstances]
    yield AttendanceYear, ATTENDANCE[:3], ATTENDANCE[3:], [(i, *row) for i, e in told for row in e.attendance]
    yield SchoolSpell, SCHOOL_SPELL[:4], SCHOOL_SPELL[4:], [(i, *row) for i, e in told for row in e.schools]
    yield Enrolment, ("starts",), ("ends",), [(i, *e.enrolment) for i, e in told if e.enrolment]


def _create(deed: Deed, entries: Sequence[PupilEntry]) -> list[int]:
    ids = bulk.new_ids(Pupil, len(entries))
    rows = [
        (pk, deed.school, deed.change_set, *(entry.fields.get(name, "") for name in PUPIL_FIELDS))
        for pk, entry in zip(ids, entries, strict=True)
    ]
    bulk.insert(Pupil, columns=("id", "school_id", "added_by_id", *PUPIL_FIELDS), rows=rows)
    return ids


def _alter(deed: Deed, entries: Sequence[PupilEntry]) -> int:
    held = Pupil.objects.filter(school_id=deed.school).in_bulk([entry.pupil for entry in entries])
    changed = []
    for entry in entries:
        pupil = held[entry.pupil]
        different = {name: value for name, value in entry.fields.items() if getattr(pupil, name) != value}
        if different:
            for name, value in different.items():
                setattr(pupil, name, value)
            changed.append(pupil)
    alter(Pupil, deed=deed, rows=changed, fields=PUPIL_FIELDS, pupils=True)
    return len(changed)
