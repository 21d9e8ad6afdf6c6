"""The marks of a subject over three years and the statutory results, of everybody in view at a point."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from itrack.assessment.api import marks_over, standing_results
from itrack.assessment.rules.standing import PointMark
from itrack.reports.queries.in_view import InView, in_view
from itrack.reports.queries.over_time import points_looked_at
from itrack.reports.queries.question import Asked
from itrack.reports.rules.answer import Mark
from itrack.reports.rules.flight import Flight, results_of
from itrack.schools.api import PointRow
from itrack.statutory.api import standards


@dataclass(frozen=True, slots=True)
class Flights:
    """A row for each pupil in view, with a place for each of the points that anybody was marked at."""

    view: InView
    points: Sequence[PointRow]
    rows: Sequence[Flight]
    marks: Mapping[tuple[int, int], PointMark]


def flights(asked: Asked) -> Flights:
    subject, name = asked.subject or (0, "")
    among = points_looked_at(asked)
    marks = marks_over(school=asked.school, points=[one.id for one in among], subject=subject, as_at=asked.moment)
    view = in_view(asked, {mark.pupil for mark in marks if mark.point == asked.point.id})
    held = {(mark.pupil, mark.point): mark for mark in marks if mark.pupil in view.population.inside}
    used = [point for point in among if any(point.id == of for _, of in held)]
    lines = standing_results(school=asked.school, pupils=list(view.population.inside), as_at=asked.moment)
    given = standards(school=asked.school)
    rows = [
        Flight(
            view.people[pupil],
            results_of(lines.get(pupil, []), name, given),
            [_mark(held.get((pupil, point.id))) for point in used],
        )
        for pupil in view.population.inside
    ]
    return Flights(view, used, rows, held)


def _mark(mark: PointMark | None) -> Mark | None:
    return Mark(mark.code, mark.band) if mark else None
