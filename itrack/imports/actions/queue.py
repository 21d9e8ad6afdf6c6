"""Applying in the background, watched.

Progress is written beside the apply's own transaction, so that others see it while that one is open.
"""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.db import connection, transaction
from procrastinate.contrib.django import app

from itrack.foundation import audit, clock
from itrack.foundation.refusal import Refused
from itrack.foundation.tenancy.windows import writing
from itrack.imports.actions.apply import MOVED, Stale, apply, to_apply
from itrack.imports.models import Batch, Progress
from itrack.imports.queries.batches import SILENT_AFTER
from itrack.pupils.api import roll_version

BROKEN = "Something went wrong while it was stored, and everything was put back. Tell us, and keep the file."
STOPPED = "It was stopped, and everything was put back. Nothing of the file is stored."


@transaction.atomic
def ask_to_apply(*, school: int, batch: int, by: int, at: datetime) -> None:
    """Puts the apply in the queue. Whoever asks second is told who asked first.

    An apply that has fallen silent (its worker was killed, and so nothing of it is stored) may be asked for again.
    """
    file = Batch.objects.select_for_update().filter(school_id=school, pk=batch).first()
    if file is None:
        raise Refused("There is no such import in this school.")
    if file.state == Batch.State.QUEUED and not _silent(file, at):
        raise Refused(f"{file.applied_by.name} has already pressed Apply. It is being applied once, not twice.")
    if file.state == Batch.State.APPLIED and file.applied_by:
        raise Refused(f"{file.applied_by.name} has already applied this file. Nothing was stored twice.")
    if file.state not in (Batch.State.READY, Batch.State.QUEUED):
        raise Refused(f"This file cannot be applied again. It is: {file.get_state_display().lower()}.")
    if file.roll_version != roll_version(school=school):
        raise Stale(MOVED)
    file.state, file.applied_by_id = Batch.State.QUEUED, by
    file.save(update_fields=["state", "applied_by"])
    Progress.objects.update_or_create(
        school_id=school,
        batch=file,
        defaults={"done": 0, "total": len(to_apply(file)), "beat_at": at, "stop_asked": False, "sentence": ""},
    )
    app.configure_task("imports.apply").defer(school=school, batch=batch, by=by)
    audit.record(school=school, by=by, at=at, verb="import.asked", subject="import", subject_id=batch)


def _silent(file: Batch, at: datetime) -> bool:
    beat = Progress.objects.filter(school_id=file.school_id, batch=file).values_list("beat_at", flat=True).first()
    return beat is None or at - beat > SILENT_AFTER


@transaction.atomic
def ask_to_stop(*, school: int, batch: int, by: int, at: datetime) -> None:
    """Asks a running apply to stop and put everything back. Too late is answered by its having been applied."""
    Progress.objects.filter(school_id=school, batch_id=batch).update(stop_asked=True)
    audit.record(school=school, by=by, at=at, verb="import.stop_asked", subject="import", subject_id=batch)


def apply_queued(*, school: int, batch: int, by: int, at: datetime) -> None:
    """The worker's part: applies, or notes in a sentence why nothing was stored and lets people decide again."""
    with beside(school) as note:
        try:
            with writing(school):
                apply(school=school, batch=batch, by=by, at=at, watch=note.watcher(batch))
        except Refused as refusal:
            note.give_back(batch, refusal.sentence)
        except Exception:
            note.give_back(batch, BROKEN)
            raise


class beside:  # noqa: N801 - reads as a word: `with beside(school) as note`
    """A second connection to the same database, for what must be seen while the apply's transaction is open."""

    def __init__(self, school: int) -> None:
        self.school = school
        self.connection = connection.copy()

    def __enter__(self) -> "beside":
        return self

    def __exit__(self, *error: object) -> None:
        self.connection.close()

    def watcher(self, batch: int) -> Callable[[int, int], None]:
        """Notes how far the apply has come, and raises Refused when somebody asked it to stop."""

        def watch(done: int, total: int) -> None:
            told = self._say(
                "update imports_progress set done = %s, total = %s, beat_at = %s "
                "where school_id = %s and batch_id = %s returning stop_asked",
                [done, total, clock.now(), self.school, batch],
            )
            if told and told[0]:
                raise Refused(STOPPED)

        return watch

    def give_back(self, batch: int, sentence: str) -> None:
        self._say(
            "with told as (update imports_progress set sentence = %s where school_id = %s and batch_id = %s) "
            "update imports_batch set state = 'ready' "
            "where school_id = %s and id = %s and state = 'queued' returning id",
            [sentence[:300], self.school, batch, self.school, batch],
        )

    def _say(self, statement: str, values: list[Any]) -> tuple[object, ...] | None:
        with self.connection.cursor() as cursor:
            cursor.execute(f"begin; set local itrack.school = '{{{int(self.school)}}}'")
            cursor.execute(statement, values)
            answer: tuple[object, ...] | None = cursor.fetchone()
            cursor.execute("commit")
        return answer
