"""What the worker does for staff. The name is procrastinate's: it looks for tasks here."""

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from itrack.foundation import clock
from itrack.foundation.tenancy.windows import writing
from itrack.schools.api import every_school
from itrack.staff.actions.posting import post_reminder
from itrack.staff.actions.reviews import remind

AGAIN = RetryStrategy(max_attempts=6, exponential_wait=5)


@app.periodic(cron="30 6 * * *")
@app.task(name="staff.remind", queueing_lock="staff.remind", pass_context=False)
def remind_of_reviews(timestamp: int) -> None:
    """Every morning, school by school: the administrators are reminded of the term's review where it is time."""
    for school in every_school():
        with writing(school.id):
            told = remind(school=school.id, at=clock.now())
            for member in told.members if told else ():
                # In the same transaction: the reminder is on record and its letters are on their way, or neither.
                post_later.defer(school=school.id, member=member)


@app.task(name="staff.post_reminder", retry=AGAIN)
def post_later(*, school: int, member: int) -> None:
    """Ids only: a job's arguments are stored, and an address does not belong there."""
    post_reminder(school=school, member=member, at=clock.now())
