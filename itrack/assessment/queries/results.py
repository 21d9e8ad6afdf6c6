"""Statutory results as they stand."""

from collections.abc import Callable, Collection, Sequence
from datetime import datetime
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from itrack.assessment.models import Result
from itrack.assessment.rules.results import ResultLine, in_short
from itrack.foundation.composed import Composed, among
from itrack.foundation.models import ChangeSet
from itrack.pupils.api import year_group_of

FIELDS = (
    *("stage", "locale", "year", "subject", "method", "component"),
    *("status", "qualifier", "result", "result_date", "recognised"),
)


def standing_results(
    *, school: int, pupils: Sequence[int], as_at: datetime | None = None
) -> dict[int, list[ResultLine]]:
    """The results of each pupil who has any, earliest year first; as they stand, or stood at the moment `as_at`."""
    found: dict[int, list[ResultLine]] = {}
    rows = _stood(school, pupils, as_at) if as_at else _STANDING.rows(school=school, pupils=list(pupils))
    for pupil, *told in rows:
        found.setdefault(pupil, []).append(ResultLine(*told))
    return found


def _standing(given: Callable[[str], Any]) -> QuerySet[Result, Any]:
    rows = Result.objects.filter(among("pupil_id", given("pupils")), school_id=given("school"), ended_at__isnull=True)
    return _in_order(rows)


def _stood(school: int, pupils: Sequence[int], at: datetime) -> QuerySet[Result, Any]:
    then = Q(added_at__lte=at) & (Q(ended_at__isnull=True) | Q(ended_at__gt=at))
    return _in_order(Result.objects.filter(then, school_id=school, pupil_id__in=pupils))


def _in_order(rows: QuerySet[Result]) -> QuerySet[Result, Any]:
    return rows.order_by("year", "stage", "subject", "component", "method").values_list("pupil_id", *FIELDS)


_STANDING = Composed(_standing)


def results_in_short(*, school: int, pupil: int, year: int, year_group: str) -> list[str]:
    """One pupil's results, a line for each assessment. `year_group` is that of the academic year `year`."""
    lines = standing_results(school=school, pupils=[pupil]).get(pupil, [])
    return in_short((line, year_group_of({year: year_group}, line.year - 1)) for line in lines)


def last_results_change(
    *, school: int, by: int, year: int, stages: Collection[str], parts: Collection[str]
) -> int | None:
    """The change set with which this person last touched results of that year, if it still holds."""
    rows = Result.objects.filter(school_id=school, year=year, stage__in=stages, component__in=parts)
    touched = rows.filter(Q(added_by_id=OuterRef("pk")) | Q(ended_by_id=OuterRef("pk")))
    own = ChangeSet.objects.filter(school_id=school, by_id=by, kind=ChangeSet.Kind.RESULTS, undone_at__isnull=True)
    return own.filter(Exists(touched)).order_by("-pk").values_list("pk", flat=True).first()
