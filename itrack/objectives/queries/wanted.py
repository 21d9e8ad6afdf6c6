"""What colleagues would have put in place of this person's marks, and were told that these stand.

The second of two people in one cell is refused and told so; an entry of the audit log keeps that it happened, by ids
alone, and from it the first one learns of it too. Which mark was wanted is kept nowhere.
"""

from collections.abc import Callable, Collection
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery

from itrack.foundation.composed import Composed, among
from itrack.foundation.models import AuditEntry
from itrack.foundation.viewer import Viewer
from itrack.objectives.models import StatementMark
from itrack.objectives.queries.marking import said_when
from itrack.objectives.rules.marking import Cell

WANTED, ABOUT = "statement-mark.wanted", "statement mark"
# Long enough to be read the next morning; after that the two have spoken.
TOLD_FOR = timedelta(hours=24)


def wanted_instead(
    *, viewer: Viewer, statements: Collection[int], pupils: Collection[int], now: datetime
) -> dict[Cell, str]:
    """Cell → who wanted another mark there, for the cells that are as this person left them."""
    rows = _WANTED.rows(
        school=viewer.school,
        member=viewer.member,
        pupils=list(pupils),
        statements=list(statements),
        since=now - TOLD_FOR,
    )
    return {(row[0], row[1]): _said(row[2], row[3], row[4], now) for row in rows}


def _wanted(given: Callable[[str], Any]) -> QuerySet[StatementMark, Any]:
    school, member = given("school"), given("member")
    entries = AuditEntry.objects.filter(school_id=school, subject=ABOUT, verb=WANTED, at__gt=given("since"))
    held = StatementMark.objects.filter(
        Q(ended_at__isnull=True, added_by__by_id=member) | Q(ended_by__by_id=member),
        among("pupil_id", given("pupils")),
        among("statement_id", given("statements")),
        school_id=school,
        pk__in=entries.values("subject_id"),
    )
    same = ("school_id", "pupil_id", "statement_id")
    later = StatementMark.objects.filter(pk__gt=OuterRef("pk"), **{name: OuterRef(name) for name in same})
    last = entries.filter(subject_id=OuterRef("pk")).order_by("-pk")
    return held.filter(~Exists(later)).values_list(
        *("pupil_id", "statement_id", "ended_at"),
        Subquery(last.values("by__name")[:1]),
        Subquery(last.values("at")[:1]),
    )


_WANTED = Composed(_wanted)


def _said(emptied: datetime | None, name: str, at: datetime, now: datetime) -> str:
    stands = "It is empty, as you left it." if emptied else "Yours stands."
    return f"{name} wanted another mark here {said_when(at, now)}. {stands}"
