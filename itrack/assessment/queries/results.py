"""Statutory results as they stand."""

from collections.abc import Sequence

from itrack.assessment.models import Result
from itrack.assessment.rules.results import ResultLine, in_short
from itrack.pupils.api import year_group_of

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


def results_in_short(*, school: int, pupil: int, year: int, year_group: str) -> list[str]:
    """One pupil's results, a line for each assessment. `year_group` is that of the academic year `year`."""
    lines = standing_results(school=school, pupils=[pupil]).get(pupil, [])
    return in_short((line, year_group_of({year: year_group}, line.year - 1)) for line in lines)
