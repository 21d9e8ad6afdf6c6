"""Marks of statements as they stand, for pages and reports."""

from collections.abc import Callable, Collection, Sequence
from datetime import datetime
from typing import Any

from django.db.models import DateTimeField, QuerySet, Value

from itrack.foundation.composed import Composed, among
from itrack.frameworks.api import depth_options
from itrack.objectives.models import StatementMark
from itrack.objectives.rules.depth import NOT_FOR_THEM, Depth, coloured
from itrack.objectives.rules.marking import Cell

_NO_TIME = Value(None, DateTimeField())
_CELL = ("pupil_id", "statement_id", "depth_id")


def scale_of(*, school: int, framework: int) -> list[Depth]:
    """A framework's depths in order, each with its pattern."""
    found = depth_options(school=school, framework=framework)
    return coloured([Depth(row.id, row.code.upper(), row.name, row.value, row.taught, row.secure) for row in found])


def standing_marks(
    *, school: int, pupils: Collection[int], statements: Collection[int], scale: Sequence[Depth]
) -> tuple[dict[Cell, Depth], datetime | None]:
    """The marks that stand, by cell, and when the latest was entered: in one question. All are of one scale."""
    rows = _MARKS.rows(school=school, pupils=list(pupils), statements=list(statements))
    depths: dict[int | None, Depth] = {depth.id: depth for depth in (*scale, NOT_FOR_THEM)}
    latest = next((row[0] for row in rows if row[0] is not None), None)
    return {(pupil, statement): depths[depth] for at, pupil, statement, depth in rows if at is None}, latest


def _marks(given: Callable[[str], Any]) -> QuerySet[Any, Any]:
    rows = StatementMark.objects.filter(
        among("pupil_id", given("pupils")),
        among("statement_id", given("statements")),
        school_id=given("school"),
        ended_at__isnull=True,
    )
    # The mark entered last comes alone in front with its time: read of each mark, times would be the dearest column.
    latest = rows.order_by("-added_at")[:1].values_list("added_at", *_CELL)
    return latest.union(rows.order_by().values_list(_NO_TIME, *_CELL), all=True)


_MARKS = Composed(_marks)
