"""What the worker does for reports to parents. The name is procrastinate's: it looks for tasks here."""

from procrastinate.contrib.django import app

from itrack.foundation import clock
from itrack.foundation.tenancy.windows import writing
from itrack.parents.actions.runs import forget_runs, print_queued
from itrack.schools.api import every_school


@app.task(name="parents.print")
def print_reports(*, school: int, run: int) -> None:
    """Prints a queued run. Ids only: a job's arguments are stored, and nothing of a pupil belongs there."""
    print_queued(school=school, run=run)


@app.periodic(cron="41 2 * * *")
@app.task(name="parents.forget", queueing_lock="parents.forget", pass_context=False)
def forget_printed_reports(timestamp: int) -> None:
    """Every night: files of reports older than a day are thrown away, school by school."""
    for school in every_school():
        with writing(school.id):
            forget_runs(school=school.id, at=clock.now())
