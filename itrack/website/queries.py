"""What somebody meets on coming in: their classes, how far the marks are, what waits."""

from dataclasses import dataclass
from datetime import date

from itrack.assessment.api import judgement_table
from itrack.curriculum.api import subjects
from itrack.foundation.viewer import MARKERS, Viewer
from itrack.pupils.api import classes_for, pupils_on_roll
from itrack.schools.api import PointRow, academic_year_on, point_on
from itrack.website.rules import ClassShare, school_days_until, shares


@dataclass(frozen=True, slots=True)
class Home:
    """`pupils` counts the whole roll; `classes` are those this person sees, with their marks at `point`."""

    point: PointRow | None
    days_left: int
    pupils: int
    classes: list[ClassShare]
    unplaced: int

    @property
    def done(self) -> int:
        return sum(row.whole.done for row in self.classes)

    @property
    def total(self) -> int:
        return sum(row.whole.total for row in self.classes)

    @property
    def waiting(self) -> list[ClassShare]:
        """Classes nobody has begun to mark."""
        return [row for row in self.classes if row.whole.total and not row.whole.done]


def home(*, viewer: Viewer, today: date) -> Home:
    """Gathers the page in a fixed number of queries."""
    year = academic_year_on(today)
    point = point_on(school=viewer.school, day=today)
    on_roll = pupils_on_roll(school=viewer.school, on=today, year=year)
    marked = judgement_table(school=viewer.school, point=point.id) if point and MARKERS.admits(viewer) else []
    seen = classes_for(viewer=viewer, year=year, on=today)
    return Home(
        point=point,
        days_left=school_days_until(point.closes_on, today) if point else 0,
        pupils=len(on_roll),
        classes=shares(
            [(row.id, row.name, row.teacher_name) for row in seen],
            subjects(school=viewer.school),
            {pupil.id: pupil.class_id for pupil in on_roll if pupil.class_id is not None},
            [(pupil, subject) for pupil, subject, _ in marked],
        ),
        unplaced=sum(pupil.class_id is None for pupil in on_roll),
    )
