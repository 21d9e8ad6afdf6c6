"""The marks of the main assessment at two points, every subject, as where each pupil stands at both."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from itrack.assessment.api import marks_over
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
    names = {option.code: option.name for option in mark_options(school=asked.school)}
    marks = marks_over(school=asked.school, points=[start.id, asked.point.id], as_at=asked.moment)
    held: dict[int, defaultdict[int, dict[int, Stand]]] = {
        start.id: defaultdict(dict),
        asked.point.id: defaultdict(dict),
    }
    for mark in marks:
        held[mark.point][mark.subject][mark.pupil] = stand_of(mark, names)
    starts, finals = held[start.id], held[asked.point.id]
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
