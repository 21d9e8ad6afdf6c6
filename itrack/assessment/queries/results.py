"""Statutory results as they stand."""

from collections.abc import Callable, Collection, Sequence
from datetime import datetime
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from itrack.assessment.models import Result
from itrack.assessment.queries.judgements import stood
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
    """The results of each pupil who has any, earliest year first; as they stood at the moment `as_at`."""
    found: dict[int, list[ResultLine]] = {}
    told = {"school": school, "pupils": list(pupils)}
    rows = _STANDING.rows(**told) if as_at is None else _results(told.__getitem__, as_at)
    for pupil, *line in rows:
        found.setdefault(pupil, []).append(ResultLine(*line))
    return found


def _standing(given: Callable[[str], Any]) -> QuerySet[Result, Any]:
    return _results(given, None)


def _results(given: Callable[[str], Any], as_at: datetime | None) -> QuerySet[Result, Any]:
    rows = Result.objects.filter(stood(as_at), among("pupil_id", given("pupils")), school_id=given("school"))
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
