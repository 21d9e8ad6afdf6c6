"""Standing statutory results in the shape an importer compares a file against."""

from collections.abc import Sequence
from typing import Any

from itrack.assessment.models import Result

KEY = ("stage", "year", "subject", "method", "component", "qualifier")
VALUES = ("locale", "status", "result", "result_date", "recognised")


def held_results(*, school: int, pupils: Sequence[int]) -> dict[int, dict[tuple[Any, ...], tuple[Any, ...]]]:
    """By pupil: (stage, year, subject, method, component, qualifier) → (locale, status, result, date, recognised)."""
    rows = Result.objects.filter(school_id=school, pupil_id__in=pupils, ended_at__isnull=True)
    held: dict[int, dict[tuple[Any, ...], tuple[Any, ...]]] = {}
    for pupil, *told in rows.values_list("pupil_id", *KEY, *VALUES):
        held.setdefault(pupil, {})[tuple(told[: len(KEY)])] = tuple(told[len(KEY) :])
    return held
