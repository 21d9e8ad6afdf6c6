"""The marks of the main assessment at two points, every subject, as where each pupil stands at both."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from itrack.assessment.api import marks_over
from itrack.assessment.rules.standing import PointMark
from itrack.curriculum.api import mark_options
from itrack.reports.queries.in_view import InView, in_view
from itrack.reports.queries.marks import kinds_of, stand_of
from itrack.reports.queries.question import Asked
from itrack.reports.queries.starts import missing_at, point_of
from itrack.reports.rules.moves import Ends
from itrack.reports.rules.transition import FOUR, End, Stand, Transition, transition


@dataclass(frozen=True, slots=True)
class Between:
    """`told`, by (id, name) of the subject, has every subject with a mark at one of the points."""

    view: InView
    ends: Ends
    told: Mapping[tuple[int, str], Transition]
    starts: Mapping[int, Mapping[int, Stand]]
    finals: Mapping[int, Mapping[int, Stand]]
    kinds: frozenset[str]


def between(asked: Asked, chosen: str) -> Between | None:
    """None where there is no earlier point."""
    start = point_of(asked, chosen)
    if start is None:
        return None
    marks = marks_over(school=asked.school, points=[start.id, asked.point.id], as_at=asked.moment)
    names = {option.code: option.name for option in mark_options(school=asked.school)}
    starts, finals = (
        _held(asked, [mark for mark in marks if mark.point == of.id], names) for of in (start, asked.point)
    )
    view = in_view(asked, {mark.pupil for mark in marks if mark.point == asked.point.id})
    missing = missing_at(view, start)
    told = {
        (pk, name): transition(
            view.population,
            End(start.title, starts[pk], missing),
            End(asked.point.title, finals[pk], view.population.unmarked),
            FOUR,
            FOUR,
        )
        for pk, name in asked.subjects
        if starts[pk] or finals[pk]
    }
    return Between(view, Ends(start.title, asked.point.title), told, starts, finals, kinds_of(marks))


def _held(asked: Asked, marks: Sequence[PointMark], names: Mapping[str, str]) -> Mapping[int, Mapping[int, Stand]]:
    """By subject, where each pupil stands by the marks of one point; every subject has a place."""
    held: dict[int, dict[int, Stand]] = {pk: {} for pk, _ in asked.subjects}
    for mark in marks:
        held.setdefault(mark.subject, {})[mark.pupil] = stand_of(mark, names)
    return held
