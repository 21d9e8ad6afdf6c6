"""What colleagues would have put in place of this person's marks, and were told that these stand.

The second of two people in one cell is refused and told so; an entry of the audit log keeps that it happened, by ids
alone, and from it the first one learns of it too: Tom's E stands, and Tom reads "Hana Head wanted another mark here at
10:02. Yours stands." Which mark it was is kept nowhere.
"""

from collections.abc import Callable, Collection
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery

from itrack.assessment.models import Judgement
from itrack.assessment.queries.choice import Choice
from itrack.assessment.rules.marks import Cell
from itrack.foundation import clock
from itrack.foundation.composed import Composed, among
from itrack.foundation.models import AuditEntry
from itrack.foundation.viewer import Viewer

WANTED, ABOUT = "mark.wanted", "judgement"
# Long enough to be read the next morning; after that the two have spoken.
TOLD_FOR = timedelta(hours=24)


def wanted_instead(*, viewer: Viewer, choice: Choice, pupils: Collection[int], now: datetime) -> dict[Cell, str]:
    """Cell → who wanted another mark there, for the cells that are as this person left them."""
    rows = _WANTED.rows(
        school=viewer.school,
        member=viewer.member,
        pupils=list(pupils),
        points=[point.id for point in choice.shown_points],
        subjects=[subject for subject, _ in choice.chosen],
        assessment=choice.assessed.id,
        since=now - TOLD_FOR,
    )
    column = choice.sheet.column
    return {(row[0], column(row[1], row[2])): _said(row[3], row[4], row[5], now) for row in rows}


def _wanted(given: Callable[[str], Any]) -> QuerySet[Judgement, Any]:
    school, member = given("school"), given("member")
    entries = AuditEntry.objects.filter(school_id=school, subject=ABOUT, verb=WANTED, at__gt=given("since"))
    held = Judgement.objects.filter(
        Q(ended_at__isnull=True, added_by__by_id=member) | Q(ended_by__by_id=member),
        among("pupil_id", given("pupils")),
        among("point_id", given("points")),
        among("subject_id", given("subjects")),
        school_id=school,
        assessment_id=given("assessment"),
        pk__in=entries.values("subject_id"),
    )
    same = ("school_id", "pupil_id", "point_id", "subject_id", "assessment_id")
    later = Judgement.objects.filter(pk__gt=OuterRef("pk"), **{name: OuterRef(name) for name in same})
    last = entries.filter(subject_id=OuterRef("pk")).order_by("-pk")
    return held.filter(~Exists(later)).values_list(
        *("pupil_id", "point_id", "subject_id", "ended_at"),
        Subquery(last.values("by__name")[:1]),
        Subquery(last.values("at")[:1]),
    )


_WANTED = Composed(_wanted)


def _said(emptied: datetime | None, name: str, at: datetime, now: datetime) -> str:
    here = at.astimezone(clock.LONDON)
    when = f"at {here:%H:%M}" if clock.day_of(at) == clock.day_of(now) else f"on {here.day} {here:%B}"
    stands = "It is empty, as you left it." if emptied else "Yours stands."
    return f"{name} wanted another mark here {when}. {stands}"
