"""What schools have added up for their trust, and what there is still to add up."""

from collections import defaultdict
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import F, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from itrack.curriculum.api import subjects_of
from itrack.foundation.composed import Composed, among
from itrack.reports.models import RollUp, SmallNumbers
from itrack.reports.rules.pooled import FIGURES, SchoolFigures
from itrack.reports.rules.suppression.holding import FEW
from itrack.schools.api import PointRow, day_of_point, points_before, same_point
from itrack.ui.words import long_date

NO_POINT, NO_SUBJECT, WAITING = "no such point", "no such subject", "being added up"


@dataclass(frozen=True, slots=True)
class AddedUp:
    """`schools` are all, those without figures too; `made` when the others were added up, `upto` by which rules."""

    schools: Sequence[SchoolFigures]
    made: Sequence[datetime]
    upto: Collection[int]


def added_up(*, schools: Sequence[int], year: int, slot: int, subject: str, beside: str, today: date) -> AddedUp:
    """The figures of these schools in a subject at the point of that year and slot, where it has closed.

    One question, and where a school has none two more that say why. `beside`: as of RollUp.
    """
    held = _HELD.rows(schools=list(schools), year=year, slot=slot, subject=subject, beside=beside)
    found = [SchoolFigures(pk, name, dict(zip(FIGURES, counts, strict=True))) for pk, name, _, _, *counts in held]
    without = sorted(set(schools) - {row[0] for row in held})
    if without:
        found += _without(without, year, slot, subject, today)
    return AddedUp(found, sorted(row[2] for row in held), {row[3] for row in held} or {FEW})


def _held(given: Callable[[str], Any]) -> QuerySet[RollUp, Any]:
    """Only what was added up by the day and the rule that hold today."""
    year, slot = given("year"), given("slot")
    asked = {"year": year, "slot": slot, "subject": given("subject"), "beside": given("beside")}
    rows = RollUp.objects.filter(among("school_id", given("schools")), **asked)
    rows = rows.annotate(ends=day_of_point(year=year, slot=slot), rule=_rule()).filter(as_at=F("ends"), upto=F("rule"))
    return rows.values_list("school_id", "school__name", "made_at", "rule", *FIGURES)


_HELD = Composed(_held)


def _rule() -> Coalesce:
    kept = SmallNumbers.objects.filter(school_id=OuterRef("school_id")).values("upto")[:1]
    return Coalesce(Subquery(kept), FEW)


def _without(schools: Sequence[int], year: int, slot: int, subject: str, today: date) -> list[SchoolFigures]:
    """Schools of which there are no figures, each with why."""
    taught = {school for school, name in subjects_of(schools=schools) if name == subject}
    days = same_point(schools=schools, year=year, slot=slot)
    return [SchoolFigures(pk, name, why=_why(ends, today, taught=pk in taught)) for pk, name, ends in days]


def _why(ends: date | None, today: date, *, taught: bool) -> str:
    if ends is None:
        return NO_POINT
    if ends >= today:
        return f"ends on {long_date(ends)}"
    return WAITING if taught else NO_SUBJECT


def _upto(schools: Sequence[int]) -> dict[int, int]:
    kept = SmallNumbers.objects.filter(school_id__in=schools).values_list("school_id", "upto")
    return dict.fromkeys(schools, FEW) | dict(kept)


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
