"""The plan as it stands: what was saved, and suggestions for the rest."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from itrack.accounts.api import class_staff, teachers
from itrack.rollover.models import PupilChoice, YearPlan
from itrack.rollover.queries.facts import Turn, turn
from itrack.rollover.rules.dates import moved_points
from itrack.rollover.rules.outcome import Outcome, hindrances, outcome
from itrack.rollover.rules.plan import Choices, ClassChoice, Cohort, OwnWay, PointChoice, still_open
from itrack.rollover.rules.suggest import suggested_classes, suggested_routes
from itrack.schools.api import year_points
from itrack.schools.rules import usual_points


@dataclass(frozen=True, slots=True)
class Plan:
    """A year's plan with what would come of it. `seen` names this very state of the choices; `id` is None before
    anything was saved. `applied` is the change set that carried it out, with when and who.
    """

    year: int
    id: int | None
    version: int
    steps: frozenset[str]
    saved: tuple[datetime, str] | None
    applied: tuple[int, datetime, str] | None
    turn: Turn
    choices: Choices

    @property
    def seen(self) -> str:
        return f"{self.year}.{self.version}"

    @property
    def outcome(self) -> Outcome:
        return outcome(self.turn.facts, self.choices)

    @property
    def hindrances(self) -> list[str]:
        return hindrances(self.turn.facts, self.outcome)


def plan_of(*, school: int, year: int) -> Plan:
    """What was saved for that year, over what is suggested."""
    at_turn = turn(school=school, year=year)
    points = suggested_points(school=school, year=year)
    held = YearPlan.objects.filter(school_id=school, year=year).select_related("saved_by", "applied__by").first()
    if held is None:
        classes = staffed(suggested_classes(at_turn.facts), school=school)
        choices = Choices(classes, suggested_routes(at_turn.facts, classes), at_turn.term_ends, {}, points)
        return Plan(year, None, 0, frozenset(), None, None, at_turn, choices)
    classes = staffed(tuple(_class(one) for one in held.classes), school=school)
    routes = suggested_routes(at_turn.facts, classes) | still_open(_routes(held.routes), classes)
    own = _own_ways(school, held.pk)
    if points and held.points:
        points = tuple(_point(one) for one in held.points)
    done = held.applied
    return Plan(
        year,
        held.pk,
        held.version,
        frozenset(held.steps),
        (held.saved_at, held.saved_by.name),
        (done.pk, done.at, done.by.name) if done else None,
        at_turn,
        Choices(classes, routes, held.last_day, own, points),
    )


def staffed(classes: tuple[ClassChoice, ...], *, school: int) -> tuple[ClassChoice, ...]:
    """The classes without those who have left the school since, or work in another role."""
    may_teach = {pk for pk, _ in teachers(school=school)}
    may_help = {pk for pk, _ in class_staff(school=school)}
    return tuple(
        replace(
            one,
            teacher=one.teacher if one.teacher in may_teach else None,
            helpers=tuple(member for member in one.helpers if member in may_help),
        )
        for one in classes
    )


def suggested_points(*, school: int, year: int) -> tuple[PointChoice, ...]:
    """The year's points as this year's dates make them; none when the year is set up already."""
    if year_points(school=school, year=year).points:
        return ()
    held = year_points(school=school, year=year - 1).points
    if held:
        return moved_points(year, [PointChoice(p.slot, p.name, p.opens_on, p.closes_on, p.shown) for p in held])
    return tuple(PointChoice(p.slot, p.name, p.opens_on, p.closes_on, shown=True) for p in usual_points(year))


def _own_ways(school: int, plan: int) -> dict[int, OwnWay]:
    rows = PupilChoice.objects.filter(school_id=school, plan_id=plan)
    told = rows.values_list("pupil_id", "into", "year_group", "last_day")
    return {pupil: OwnWay(into, year_group, day) for pupil, into, year_group, day in told}


def _class(told: Mapping[str, Any]) -> ClassChoice:
    return ClassChoice(told["key"], told["name"], tuple(told["years"]), told["teacher"], tuple(told["helpers"]))


def _routes(told: Mapping[str, str]) -> dict[Cohort, str]:
    split = [(*cohort.split(":", 1), into) for cohort, into in told.items()]
    return {(int(source), then): into for source, then, into in split}


def _point(told: Mapping[str, Any]) -> PointChoice:
    opens, closes = date.fromisoformat(told["opens_on"]), date.fromisoformat(told["closes_on"])
    return PointChoice(told["slot"], told["name"], opens, closes, told["shown"])
