"""How far the marks of a point and assessment have come, and who is missing. A fixed number of questions."""

from dataclasses import dataclass
from datetime import date

from itrack.assessment.api import marks_of
from itrack.checking.rules.completeness import ClassShare, Share, by_subject, not_started, shares, total
from itrack.curriculum.api import AssessmentRow, assessments, subjects
from itrack.foundation.viewer import Viewer
from itrack.pupils.api import PupilLine, class_roll, classes_for, pupils_on_roll
from itrack.schools.api import PointRow, academic_year_on, past_points, point_among, points


@dataclass(frozen=True, slots=True)
class Looked:
    """What is looked at: a point, an assessment, and the day whose classes count."""

    points: list[PointRow]
    assessments: list[AssessmentRow]
    point: PointRow
    assessment: AssessmentRow
    on: date
    this_year: bool

    @property
    def is_main(self) -> bool:
        return self.assessment == self.assessments[0]


@dataclass(frozen=True, slots=True)
class Completeness:
    """`classes` are those this person sees, `subjects` each subject over all of them."""

    looked: Looked
    classes: list[ClassShare]

    @property
    def subjects(self) -> list[Share]:
        return by_subject(self.classes)

    @property
    def whole(self) -> Share:
        return total(0, "All classes", [row.whole for row in self.classes])

    @property
    def waiting(self) -> list[ClassShare]:
        """Classes nobody has begun to mark."""
        return not_started(self.classes)


def look(*, school: int, point: int, assessment: int, today: date) -> Looked | None:
    """The point and the assessment asked for, 0 for the usual ones; None when the school has no such one."""
    known, named = points(school=school), assessments(school=school)
    at = next((row for row in known if row.id == point), None) if point else point_among(known, day=today)
    of = next((row for row in named if row.id == assessment or not assessment), None)
    if at is None or of is None:
        return None
    this_year = at.year == academic_year_on(today)
    on = at.closes_on if at.id in past_points(known, on=today) else today if this_year else at.opens_on
    return Looked(known, named, at, of, on, this_year)


def completeness(*, viewer: Viewer, looked: Looked) -> Completeness:
    """Counts the classes this person sees: as they are today, of a past point as they were when it closed."""
    point, of = looked.point, looked.assessment
    rows = classes_for(viewer=viewer, year=point.year, on=looked.on)
    on_roll = pupils_on_roll(school=viewer.school, on=looked.on, year=point.year)
    marks = marks_of(school=viewer.school, point=point.id, assessment=of.id)
    told = shares(
        [(row.id, row.name, row.teacher_name) for row in rows],
        asked_for(viewer.school, looked),
        {pupil.id: pupil.class_id for pupil in on_roll if pupil.class_id is not None},
        [(mark.pupil, mark.subject) for mark in marks if mark.confirmed],
        [(mark.pupil, mark.subject) for mark in marks if not mark.confirmed],
    )
    return Completeness(looked, told)


def asked_for(school: int, looked: Looked) -> list[tuple[int, str]]:
    """(id, name) of the subjects that the point and the assessment ask for."""
    taught = subjects(school=school, opens_on=looked.point.opens_on)
    return [(pk, name) for pk, name in taught if looked.assessment.is_for(pk)]


@dataclass(frozen=True, slots=True)
class Missing:
    """Who of a class has no mark in a subject. `copied` are those of them with a copy that nobody has confirmed."""

    looked: Looked
    group: tuple[int, str]
    subject: tuple[int, str]
    pupils: list[PupilLine]
    copied: set[int]


def missing(*, viewer: Viewer, looked: Looked, group: int, subject: int) -> Missing | None:
    """None when the class is not this person's to see, or the subject is not asked for there."""
    seen = classes_for(viewer=viewer, year=looked.point.year, on=looked.on)
    named = next((row.name for row in seen if row.id == group), None)
    taught = next((row for row in asked_for(viewer.school, looked) if row[0] == subject), None)
    if named is None or taught is None:
        return None
    lines = class_roll(school=viewer.school, on=looked.on, year=looked.point.year, group=group)
    of = looked.assessment.id
    marks = marks_of(school=viewer.school, point=looked.point.id, assessment=of, subject=subject)
    sure = {mark.pupil for mark in marks if mark.confirmed}
    copied = {mark.pupil for mark in marks} - sure
    return Missing(looked, (group, named), taught, [line for line in lines if line.id not in sure], copied)
