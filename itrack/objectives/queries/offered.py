"""The strands a school may judge by this year: those with statements in use, of the subjects that use objectives."""

from collections.abc import Callable
from typing import Any

from django.db.models import Count, QuerySet

from itrack.foundation.composed import Composed
from itrack.frameworks.api import statement_rows
from itrack.frameworks.rules.years import is_for, subject_key
from itrack.objectives.rules.choice import OWNERS, Course, StrandChoice

_OF_FRAMEWORK = ("name", "version", "owner", "from_year", "until_year")
_OF_STRAND = ("subject", "from_year_group", "to_year_group", "name", "position")


def offered_strands(*, school: int, year: int, used: dict[str, int] | None) -> list[StrandChoice]:
    """The school's own frameworks first, then the trust's, then those that came with the product; strands in order.

    `used` are the subjects that use objectives; None leaves nothing out. One question.
    """
    rows = [row for row in _STRANDS.rows(school=school) if is_for(year, row[5], row[6])]
    rows = [row for row in rows if used is None or subject_key(row[8]) in used]
    rows.sort(key=lambda row: (OWNERS.index(row[4]), -(row[5] or 0), row[1], row[12], row[7]))
    return [_strand(row) for row in rows]


def _strand(row: tuple[Any, ...]) -> StrandChoice:
    many, framework, name, version, _, _, _, strand, subject, first, last, called, _ = row
    course = Course(framework, f"{name}, {version}" if version else name, subject)
    return StrandChoice(strand, course, first, last, called, many)


def _strands(given: Callable[[str], Any]) -> QuerySet[Any, Any]:
    live = statement_rows(school=given("school")).filter(retired_on__isnull=True, framework__archived_on__isnull=True)
    of_framework = (f"framework__{name}" for name in _OF_FRAMEWORK)
    columns = ("framework_id", *of_framework, "strand_id", *(f"strand__{name}" for name in _OF_STRAND))
    grouped: QuerySet[Any, Any] = live.order_by().values(*columns).annotate(many=Count("pk"))
    return grouped.values_list("many", *columns)


_STRANDS = Composed(_strands)
