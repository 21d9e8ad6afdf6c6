"""Marks of one point and subject as where each pupil stands."""

from collections.abc import Mapping
from dataclasses import dataclass

from itrack.assessment.api import marks_over
from itrack.assessment.rules.standing import PointMark
from itrack.curriculum.api import mark_options
from itrack.pupils.api import year_group_name
from itrack.reports.queries.question import Asked
from itrack.reports.rules.tally import uncounted
from itrack.reports.rules.transition import Stand
from itrack.schools.api import PointRow


@dataclass(frozen=True, slots=True)
class Stands:
    """`by_pupil` has whoever has a mark; `kinds` are those of the schemes the marks with a band are of."""

    by_pupil: Mapping[int, Stand]
    kinds: frozenset[str]


def stands(asked: Asked, point: PointRow, subject: int, assessment: int = 0) -> Stands:
    """Of one subject and assessment, 0 for the main one."""
    marks = marks_over(
        school=asked.school, points=[point.id], assessment=assessment, subject=subject, as_at=asked.moment
    )
    names = {option.code: option.name for option in mark_options(school=asked.school)}
    return Stands({mark.pupil: stand_of(mark, names) for mark in marks}, kinds_of(marks))


def kinds_of(marks: list[PointMark]) -> frozenset[str]:
    return frozenset(mark.kind for mark in marks if mark.band)


def stand_of(mark: PointMark, names: Mapping[str, str]) -> Stand:
    """A mark without a band says why it is not counted; one against another year says which."""
    if not mark.band:
        return Stand(why=uncounted(mark.code, names.get(mark.code, "")), said=mark.code)
    return Stand(mark.band, of_year=year_group_name(mark.of_year) if mark.of_year else "", said=mark.code)
