"""Attainment at the points of three years: of whoever was there each time, or of the pupils of today looking back."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from itrack.assessment.api import marks_over
from itrack.assessment.rules.standing import PointMark
from itrack.pupils.api import Cohort, cohort, year_group_name, year_group_order
from itrack.reports.queries.in_view import InView, days_at, view_of
from itrack.reports.queries.question import Asked, Choice, Offered
from itrack.reports.rules.answer import Person
from itrack.reports.rules.over_time import EVERYBODY, Run, Spot
from itrack.reports.rules.population import CLASS, WHOLE
from itrack.schools.api import PointRow, points

THEN, BACK = "then", "back"
YEARS = 3
WHOLE_RUN = "all"


def whom(asked: Asked, offered: Offered) -> Sequence[tuple[str, str]]:
    """A class is one of one year, so it can only be followed back."""
    back = (BACK, "Pupils of this point, looking back")
    return [back] if asked.whose.kind == CLASS else [(THEN, "Whoever was there each time"), back]


WHOM = Choice("whom", "Which pupils", whom)


@dataclass(frozen=True, slots=True)
class OverTime:
    """`views` are those of each point, `members` who is looked at there; `people` are all of them, with the line of the
    last point they were at."""

    points: Sequence[PointRow]
    views: Mapping[int, InView]
    members: Mapping[int, frozenset[int]]
    runs: Sequence[Run]
    marks: Sequence[PointMark]
    people: Mapping[int, Person]


@dataclass(frozen=True, slots=True)
class _Known:
    """What was read: the bands by point and line, and who was in view at each point."""

    views: Mapping[int, InView]
    inside: Mapping[int, frozenset[int]]
    bands: Mapping[int, Mapping[int, dict[int, str]]] = field(default_factory=dict)


def over_time(asked: Asked, whom: str) -> OverTime:
    """A line for each subject, or for each year group in the one looked at. Points without any mark are left out."""
    subject = asked.subject[0] if asked.subject else 0
    asked_of = points_looked_at(asked)
    marks = marks_over(
        school=asked.school, points=[point.id for point in asked_of], subject=subject, as_at=asked.moment
    )
    used = [point for point in asked_of if any(mark.point == point.id for mark in marks)]
    if asked.point not in used:
        used.append(asked.point)
    views = _views(asked, used, marks)
    last = views[asked.point.id].population.inside
    inside = {point.id: last if whom == BACK else views[point.id].population.inside for point in used}
    known = _Known(views, inside, _bands(marks))
    runs = _of_year_groups(asked, known, used, whom) if asked.subject else _of_subjects(asked, known, used)
    people = {pupil: one for view in views.values() for pupil, one in view.people.items()}
    shown = frozenset().union(*inside.values(), views[asked.point.id].people)
    return OverTime(used, views, inside, runs, marks, {pupil: people[pupil] for pupil in shown})


def points_looked_at(asked: Asked) -> list[PointRow]:
    """Those of three years that had begun, up to the one asked about; that one too, which may be marked early."""
    last = (asked.point.year, asked.point.slot)
    before = [
        point
        for point in points(school=asked.school)
        if asked.point.year - YEARS < point.year and (point.year, point.slot) < last and point.opens_on <= asked.seen
    ]
    return [*before, asked.point]


def _views(asked: Asked, used: Sequence[PointRow], marks: Sequence[PointMark]) -> dict[int, InView]:
    """In four questions a year. The latest point comes last."""
    marked: defaultdict[int, set[int]] = defaultdict(set)
    for mark in marks:
        marked[mark.point].add(mark.pupil)
    known = {year: _cohort(asked, year, used) for year in dict.fromkeys(point.year for point in used)}
    return {point.id: view_of(asked, point, known[point.year], marked[point.id]) for point in used}


def _cohort(asked: Asked, year: int, used: Sequence[PointRow]) -> Cohort:
    days = [days_at(point, asked) for point in used if point.year == year]
    every = {asked.seen, *(day for one in days for day in (one.roll, one.last))}
    return cohort(school=asked.school, days=every, year=year, as_at=asked.moment)


def _bands(marks: Sequence[PointMark]) -> Mapping[int, Mapping[int, dict[int, str]]]:
    """By point and subject, the band of each pupil."""
    found: defaultdict[int, defaultdict[int, dict[int, str]]] = defaultdict(lambda: defaultdict(dict))
    for mark in marks:
        if mark.band:
            found[mark.point][mark.subject][mark.pupil] = mark.band
    return found


def _of_subjects(asked: Asked, known: _Known, used: Sequence[PointRow]) -> list[Run]:
    runs = [
        Run(str(pk), name, [_spot(known, point, pk, known.inside[point.id]) for point in used])
        for pk, name in asked.subjects
    ]
    return [run for run in runs if any(spot.bands for spot in run.spots)]


def _spot(known: _Known, point: PointRow, subject: int, members: frozenset[int]) -> Spot:
    held = known.bands.get(point.id, {}).get(subject, {})
    return Spot(point.title, members, {pupil: band for pupil, band in held.items() if pupil in members})


def _of_year_groups(asked: Asked, known: _Known, used: Sequence[PointRow], whom: str) -> list[Run]:
    """Everybody asked about, and for the whole school each year group: that of the time, or of today looking back."""
    subject = asked.subject[0] if asked.subject else 0
    whole = EVERYBODY if asked.whose.kind == WHOLE else asked.whose.words
    groups = {
        point.id: _year_groups(known.views[asked.point.id if whom == BACK else point.id], known.inside[point.id])
        for point in used
    }
    codes = sorted({code for held in groups.values() for code in held}, key=year_group_order)
    named = [(code, year_group_name(code)) for code in codes] if asked.whose.kind == WHOLE and len(codes) > 1 else []
    runs = [Run(WHOLE_RUN, whole, [_spot(known, point, subject, known.inside[point.id]) for point in used])]
    runs += [
        Run(code or "none", name, [_spot(known, one, subject, groups[one.id].get(code, frozenset())) for one in used])
        for code, name in named
    ]
    return [run for run in runs if any(spot.bands for spot in run.spots)]


def _year_groups(view: InView, inside: frozenset[int]) -> dict[str, frozenset[int]]:
    found: defaultdict[str, set[int]] = defaultdict(set)
    for pupil in inside:
        found[view.known.pupils[pupil].year_group].add(pupil)
    return {code: frozenset(pupils) for code, pupils in found.items()}
