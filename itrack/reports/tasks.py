"""What the worker does for reports. The name is procrastinate's: it looks for tasks here."""

from datetime import datetime

from procrastinate.contrib.django import app

from itrack.accounts.api import is_read_by
from itrack.foundation import clock
from itrack.foundation.tenancy.windows import writing
from itrack.foundation.viewer import Role
from itrack.reports.actions import ADD_UP, keep_roll_up
from itrack.reports.catalogue.adding_up import BESIDE, add_up
from itrack.reports.queries.roll_ups import missing
from itrack.schools.api import every_school


@app.task(name=ADD_UP)
def add_up_school(*, school: int) -> None:
    """Adds up every point of the school that has closed and is not added up yet, each by itself."""
    _add_up(school, clock.now())


@app.periodic(cron="12 1 * * *")
@app.task(name="reports.add_up_all", queueing_lock="reports.add_up_all", pass_context=False)
def add_up_all(timestamp: int) -> None:
    """Every night: the points that closed the day before, in each school that somebody of a trust reads."""
    for school in every_school():
        with writing(school.id):
            read = is_read_by(school=school.id, role=Role.TRUST)
        if read:
            _add_up(school.id, clock.now())


def _add_up(school: int, now: datetime) -> None:
    with writing(school):
        waiting = missing(schools=[school], today=clock.day_of(now), beside=BESIDE)
    for one in waiting:
        with writing(school):
            keep_roll_up(school=school, at=now, added=add_up(school=school, point=one.point, now=now))
