"""The figures the school entered itself, the phonics standards among them, and the national ones beside them."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from itrack.assessment.api import stood
from itrack.statutory.models import SchoolFigure
from itrack.statutory.rules.national import SHIPPED, National
from itrack.statutory.rules.official import STANDARD


@dataclass(frozen=True, slots=True)
class Official:
    """What stands in place of a computed figure, with where it is from and who entered it."""

    value: Decimal
    source: str
    note: str
    by: str
    at: datetime
    published: str


@dataclass(frozen=True, slots=True)
class Put:
    """All that a school put in: official figures by measure and year, phonics standards by year, national figures.

    `national` has also those that came with the product, wherever the school has none of its own.
    """

    official: dict[tuple[str, int], Official]
    national: dict[tuple[str, int], National]

    @property
    def standards(self) -> dict[int, int]:
        return {year: int(one.value) for (measure, year), one in self.official.items() if measure == STANDARD}


def put_in(*, school: int, as_at: datetime | None = None) -> Put:
    """As it stands, or stood at the moment `as_at`. One question."""
    rows = SchoolFigure.objects.filter(stood(as_at), school_id=school)
    told = rows.values_list(
        *("measure", "year", "national", "value", "source", "note", "added_by__by__name", "added_at", "published")
    )
    found = [(row[2], row[:2], Official(*row[3:])) for row in told]
    own = {key: National(one.value, one.source, one.published, own=True) for is_own, key, one in found if is_own}
    return Put({key: one for is_national, key, one in found if not is_national}, {**SHIPPED, **own})


def national_figures(*, school: int) -> dict[tuple[str, int], National]:
    """England's figures by measure and year: those the school put in, else those that came with the product."""
    return put_in(school=school).national


def standards(*, school: int) -> dict[int, int]:
    """The phonics standards this school entered, by year."""
    return put_in(school=school).standards
