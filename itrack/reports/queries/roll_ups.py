"""What schools have added up for their trust, and what there is still to add up."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from itrack.curriculum.api import subjects_of
from itrack.reports.models import RollUp, SmallNumbers
from itrack.reports.rules.pooled import FIGURES, SchoolFigures
from itrack.reports.rules.suppression.holding import FEW
from itrack.schools.api import PointRow, points_before, same_point
from itrack.ui.words import long_date

NO_POINT, NO_SUBJECT, WAITING = "no such point", "no such subject", "being added up"


@dataclass(frozen=True, slots=True)
class AddedUp:
    """`schools` by name, those without figures too; `made` the moments theirs were added up; `upto` by school."""

    schools: Sequence[SchoolFigures]
    made: Sequence[datetime]
    upto: Mapping[int, int]


def added_up(*, schools: Sequence[int], year: int, slot: int, subject: str, today: date) -> AddedUp:
    """The figures of these schools in a subject at the point of that year and slot, where it has closed."""
    days = same_point(schools=schools, year=year, slot=slot)
    upto = _upto(schools)
    rows = RollUp.objects.filter(school_id__in=schools, year=year, slot=slot, subject=subject)
    kept = {row[0]: row[1:] for row in rows.values_list("school_id", "upto", "as_at", "made_at", *FIGURES)}
    held = {school: kept[school] for school, _, ends in days if _stands(kept.get(school), upto[school], ends)}
    taught = (
        {school for school, name in subjects_of(schools=schools) if name == subject} if len(held) < len(days) else ()
    )
    found = [
        SchoolFigures(school, name, dict(zip(FIGURES, held[school][3:], strict=True)))
        if school in held
        else SchoolFigures(school, name, why=_why(ends, today, taught=school in taught))
        for school, name, ends in days
    ]
    return AddedUp(found, sorted(row[2] for row in held.values()), upto)


def _stands(row: Sequence[object] | None, upto: int, ends: date | None) -> bool:
    """Whether it was added up by the rule and the day that hold today."""
    return row is not None and (row[0], row[1]) == (upto, ends)


def _why(ends: date | None, today: date, *, taught: bool) -> str:
    if ends is None:
        return NO_POINT
    if ends >= today:
        return f"ends on {long_date(ends)}"
    return WAITING if taught else NO_SUBJECT


def _upto(schools: Sequence[int]) -> dict[int, int]:
    kept = SmallNumbers.objects.filter(school_id__in=schools).values_list("school_id", "upto")
    return dict.fromkeys(schools, FEW) | dict(kept)


def shared_subjects(*, schools: Sequence[int]) -> list[str]:
    """The names of all subjects of these schools: those that most of them have come first, then in their own order."""
    held: defaultdict[str, int] = defaultdict(int)
    for _, name in subjects_of(schools=schools):
        held[name] += 1
    return sorted(held, key=lambda name: -held[name])


@dataclass(frozen=True, slots=True)
class Missing:
    """A point that has closed in a school and is not added up, or no longer as it should be."""

    school: int
    point: PointRow


def missing(*, schools: Sequence[int], today: date, beside: str) -> list[Missing]:
    """All there is to add up in these schools, the latest points first. `beside`: as of RollUp."""
    upto = _upto(schools)
    taught: defaultdict[int, set[str]] = defaultdict(set)
    for school, name in subjects_of(schools=schools):
        taught[school].add(name)
    kept: defaultdict[tuple[int, int, int, date], set[str]] = defaultdict(set)
    rows = RollUp.objects.filter(school_id__in=schools, beside=beside)
    for school, year, slot, subject, limit, as_at in rows.values_list(
        "school_id", "year", "slot", "subject", "upto", "as_at"
    ):
        if limit == upto[school]:
            kept[school, year, slot, as_at].add(subject)
    points = points_before(schools=schools, day=today)
    found = [
        Missing(school, point)
        for school, point in points
        if kept.get((school, point.year, point.slot, point.closes_on), set()) != taught[school]
    ]
    return sorted(found, key=lambda one: (one.point.year, one.point.slot), reverse=True)
