"""What the worker does for imports. The name is procrastinate's: it looks for tasks here."""

from procrastinate.contrib.django import app

from itrack.foundation import clock
from itrack.imports.actions.queue import apply_queued


@app.task(name="imports.apply")
def apply_import(*, school: int, batch: int, by: int) -> None:
    """Applies a queued file. Ids only: a job's arguments are stored, and nothing of a pupil belongs there."""
    apply_queued(school=school, batch=batch, by=by, at=clock.now())
