"""The reminder as a mail. What has happened since it was queued is looked at now: a signed review is not asked for."""

from datetime import datetime

from django.conf import settings
from django.urls import reverse

from itrack.accounts.api import address_of, place
from itrack.foundation import clock
from itrack.foundation.tenancy.windows import writing
from itrack.mailing.api import send
from itrack.schools.api import school_row
from itrack.staff.queries.reviews import review_now, review_title
from itrack.staff.rules.letters import reminder
from itrack.staff.rules.reviews import reminder_on


def post_reminder(*, school: int, member: int, at: datetime) -> None:
    """Sends it if the review still waits and the member can still be written to; raises OSError when not taken."""
    today = clock.day_of(at)
    with writing(school):
        asked, held = review_now(school=school, day=today), place(school=school, member=member)
        to, name = address_of(school=school, member=member), school_row(school=school).name
    if asked is None or reminder_on(asked, today) is None or held is None or not to:
        return
    letter = reminder(
        name=held.name,
        school=name,
        review=review_title(asked.term),
        due=asked.term.ends,
        overdue=today > asked.term.ends,
        link=f"{settings.ADDRESS}{reverse('staff-review')}",
        sender=(settings.OPERATOR["name"], settings.OPERATOR["email"]),
    )
    send(to=to, subject=letter.subject, text=letter.text)
