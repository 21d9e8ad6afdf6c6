"""One subject from every side at a point: early years, phonics, Key Stage 1, the teacher, tests and statements."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from itrack.assessment.api import marks_over, standing_results
from itrack.assessment.rules.standing import PointMark
from itrack.curriculum.api import AssessmentRow, assessments
from itrack.frameworks.rules.years import subject_key
from itrack.objectives.api import secure_of_taught
from itrack.reports.queries.in_view import InView, in_view
from itrack.reports.queries.question import Asked
from itrack.reports.rules.prior import PRIOR, Prior
from itrack.reports.rules.transition import Stand
from itrack.statutory.api import standards

READS_PHONICS = frozenset({"reading", "english", "phonics"})


@dataclass(frozen=True, slots=True)
class SideBySide:
    """`prior` are the earlier results of the subject with where each pupil stands; `marks` are by assessment, the main
    one first; `statements` are (secure, taught) of whoever has any."""

    view: InView
    prior: Sequence[tuple[Prior, Mapping[int, Stand]]]
    marks: Sequence[tuple[AssessmentRow, Mapping[int, PointMark]]]
    statements: Mapping[int, tuple[int, int]]


def side_by_side(asked: Asked, subject: int, name: str) -> SideBySide:
    """The number of queries grows with the school's assessments, and not with its pupils."""
    rows = [row for row in assessments(school=asked.school) if row.is_for(subject)]
    marks = [(row, _marks(asked, subject, row.id)) for row in rows]
    view = in_view(asked, {pupil for _, held in marks for pupil in held})
    pupils = sorted(view.population.inside)
    lines = standing_results(school=asked.school, pupils=pupils, as_at=asked.moment)
    given = standards(school=asked.school)
    prior = [(one, {pupil: one.stand(lines.get(pupil, ()), given) for pupil in pupils}) for one in _prior_of(name)]
    statements = secure_of_taught(school=asked.school, pupils=pupils, subject=name, as_at=asked.moment)
    return SideBySide(view, prior, marks, statements)


def _marks(asked: Asked, subject: int, assessment: int) -> dict[int, PointMark]:
    found = marks_over(
        school=asked.school, points=[asked.point.id], assessment=assessment, subject=subject, as_at=asked.moment
    )
    return {mark.pupil: mark for mark in found}


def _prior_of(name: str) -> list[Prior]:
    """The early years for every subject, phonics for reading, Key Stage 1 where it was judged in the subject."""
    key = subject_key(name)
    wanted = ["gld", *(["phonics"] if key in READS_PHONICS else []), f"ks1-{'reading' if key == 'english' else key}"]
    return [PRIOR[code] for code in wanted if code in PRIOR]
