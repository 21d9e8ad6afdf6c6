"""What the worker does for spreadsheets. The name is procrastinate's: it looks for tasks here."""

from procrastinate.contrib.django import app

from itrack.foundation import clock
from itrack.foundation.tenancy.windows import writing
from itrack.schools.api import every_school
from itrack.spreadsheets.actions.deciding import forget_undecided


@app.periodic(cron="29 2 * * *")
@app.task(name="spreadsheets.forget", queueing_lock="spreadsheets.forget", pass_context=False)
def forget_undecided_spreadsheets(timestamp: int) -> None:
    """Every night: sheets that nobody decided on for two days are thrown away, school by school."""
    for school in every_school():
        with writing(school.id):
            forget_undecided(school=school.id, at=clock.now())
