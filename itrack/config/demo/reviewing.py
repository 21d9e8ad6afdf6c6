"""The termly reviews of accounts that a demo school signed in the years before it is looked at."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from typing import TYPE_CHECKING

from itrack.accounts.api import members_to_tell
from itrack.foundation.clock import LONDON
from itrack.foundation.viewer import Role
from itrack.schools.api import terms
from itrack.staff.api import KEEP, people, sign_review
from itrack.staff.rules.reviews import seen_now

if TYPE_CHECKING:
    from datetime import date

BEFORE_THE_END = timedelta(days=4)


def sign_reviews(*, school: int, until: datetime) -> None:
    """Signs each term that is over, a few days before its end, and keeps everybody. The school's window is open.

    A school without an administrator has nobody who could.
    """
    by = next(iter(members_to_tell(school=school, roles=[Role.ADMINISTRATOR])), None)
    if by is None:
        return
    for term in terms(school=school, day=until.date()):
        at = _afternoon(term.ends - BEFORE_THE_END)
        if term.ends >= until.date():
            return
        here = [one for one in people(school=school, accounts={}, today=at.date()) if one.here]
        seen = seen_now((one.member, one.place.role, one.state) for one in here)
        sign_review(school=school, seen=seen, decisions={one.member: KEEP for one in here}, by=by, at=at)


def _afternoon(day: date) -> datetime:
    return datetime.combine(day, time(15, 40), LONDON).astimezone(UTC)
