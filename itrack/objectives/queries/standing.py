"""What stands on an objectives page now, so that one left open learns of what others do."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from itrack.foundation.viewer import Viewer
from itrack.objectives.models import StatementMark
from itrack.objectives.queries.choice import Asked, Missing
from itrack.objectives.queries.grid import Sheet, sheet_of
from itrack.objectives.queries.marking import said_when
from itrack.objectives.queries.wanted import wanted_instead
from itrack.objectives.rules.depth import NOT_FOR_THEM

# Who changed a mark is told to a page that was open then, so no longer than this is looked back.
LOOKED_BACK = timedelta(minutes=30)


@dataclass(frozen=True, slots=True)
class StandingNow:
    """`rows`: pupil → the codes that stand, in the order of `columns`. `said`: cell → who put it there, lately.

    `wanted`: cell of this person's → who would have had another mark there.
    """

    columns: list[int]
    rows: dict[int, str]
    said: dict[str, str]
    wanted: dict[str, str]


def standing_now(*, viewer: Viewer, asked: Asked, now: datetime) -> StandingNow | None:
    """None when it is not this person's to judge; nothing where there is nothing to judge."""
    sheet = sheet_of(viewer=viewer, asked=asked, now=now)
    if sheet is None:
        return None
    if isinstance(sheet, Missing):
        return StandingNow([], {}, {}, {})
    columns = [one.id for one in sheet.statements]
    codes, said = _held(viewer, sheet, columns, now)
    rows = {pupil: ",".join(codes.get((pupil, statement), "") for statement in columns) for pupil in sheet.pupils}
    wanted = wanted_instead(viewer=viewer, statements=columns, pupils=sheet.pupils, now=now)
    return StandingNow(columns, rows, said, {f"{who}-{what}": words for (who, what), words in wanted.items()})


def _held(
    viewer: Viewer, sheet: Sheet, columns: list[int], now: datetime
) -> tuple[dict[tuple[int, int], str], dict[str, str]]:
    """The codes that stand by cell, and who typed one lately."""
    rows = StatementMark.objects.filter(
        school_id=viewer.school, pupil_id__in=sheet.pupils, statement_id__in=columns, ended_at__isnull=True
    ).values_list("pupil_id", "statement_id", "depth__code", "added_at", "added_by__by_id", "added_by__by__name")
    codes, said = {}, {}
    for pupil, statement, code, at, by, name in rows:
        codes[pupil, statement] = code.upper() if code else NOT_FOR_THEM.code
        if at > now - LOOKED_BACK:
            who = "You" if by == viewer.member else name
            said[f"{pupil}-{statement}"] = f"{who} typed {codes[pupil, statement]} {said_when(at, now)}."
    return codes, said
