"""Saving the steps of the wizard. Nothing of the record changes until the plan is applied."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from datetime import date, datetime
from typing import Any

from django.db import transaction

from itrack.foundation import audit
from itrack.foundation.refusal import Refused
from itrack.pupils.api import take_roll
from itrack.rollover.models import PupilChoice, YearPlan
from itrack.rollover.queries.plan import plan_of
from itrack.rollover.rules.plan import Choices, ClassChoice, Cohort, OwnWay, PointChoice

OVERTAKEN = (
    "Somebody else has worked on the new year since you opened this page. Your choices were not saved. "
    "Open the page again and look."
)
ALREADY = "The new year has been set up already. Nothing was changed. Undo it first, if it was wrong."


@transaction.atomic
def save_points(*, school: int, seen: str, points: Sequence[PointChoice], by: int, at: datetime) -> None:
    """Keeps the dates of the new year's assessment points."""
    plan = _opened(school, seen, "dates", by, at)
    plan.points = [_plain(point) for point in points]
    _save(plan, ["points"])


@transaction.atomic
def save_classes(*, school: int, seen: str, classes: Sequence[ClassChoice], by: int, at: datetime) -> None:
    """Keeps which classes there will be. Staff of a class that stays are kept with it."""
    plan = _opened(school, seen, "classes", by, at)
    held = {one["key"]: one for one in plan.classes}
    plan.classes = [_plain(one) | _staff(held.get(one.key, {})) for one in classes]
    _save(plan, ["classes"])


@transaction.atomic
def save_staff(
    *, school: int, seen: str, staff: Mapping[str, tuple[int | None, Sequence[int]]], by: int, at: datetime
) -> None:
    """Keeps each class's teacher and helpers, by the class's key."""
    plan = _opened(school, seen, "staff", by, at)
    for one in plan.classes:
        if one["key"] in staff:
            one["teacher"], one["helpers"] = staff[one["key"]][0], sorted(staff[one["key"]][1])
    _save(plan, ["classes"])


@transaction.atomic
def save_routes(*, school: int, seen: str, routes: Mapping[Cohort, str], by: int, at: datetime) -> None:
    """Keeps where each class goes."""
    plan = _opened(school, seen, "moves", by, at)
    plan.routes |= _written(routes)
    _save(plan, ["routes"])


@transaction.atomic
def save_own_ways(*, school: int, seen: str, ways: Mapping[int, OwnWay], by: int, at: datetime) -> None:
    """Keeps which of these pupils go another way than their class; an empty way is the class's."""
    _refuse_strangers(school, seen, ways)
    plan = _opened(school, seen, "pupils", by, at)
    days = dict(PupilChoice.objects.filter(school_id=school, plan_id=plan.pk).values_list("pupil_id", "last_day"))
    _keep(plan, {pupil: OwnWay(way.into, way.year_group, days.get(pupil)) for pupil, way in ways.items()})
    _save(plan, [])


@transaction.atomic
def save_last_days(
    *, school: int, seen: str, last_day: date, own: Mapping[int, date | None], by: int, at: datetime
) -> None:
    """Keeps the last day of those who leave, and of whom it is another."""
    _refuse_strangers(school, seen, own)
    plan = _opened(school, seen, "leavers", by, at)
    plan.last_day = last_day
    rows = PupilChoice.objects.filter(school_id=school, plan_id=plan.pk).values_list("pupil_id", "into", "year_group")
    held = {pupil: (into, year_group) for pupil, into, year_group in rows}
    _keep(plan, {pupil: OwnWay(*held.get(pupil, ("", "")), day) for pupil, day in own.items()})
    _save(plan, ["last_day"])


@transaction.atomic
def begin_again(*, school: int, seen: str, by: int, at: datetime) -> None:
    """Throws the plan away, so that everything is suggested anew."""
    plan = _opened(school, seen, "", by, at)
    plan.delete()


def _opened(school: int, seen: str, step: str, by: int, at: datetime) -> YearPlan:
    """The plan, made of the suggestions when it is the first time. Deeds on one school's plan wait for each other."""
    take_roll(school=school)
    year = _year_of(seen)
    held = plan_of(school=school, year=year)
    if held.applied:
        raise Refused(ALREADY)
    if held.seen != seen:
        raise Refused(OVERTAKEN)
    row = YearPlan.objects.get(school_id=school, pk=held.id) if held.id else begun(school, year, held.choices)
    row.version, row.saved_by_id, row.saved_at = held.version + 1, by, at
    row.steps = sorted({*row.steps, step} - {""})
    audit.record(school=school, by=by, at=at, verb="new-year.planned", subject="academic year", subject_id=year)
    if not held.id:
        row.save()
    return row


def _refuse_strangers(school: int, seen: str, pupils: Iterable[int]) -> None:
    moving = {mover.id for mover in plan_of(school=school, year=_year_of(seen)).turn.facts.movers}
    if set(pupils) - moving:
        raise Refused("One of the pupils is not on the roll of the new year any more. Your choices were not saved.")


def _year_of(seen: str) -> int:
    year = seen.partition(".")[0]
    if not (year.isascii() and year.isdecimal() and len(year) == 4):
        raise Refused(OVERTAKEN)
    return int(year)


def begun(school: int, year: int, choices: Choices) -> YearPlan:
    """A plan of what is suggested, not yet stored."""
    return YearPlan(
        school_id=school,
        year=year,
        last_day=choices.last_day,
        classes=[_plain(one) for one in choices.classes],
        routes=_written(choices.routes),
        points=[_plain(point) for point in choices.points],
    )


def _save(plan: YearPlan, fields: Sequence[str]) -> None:
    plan.save(update_fields=[*fields, "version", "saved_by", "saved_at", "steps"])


def _keep(plan: YearPlan, ways: Mapping[int, OwnWay]) -> None:
    rows = PupilChoice.objects.filter(school_id=plan.school_id, plan_id=plan.pk, pupil_id__in=ways)
    rows.delete()
    PupilChoice.objects.bulk_create(
        PupilChoice(school_id=plan.school_id, plan_id=plan.pk, pupil_id=pupil, **asdict(way))
        for pupil, way in ways.items()
        if way != OwnWay()
    )


def _plain(value: ClassChoice | PointChoice) -> dict[str, Any]:
    """The value as JSON keeps it: days as text."""
    return {name: told.isoformat() if isinstance(told, date) else told for name, told in asdict(value).items()}


def _staff(held: Mapping[str, Any]) -> dict[str, Any]:
    return {"teacher": held["teacher"], "helpers": held["helpers"]} if held else {}


def _written(routes: Mapping[Cohort, str]) -> dict[str, str]:
    return {f"{source}:{then}": into for (source, then), into in routes.items()}
