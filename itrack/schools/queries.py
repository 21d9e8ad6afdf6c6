"""Schools and their calendars."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet, Subquery

from itrack.foundation.changes.pointing import rows_in_use
from itrack.foundation.composed import Composed
from itrack.foundation.models import ChangeSet
from itrack.schools.models import AssessmentPoint, School
from itrack.schools.rules import SIX, THREE, Term, fingerprint, terms_of

CHANGES_SHOWN = 8


@dataclass(frozen=True, slots=True)
class SchoolRow:
    id: int
    urn: str
    la: str
    estab: str
    name: str
    country: str
    phase: str = "primary"


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

    @property
    def year_first(self) -> str:
        """ "2026/27, Autumn 2"."""
        return f"{year_title(self.year)}, {self.name}"


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


def schools_beside(*, school: int) -> list[SchoolRow]:
    """The other schools of this school's trust, by name; none without a trust."""
    trust = School.objects.filter(pk=school).values("trust_id")
    return [_row(each) for each in School.objects.filter(trust_id__in=trust).exclude(pk=school).order_by("name")]


def _row(school: School) -> SchoolRow:
    return SchoolRow(school.pk, school.urn, school.la, school.estab, school.name, school.country, school.phase)


def points(*, school: int) -> list[PointRow]:
    """Every assessment point the school shows, earliest first."""
    return [PointRow(*row) for row in _POINTS.rows(school=school)]


def point_rows(*, school: Any) -> QuerySet[AssessmentPoint]:
    """The assessment points the school shows, for a larger question to take in."""
    return AssessmentPoint.objects.filter(school_id=school, shown=True)


def _points(given: Callable[[str], Any]) -> QuerySet[AssessmentPoint, Any]:
    rows = point_rows(school=given("school")).order_by("year", "slot")
    return rows.values_list("pk", "year", "slot", "name", "opens_on", "closes_on")


_POINTS = Composed(_points)


def points_before(*, schools: Sequence[int], day: date) -> list[tuple[int, PointRow]]:
    """(school, point) of every point these schools show that closed before that day."""
    rows = AssessmentPoint.objects.filter(school_id__in=schools, shown=True, closes_on__lt=day)
    told = rows.values_list("school_id", "pk", "year", "slot", "name", "opens_on", "closes_on")
    return [(row[0], PointRow(*row[1:])) for row in told]


def day_of_point(*, year: Any, slot: Any) -> Subquery:
    """The day the point of that year and slot ends in the school of a larger question's row; null for no such point."""
    shown = AssessmentPoint.objects.filter(school_id=OuterRef("school_id"), year=year, slot=slot, shown=True)
    return Subquery(shown.values("closes_on")[:1])


def same_point(*, schools: Sequence[int], year: int, slot: int) -> list[tuple[int, str, date | None]]:
    """(school, its name, the day the point of that year and slot ends there, None where there is none), by name."""
    shown = AssessmentPoint.objects.filter(school_id=OuterRef("pk"), year=year, slot=slot, shown=True)
    rows = School.objects.filter(pk__in=schools).order_by("name", "pk")
    return list(rows.values_list("pk", "name", Subquery(shown.values("closes_on")[:1])))


def past_points(points: Sequence[PointRow], *, on: date) -> dict[int, PointRow]:
    """Those of the points that are past on that day: closed, and a later one has opened.

    Between the two, as in the holidays, marks are still entered.
    """
    begun = [point for point in points if point.opens_on <= on]
    return {point.id: point for point in points if any(later.opens_on > point.closes_on for later in begun)}


def is_past(*, on: date) -> Exists:
    """The same as a condition on `point_rows`."""
    begun = AssessmentPoint.objects.filter(school_id=OuterRef("school_id"), shown=True, opens_on__lte=on)
    return Exists(begun.filter(opens_on__gt=OuterRef("closes_on")))


def point_on(*, school: int, day: date) -> PointRow | None:
    """The point open on that day, else the last that opened before it, else the first there is."""
    return point_among(points(school=school), day=day)


def point_among(known: Sequence[PointRow], *, day: date) -> PointRow | None:
    """The same of points that are known already, earliest first."""
    return next((point for point in reversed(known) if point.opens_on <= day), next(iter(known), None))


