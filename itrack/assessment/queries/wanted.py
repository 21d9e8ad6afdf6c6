"""What colleagues would have put in place of this person's marks, and were told that these stand.

The second of two people in one cell is refused and told so; an entry of the audit log keeps that it happened, by ids
alone, and from it the first one learns of it too: Tom's E stands, and Tom reads "Hana Head wanted another mark here at
10:02. Yours stands." Which mark it was is kept nowhere.
"""

from collections.abc import Collection
from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef, Q, Subquery

from itrack.assessment.models import Judgement
from itrack.assessment.queries.choice import Choice
from itrack.assessment.queries.marking import on_sheet
from itrack.assessment.rules.marks import Cell
from itrack.foundation import clock
from itrack.foundation.models import AuditEntry
from itrack.foundation.viewer import Viewer

WANTED, ABOUT = "mark.wanted", "judgement"
# Long enough to be read the next morning; after that the two have spoken.
TOLD_FOR = timedelta(hours=24)


def wanted_instead(*, viewer: Viewer, choice: Choice, pupils: Collection[int], now: datetime) -> dict[Cell, str]:
    """Cell → who wanted another mark there, for the cells that are as this person left them."""
    sheet = choice.sheet
    entries = AuditEntry.objects.filter(school_id=viewer.school, subject=ABOUT, verb=WANTED, at__gt=now - TOLD_FOR)
    held = Judgement.objects.filter(
        Q(ended_at__isnull=True, added_by__by_id=viewer.member) | Q(ended_by__by_id=viewer.member),
        school_id=viewer.school,
        pupil_id__in=list(pupils),
        pk__in=entries.values("subject_id"),
    )
    same = ("school_id", "pupil_id", "point_id", "subject_id")
    later = Judgement.objects.filter(pk__gt=OuterRef("pk"), **{name: OuterRef(name) for name in same})
    last = entries.filter(subject_id=OuterRef("pk")).order_by("-pk")
    rows = (
        on_sheet(held, sheet=sheet, points=[point.id for point in choice.shown_points])
        .filter(~Exists(later))
        .values_list(
            *("pupil_id", "point_id", "subject_id", "ended_at"),
            Subquery(last.values("by__name")[:1]),
            Subquery(last.values("at")[:1]),
        )
    )
    return {(row[0], sheet.column(row[1], row[2])): _said(row[3], row[4], row[5], now) for row in rows}


def _said(emptied: datetime | None, name: str, at: datetime, now: datetime) -> str:
    here = at.astimezone(clock.LONDON)
    when = f"at {here:%H:%M}" if clock.day_of(at) == clock.day_of(now) else f"on {here.day} {here:%B}"
    stands = "It is empty, as you left it." if emptied else "Yours stands."
    return f"{name} wanted another mark here {when}. {stands}"
