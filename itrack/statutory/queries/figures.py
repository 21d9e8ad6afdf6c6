"""The figures the school entered itself, and the phonics standards among them."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from itrack.statutory.models import SchoolFigure
from itrack.statutory.rules.official import STANDARD


@dataclass(frozen=True, slots=True)
class Official:
    """What stands in place of a computed figure, with where it is from and who entered it."""

    value: Decimal
    source: str
    note: str
    by: str
    at: datetime


def official_figures(*, school: int) -> dict[tuple[str, int], Official]:
    """By measure and year."""
    rows = SchoolFigure.objects.filter(school_id=school, ended_at__isnull=True)
    told = rows.values_list("measure", "year", "value", "source", "note", "added_by__by__name", "added_at")
    return {row[:2]: Official(*row[2:]) for row in told}


def standards(*, school: int) -> dict[int, int]:
    """The phonics standards this school entered, by year."""
    rows = SchoolFigure.objects.filter(school_id=school, ended_at__isnull=True, measure=STANDARD)
    return {year: int(value) for year, value in rows.values_list("year", "value")}
