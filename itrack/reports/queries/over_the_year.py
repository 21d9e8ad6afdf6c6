"""One subject at every point of a year that has begun: who was in view at each, with the marks they have."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from itrack.assessment.api import marks_over
from itrack.assessment.rules.standing import PointMark
from itrack.curriculum.api import mark_options
from itrack.pupils.api import cohort
from itrack.reports.queries.in_view import InView, days_at, view_of
from itrack.reports.queries.question import Asked
from itrack.reports.rules.answer import Person
from itrack.reports.rules.tally import NO_MARK, uncounted
from itrack.schools.api import PointRow, points


@dataclass(frozen=True, slots=True)
class AtPoint:
    """`marks` are of those who count if marked; `names` say what a code is called that no band has."""

    view: InView
    marks: Mapping[int, PointMark]
    names: Mapping[str, str]

    @property
    def point(self) -> PointRow:
        return self.view.point

    @property
    def inside(self) -> frozenset[int]:
        return self.view.population.inside

    def in_band(self, band: str) -> frozenset[int]:
        return frozenset(pupil for pupil, mark in self.marks.items() if mark.band == band)

    def why_not(self, pupil: int) -> str:
        """Why a pupil in view has no mark that counts."""
        mark = self.marks.get(pupil)
        if mark is not None:
            return uncounted(mark.code, self.names.get(mark.code, ""))
        return self.view.population.outside.get(pupil) or self.view.population.unmarked.get(pupil, NO_MARK)


def over_the_year(asked: Asked, subject: int, *, assessment: int = 0) -> list[AtPoint]:
    """Earliest first. The number of queries is the same for any number of pupils and points."""
    begun = begun_points(asked)
    found = marks_over(
        school=asked.school,
        points=[one.id for one in begun],
        assessment=assessment,
        subject=subject,
        as_at=asked.moment,
    )
    days = {day for one in begun for day in (days_at(one, asked).roll, days_at(one, asked).last)}
    known = cohort(school=asked.school, days=days | {asked.seen}, year=asked.point.year, as_at=asked.moment)
    names = {option.code: option.name for option in mark_options(school=asked.school)}
    told = []
    for point in begun:
        marks = {mark.pupil: mark for mark in found if mark.point == point.id}
        view = view_of(asked, point, known, marks.keys())
        inside = view.population.inside
        told.append(AtPoint(view, {pupil: mark for pupil, mark in marks.items() if pupil in inside}, names))
    return told


def begun_points(asked: Asked) -> list[PointRow]:
    """The points of the year that had opened by the day looked at, or else its first."""
    of_year = [point for point in points(school=asked.school) if point.year == asked.point.year]
    return [point for point in of_year if point.opens_on <= asked.seen] or of_year[:1]


def people_of(told: Sequence[AtPoint]) -> dict[int, Person]:
    """Everybody in view at one of the points, in the class of the latest."""
    return {pupil: one for at in told for pupil, one in at.view.people.items()}
