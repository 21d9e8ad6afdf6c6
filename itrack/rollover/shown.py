"""The plan as its pages show it: steps with their state, and the check with names beside every number."""

from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from itrack.pupils.api import PupilLine
from itrack.pupils.rules_years import year_group_name
from itrack.rollover.api import Plan
from itrack.rollover.rules.outcome import Going, Planned
from itrack.rollover.rules.plan import NO_CLASS
from itrack.ui.parts import Count, Link

STEPS = {
    "dates": ("Dates", "When marks will be asked for"),
    "classes": ("Classes", "Which classes there will be"),
    "moves": ("Moving up", "Where each class goes"),
    "pupils": ("Single pupils", "Who goes another way than the class"),
    "leavers": ("Leavers", "Who leaves, and on which day"),
    "staff": ("Staff", "Who teaches and helps where"),
    "check": ("Check and apply", "What would happen, with all names"),
}


@dataclass(frozen=True, slots=True)
class StepRow:
    """A step of the wizard. `done`: somebody has saved it; else it stands as suggested."""

    name: str
    about: str
    said: str
    url: str
    done: bool
    current: bool


@dataclass(frozen=True, slots=True)
class ClassShown:
    """A class of the new year as the check shows it."""

    name: str
    is_there: bool
    has: int
    years: list[tuple[str, int]]
    sources: list[tuple[str, int]]
    teacher: str
    helpers: list[str]
    pupils: list[tuple[PupilLine, str]]


@dataclass(frozen=True, slots=True)
class OddShown:
    """A pupil whose year group is not that of the class, or not that of their age."""

    line: PupilLine
    year_group: str
    usual: str
    class_name: str
    alone: bool


@dataclass(frozen=True, slots=True)
class Check:
    counts: list[Count]
    classes: list[ClassShown]
    leavers: list[tuple[PupilLine, date]]
    without: list[tuple[PupilLine, str]]
    odd: list[OddShown]
    notices: list[str]


def steps_of(plan: Plan, current: str = "") -> list[StepRow]:
    said = _said(plan)
    return [
        StepRow(name, about, said[step], reverse(f"new-year-{step}"), step in plan.steps, step == current)
        for step, (name, about) in STEPS.items()
    ]


def step_links(plan: Plan, current: str) -> list[Link]:
    return [Link(f"{n}. {row.name}", row.url, row.current) for n, row in enumerate(steps_of(plan, current), start=1)]


def next_step(step: str) -> str:
    names = list(STEPS)
    return names[names.index(step) + 1]


def _said(plan: Plan) -> dict[str, str]:
    told = plan.outcome
    points = [point for point in plan.choices.points if point.shown]
    without = sum(one.teacher is None for one in plan.choices.classes)
    own = sum(bool(way.into or way.year_group) for way in plan.choices.own.values())
    return {
        "dates": f"{_n(len(points), 'assessment point')}, as this year" if points else "The year is set up already",
        "classes": _n(len(plan.choices.classes), "class", "classes"),
        "moves": f"{_n(told.promoted, 'pupil')} moving on, {told.coming} new to a class",
        "pupils": f"{_n(own, 'pupil')} with a way of their own",
        "leavers": f"{_n(len(told.leavers), 'pupil')}, {len(plan.turn.leaving)} marked before",
        "staff": f"{_n(without, 'class', 'classes')} without a teacher" if without else "Every class has a teacher",
        "check": f"{_n(len(told.without), 'pupil')} without a class",
    }


def _n(number: int, one: str, more: str = "") -> str:
    return f"{number} {one if number == 1 else more or one + 's'}"


def check_of(plan: Plan, *, names: dict[int, str]) -> Check:
    """`names` are those of the staff, by membership."""
    told, lines = plan.outcome, plan.turn.lines
    classes = [_class(one, plan, names) for one in told.classes]
    return Check(
        [
            Count("move on", told.promoted),
            Count("new to a class", told.coming),
            Count("leave", len(told.leavers)),
            Count("without a class", len(told.without)),
            *([Count("placed already", plan.turn.placed)] if plan.turn.placed else []),
        ],
        classes,
        sorted(((lines[one.id], day) for one, day in told.leavers), key=lambda row: row[1]),
        [(lines[one.mover.id], year_group_name(one.year_group)) for one in told.without],
        [row for one in told.classes for row in _odd(one, plan)],
        _notices(classes, told.classes),
    )


def _class(one: Planned, plan: Plan, names: dict[int, str]) -> ClassShown:
    of_now = plan.turn.class_names | {NO_CLASS: "no class"}
    lines = plan.turn.lines
    return ClassShown(
        one.choice.name,
        one.there is not None,
        one.has,
        [(year_group_name(code), number) for code, number in one.years],
        [(of_now.get(source, ""), number) for source, number in one.sources],
        names.get(one.choice.teacher or 0, ""),
        [names[member] for member in one.choice.helpers if member in names],
        [(lines[going.mover.id], year_group_name(going.year_group)) for going in one.pupils],
    )


def _odd(one: Planned, plan: Plan) -> list[OddShown]:
    """Those who are with children of another year group, or of another age."""
    alone = {going.mover.id for going in one.odd}
    return [
        OddShown(
            plan.turn.lines[going.mover.id],
            year_group_name(going.year_group),
            year_group_name(going.mover.usual),
            one.choice.name,
            going.mover.id in alone,
        )
        for going in one.pupils
        if going.mover.id in alone or _is_out_of_age(going)
    ]


def _is_out_of_age(going: Going) -> bool:
    return going.mover.usual != going.year_group and bool(going.mover.usual)


def _notices(shown: list[ClassShown], planned: tuple[Planned, ...]) -> list[str]:
    without = [one.name for one in shown if not one.teacher]
    empty = [one.name for one in shown if not one.pupils and not one.has]
    large = [one.choice.name for one in planned if one.is_too_large_for_infants]
    rows = [
        (without, "No teacher yet"),
        (empty, "Nobody in it yet"),
        (large, "More than the 30 that an infant class may hold"),
    ]
    return [f"{words}: {', '.join(names)}." for names, words in rows if names]
