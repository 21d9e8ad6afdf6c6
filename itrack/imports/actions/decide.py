"""What a person may do with a preview before it is applied: choose, compare again, throw away."""

from collections import Counter
from collections.abc import Mapping
from datetime import datetime, timedelta

from django.db import transaction

from itrack.foundation import audit
from itrack.foundation.clock import day_of
from itrack.foundation.refusal import Refused
from itrack.imports.actions.preview import judge, judge_onto
from itrack.imports.actions.receipt import keep_receipt
from itrack.imports.models import Batch, StagedPupil
from itrack.imports.rules.entries import FILE, LEAVE, NEW, OURS, chosen_pupil
from itrack.imports.rules.matching import RollIndex
from itrack.imports.rules.payload import unpacked
from itrack.pupils.api import known_pupils, roll_version

UNDECIDED_DAYS = 14
CHOICES = frozenset({"", OURS, FILE, NEW, LEAVE})


def ready_batch(*, school: int, batch: int) -> Batch:
    """The batch, locked, if it still waits for a decision; else a refusal that says what became of it."""
    file = Batch.objects.select_for_update().filter(school_id=school, pk=batch).first()
    if file is None:
        raise Refused("There is no such import in this school.")
    if file.state != Batch.State.READY:
        raise Refused(f"This file is no longer waiting for a decision. It is: {file.get_state_display().lower()}.")
    return file


@transaction.atomic
def choose(*, school: int, batch: int, choices: Mapping[int, str], by: int, at: datetime) -> None:
    """Notes what to do with pupils in conflict: staged row → "ours", "file", "new", "leave" or "pupil:ID"."""
    file = ready_batch(school=school, batch=batch)
    rows = StagedPupil.objects.filter(school_id=school, batch=file, verdict=StagedPupil.Verdict.CONFLICT)
    chosen = list(rows.filter(pk__in=choices))
    for row in chosen:
        row.choice = _checked(choices[row.pk], row)
    _refuse_one_pupil_for_two(list(rows.exclude(pk__in=choices)) + chosen)
    StagedPupil.objects.bulk_update(chosen, ["choice"])
    audit.record(
        school=school, by=by, at=at, verb="import.chosen", subject="import", subject_id=batch,
        counts={"pupils": len(chosen)},
    )  # fmt: skip


def _checked(choice: str, row: StagedPupil) -> str:
    offered = row.conflict.get("who", [])
    if choice not in CHOICES and chosen_pupil(choice, offered) is None:
        raise Refused("One of the choices was not among those offered. Nothing was noted; choose again.")
    return choice


def _refuse_one_pupil_for_two(rows: list[StagedPupil]) -> None:
    picked = Counter(row.choice for row in rows if row.choice.startswith("pupil:"))
    if any(count > 1 for count in picked.values()):
        raise Refused("Two pupils of the file were matched to the same pupil on the roll. Nothing was noted.")


@transaction.atomic
def compare_again(*, school: int, batch: int, by: int, at: datetime) -> None:
    """Compares a stale preview with the roll as it stands now. Choices already made are kept where they still fit."""
    file = ready_batch(school=school, batch=batch)
    rows = list(StagedPupil.objects.filter(school_id=school, batch=file).exclude(verdict=StagedPupil.Verdict.REJECTED))
    before = {row.pk: row.conflict for row in rows}
    index = RollIndex(known_pupils(school=school))
    told = judge(school, index, [unpacked(row.payload) for row in rows], day_of(at))
    for row, judged in zip(rows, told, strict=True):
        judge_onto(row, judged)
        row.choice = row.choice if row.conflict == before[row.pk] else ""
    StagedPupil.objects.bulk_update(rows, ["verdict", "pupil_id", "differences", "conflict", "choice"], batch_size=500)
    file.counts |= {verdict.value: 0 for verdict in StagedPupil.Verdict if verdict != "rejected"}
    file.counts |= Counter(row.verdict for row in rows)
    file.roll_version = roll_version(school=school)
    file.save(update_fields=["counts", "roll_version"])
    audit.record(school=school, by=by, at=at, verb="import.compared_again", subject="import", subject_id=batch)


@transaction.atomic
def discard(*, school: int, batch: int, by: int, at: datetime) -> None:
    """Throws a preview away: its values are gone, its counts stay."""
    file = ready_batch(school=school, batch=batch)
    keep_receipt(file)
    file.state = Batch.State.DISCARDED
    file.save(update_fields=["state"])
    audit.record(school=school, by=by, at=at, verb="import.discarded", subject="import", subject_id=batch)


@transaction.atomic
def forget_undecided(*, school: int, at: datetime) -> int:
    """Throws away previews nobody decided on in time; returns how many. Their values were kept for that alone."""
    old = Batch.objects.select_for_update().filter(
        school_id=school, state=Batch.State.READY, at__lt=at - timedelta(days=UNDECIDED_DAYS)
    )
    for file in old:
        keep_receipt(file)
    forgotten = old.update(state=Batch.State.DISCARDED)
    if forgotten:
        audit.record(school=school, by=None, at=at, verb="import.forgotten", counts={"imports": forgotten})
    return forgotten
