"""Schools and their calendars."""

from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from itrack.schools.models import AssessmentPoint, School


@dataclass(frozen=True, slots=True)
class SchoolRow:
    id: int
    urn: str
    la: str
    estab: str
    name: str
    country: str


@dataclass(frozen=True, slots=True)
class PointRow:
    """An assessment point. `year` is the calendar year in which its academic year starts."""

    id: int
    year: int
    slot: int
    name: str
    opens_on: date
    closes_on: date

    @property
    def title(self) -> str:
        return f"{self.name}, {year_title(self.year)}"


def year_title(year: int) -> str:
    """2026 → "2026/27"."""
    return f"{year}/{(year + 1) % 100:02d}"


def academic_year_on(day: date) -> int:
    """The calendar year in which that day's academic year started; years run from 1 September."""
    return day.year if day.month >= 9 else day.year - 1


def school_row(*, school: int) -> SchoolRow:
    return _row(School.objects.get(pk=school))


def school_by_urn(*, urn: str) -> SchoolRow | None:
    """Looks across schools, because a command line names a school before any window can be opened."""
    found = School.objects.filter(urn=urn).first()
    return _row(found) if found else None


def every_school() -> list[SchoolRow]:
    """All tenants, by name: for routines that go school by school."""
    return [_row(school) for school in School.objects.order_by("name")]


def _row(school: School) -> SchoolRow:
    return SchoolRow(school.pk, school.urn, school.la, school.estab, school.name, school.country)


def points(*, school: int) -> list[PointRow]:
    """Every assessment point, earliest first."""
    rows = point_rows(school=school).order_by("year", "slot")
    return [PointRow(*row) for row in rows.values_list("pk", "year", "slot", "name", "opens_on", "closes_on")]


def point_rows(*, school: int) -> QuerySet[AssessmentPoint]:
    """The assessment points, for a larger question to take in."""
    return AssessmentPoint.objects.filter(school_id=school)


def point_on(*, school: int, day: date) -> PointRow | None:
    """The point open on that day, else the last that opened before it, else the first there is."""
    known = points(school=school)
    begun = [point for point in known if point.opens_on <= day]
    return begun[-1] if begun else next(iter(known), None)
