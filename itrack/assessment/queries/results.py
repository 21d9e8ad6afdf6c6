"""Statutory results as they stand."""

from collections.abc import Sequence

from itrack.assessment.models import Result
from itrack.assessment.rules.results import ResultLine

FIELDS = (
    *("stage", "locale", "year", "subject", "method", "component"),
    *("status", "qualifier", "result", "result_date", "recognised"),
)


def standing_results(*, school: int, pupils: Sequence[int]) -> dict[int, list[ResultLine]]:
    """The results of each pupil who has any, earliest year first."""
    rows = Result.objects.filter(school_id=school, pupil_id__in=pupils, ended_at__isnull=True)
    found: dict[int, list[ResultLine]] = {}
    for pupil, *told in rows.order_by("year", "stage", "subject", "component", "method").values_list(
        "pupil_id", *FIELDS
    ):
        found.setdefault(pupil, []).append(ResultLine(*told))
    return found
