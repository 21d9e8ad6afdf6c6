"""What the worker does for imports. The name is procrastinate's: it looks for tasks here."""

from procrastinate.contrib.django import app

from itrack.foundation import clock
from itrack.foundation.tenancy.windows import writing
from itrack.imports.actions.decide import forget_undecided
from itrack.imports.actions.queue import apply_queued
from itrack.schools.api import every_school


@app.task(name="imports.apply")
def apply_import(*, school: int, batch: int, by: int) -> None:
    """Applies a queued file. Ids only: a job's arguments are stored, and nothing of a pupil belongs there."""
    apply_queued(school=school, batch=batch, by=by, at=clock.now())


@app.periodic(cron="23 2 * * *")
@app.task(name="imports.forget", queueing_lock="imports.forget", pass_context=False)
def forget_undecided_imports(timestamp: int) -> None:
    """Every night: previews that nobody decided on for two weeks are thrown away, school by school."""
    for school in every_school():
        with writing(school.id):
            forget_undecided(school=school.id, at=clock.now())
