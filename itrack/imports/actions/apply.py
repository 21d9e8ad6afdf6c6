"""Applying a preview: one transaction that leaves everything or nothing."""

from collections.abc import Callable, Sequence
from datetime import datetime
from itertools import batched

from django.db import transaction

from itrack.assessment.api import held_results, store_results
from itrack.foundation.changes.actions import close_change_set, open_change_set
from itrack.foundation.clock import day_of
from itrack.foundation.models import ChangeSet
from itrack.foundation.refusal import Refused
from itrack.foundation.versions import Deed
from itrack.imports.actions.receipt import keep_receipt, note_pupils
from itrack.imports.models import Batch, StagedPupil
from itrack.imports.rules.compare import result_rows
from itrack.imports.rules.entries import chosen_pupil, entry_for, is_settled
from itrack.imports.rules.payload import unpacked
from itrack.imports.rules.rows import PupilRow
from itrack.pupils.api import PupilEntry, held_pupils, move_roll_on, store_pupils, take_roll
from itrack.schools.api import school_row

AT_ONCE = 1000
Verdict = StagedPupil.Verdict
Watch = Callable[[int, int], None]
MOVED = "The roll has changed since this file was compared with it. Nothing was stored. Compare it again."


class Stale(Refused):
    """The roll moved after the preview was made: what was looked at is no longer what would happen."""


def unwatched(done: int, total: int) -> None:
    """Nobody waits for this apply."""


@transaction.atomic
def apply(*, school: int, batch: int, by: int, at: datetime, watch: Watch = unwatched) -> int | None:
    """Stores what the preview shows; returns the change set's id, or None when the file changes nothing.

    `watch(done, total)` is called as pupils are stored and may raise Refused to stop; then nothing is stored.
    """
    version = take_roll(school=school)
    file = _awaiting(school, batch)
    if file.roll_version != version:
        raise Stale(MOVED)
    staged = to_apply(file)
    deed = open_change_set(school=school, kind=ChangeSet.Kind.ROLL_IMPORT, by=by, at=at) if staged else None
    if deed is not None:
        close_change_set(deed, counts=_store(file, staged, Deed(school, deed.pk, at), watch))
        move_roll_on(school=school)
    keep_receipt(file)
    file.state, file.applied_by_id, file.change_set = Batch.State.APPLIED, by, deed
    file.save(update_fields=["state", "applied_by", "change_set"])
    return deed.pk if deed else None


def _awaiting(school: int, batch: int) -> Batch:
    file = Batch.objects.select_for_update().filter(school_id=school, pk=batch).first()
    if file is None:
        raise Refused("There is no such import in this school.")
    if file.state == Batch.State.APPLIED:
        raise Refused("This file has already been applied. Nothing was stored twice.")
    if file.state == Batch.State.DISCARDED:
        raise Refused("This file was thrown away. Drop it again to import it.")
    return file


def to_apply(batch: Batch) -> list[StagedPupil]:
    """The pupils an apply would touch: the new, the changed, and those whose conflict somebody settled."""
    rows = StagedPupil.objects.filter(school_id=batch.school_id, batch=batch)
    rows = rows.filter(verdict__in=[Verdict.NEW, Verdict.CHANGED, Verdict.CONFLICT])
    return [
        row
        for row in rows.order_by("position")
        if row.verdict != Verdict.CONFLICT or is_settled(row.choice, row.conflict)
    ]


def _store(file: Batch, staged: Sequence[StagedPupil], deed: Deed, watch: Watch) -> dict[str, int]:
    counts = {"new": 0, "altered": 0, "facts": 0, "results": 0}
    for number, chunk in enumerate(batched(staged, AT_ONCE)):
        watch(number * AT_ONCE, len(staged))
        for name, count in _store_chunk(file, deed, chunk).items():
            counts[name] += count
    watch(len(staged), len(staged))
    return counts


def _store_chunk(file: Batch, deed: Deed, chunk: Sequence[StagedPupil]) -> dict[str, int]:
    matched = [_pupil_of(row) for row in chunk]
    rows = [unpacked(row.payload) for row in chunk]
    stored = store_pupils(deed=deed, entries=_entries(file, deed, chunk, matched, rows))
    note_pupils(school=deed.school, staged=[row.pk for row in chunk], pupils=stored.pupils)
    held = held_results(school=deed.school, pupils=[pupil for pupil in matched if pupil is not None])
    results = [
        (pupil, *told)
        for pupil, row in zip(stored.pupils, rows, strict=True)
        for told in result_rows(row, held.get(pupil))
    ]
    new_results = store_results(deed=deed, rows=results)
    return {"new": stored.new, "altered": stored.altered, "facts": stored.facts, "results": new_results}


def _entries(
    file: Batch, deed: Deed, chunk: Sequence[StagedPupil], matched: Sequence[int | None], rows: Sequence[PupilRow]
) -> list[PupilEntry]:
    school = school_row(school=file.school_id)
    held = held_pupils(school=deed.school, pupils=[pupil for pupil in matched if pupil is not None])
    return [
        entry_for(row, held.get(pupil or 0), choice=staged.choice, school=school, on=day_of(deed.at))
        for staged, pupil, row in zip(chunk, matched, rows, strict=True)
    ]


def _pupil_of(row: StagedPupil) -> int | None:
    return chosen_pupil(row.choice, row.conflict["who"]) if "who" in row.conflict else row.pupil_id