@dataclass(frozen=True, slots=True)
class YearPoint:
    """A point as its settings page shows it. `used`: marks or other records name it."""

    id: int
    slot: int
    name: str
    opens_on: date
    closes_on: date
    shown: bool
    used: bool


@dataclass(frozen=True, slots=True)
class YearPoints:
    """The six points of a year; none when it has not been set up."""

    points: list[YearPoint]

    @property
    def shown(self) -> list[YearPoint]:
        return [point for point in self.points if point.shown]

    @property
    def times(self) -> int:
        """How often a year the school asks for marks: 6 or 3."""
        return SIX if len(self.shown) == len(self.points) else THREE

    @property
    def beyond_three(self) -> list[YearPoint]:
        """Points shown beside the three because they hold marks."""
        return [point for point in self.shown if self.times == THREE and point.slot % 2]

    @property
    def seen(self) -> str:
        return fingerprint((p.slot, p.name, p.opens_on, p.closes_on, p.shown) for p in self.points)


def year_points(*, school: int, year: int) -> YearPoints:
    """All six points of a year, shown or not, in two questions."""
    used = points_in_use(school=school)
    rows = AssessmentPoint.objects.filter(school_id=school, year=year).order_by("slot")
    told = rows.values_list("pk", "slot", "name", "opens_on", "closes_on", "shown")
    return YearPoints([YearPoint(*row[:5], shown=row[5], used=row[0] in used) for row in told])


def years(*, school: int) -> list[int]:
    """The academic years that have points, earliest first."""
    rows = AssessmentPoint.objects.filter(school_id=school)
    return list(rows.order_by("year").values_list("year", flat=True).distinct())


def terms(*, school: int, day: date) -> list[Term]:
    """The terms of every year that has points and of the year of that day, earliest first. One question."""
    slots: dict[int, dict[int, tuple[date, date, bool]]] = {academic_year_on(day): {}}
    rows = AssessmentPoint.objects.filter(school_id=school)
    for year, slot, opens, closes, shown in rows.values_list("year", "slot", "opens_on", "closes_on", "shown"):
        slots.setdefault(year, {})[slot] = (opens, closes, shown)
    return [term for year in sorted(slots) for term in terms_of(year, slots[year])]


def points_in_use(*, school: int) -> set[int]:
    """The points that marks or other records name."""
    return rows_in_use(AssessmentPoint, school=school)


@dataclass(frozen=True, slots=True)
class SettingsChange:
    """A deed on settings; `words` say what it did."""

    id: int
    at: datetime
    by: str
    words: str
    undone_at: datetime | None


def settings_changes(
    *, school: int, kind: str, words: Mapping[str, tuple[str, str]], change_set: int | None = None
) -> list[SettingsChange]:
    """The latest deeds of that kind, newest first, or the one asked for. `words`: count → (for one, for more)."""
    found = ChangeSet.objects.filter(school_id=school, kind=kind).exclude(counts={})
    if change_set is not None:
        found = found.filter(pk=change_set)
    rows = found.order_by("-pk").values_list("pk", "at", "by__name", "counts", "undone_at")
    return [
        SettingsChange(pk, at, by, _said(counts, words), undone) for pk, at, by, counts, undone in rows[:CHANGES_SHOWN]
    ]


def _said(counts: Mapping[str, int], words: Mapping[str, tuple[str, str]]) -> str:
    said = [f"{n} {one if n == 1 else many}" for key, (one, many) in words.items() if (n := counts.get(key, 0))]
    return ", ".join(said) or "Settings changed"


def calendar_changes(*, school: int, change_set: int | None = None) -> list[SettingsChange]:
    """The latest deeds on years and terms, newest first; or the one asked for, if it is the school's."""
    return settings_changes(
        school=school,
        kind=ChangeSet.Kind.CALENDAR,
        change_set=change_set,
        words={
            "points": ("assessment point added", "assessment points added"),
            "points edited": ("assessment point edited", "assessment points edited"),
            "points shown or hidden": ("assessment point shown or hidden", "assessment points shown or hidden"),
        },
    )
