"""What the worker does for operations. The name is procrastinate's: it looks for tasks here."""

from procrastinate.contrib.django import app

from itrack.foundation import clock
from itrack.foundation.tenancy.windows import writing
from itrack.operations.api import forget_old_entries
from itrack.schools.api import every_school


@app.periodic(cron="41 2 * * *")
@app.task(name="operations.forget", queueing_lock="operations.forget", pass_context=False)
def forget_old_looks(timestamp: int) -> None:
    """Every night: audit entries older than a year are deleted, school by school."""
    for school in every_school():
        with writing(school.id):
            forget_old_entries(school=school.id, at=clock.now())
