"""One pupil's page: the record, their judgements over points, and statutory results in words."""

from dataclasses import dataclass
from datetime import date

from itrack.assessment.models import Judgement
from itrack.assessment.queries.results import standing_results
from itrack.assessment.rules.grid import mark_of
from itrack.assessment.rules.profile import PointOf, Profile, birth_term, profile
from itrack.assessment.rules.result_words import GOALS
from itrack.assessment.rules.results import Told, good_level, tell
from itrack.curriculum.api import assessments, subjects
from itrack.curriculum.rules import BANDS, Band
from itrack.curriculum.rules_schemes import Kind
from itrack.foundation.viewer import Role, Viewer
from itrack.pupils.api import (
    PupilFlags,
    PupilRecord,
    may_see_pupil,
    pupil_flags,
    pupil_record,
    year_group_of,
    years_told,
)
from itrack.pupils.rules_columns import hidden_from
from itrack.schools.api import academic_year_on, points

# Marks, results, needs and care are for those who teach the pupil or lead the school; the office keeps the rest.
SEES_ALL_OF_A_PUPIL = frozenset({Role.ADMINISTRATOR, Role.HEAD, Role.SENCO, Role.TEACHER})


@dataclass(frozen=True, slots=True)
class PupilPage:
    """`in_full` False: marks, results, needs and care are left out, because of the reader's role.

    `goals` are the early learning goals that the good level of development among the `results` sums up.
    """

    record: PupilRecord
    flags: PupilFlags
    in_full: bool
    profile: Profile
    results: list[Told]
    goals: list[Told]
    bands: tuple[Band, ...] = BANDS

    @property
    def birth_term(self) -> str:
        return birth_term(self.record.dob)


def pupil_page(*, viewer: Viewer, pupil: int, on: date) -> PupilPage | None:
    """None when there is no such pupil, or none whom this person sees."""
    if not may_see_pupil(viewer=viewer, pupil=pupil, on=on):
        return None
    in_full, year = viewer.role in SEES_ALL_OF_A_PUPIL, academic_year_on(on)
    record = pupil_record(school=viewer.school, pupil=pupil, on=on, year=year, hidden=hidden_from(viewer.role))
    flags = pupil_flags(school=viewer.school, pupil=pupil, role=viewer.role, on=on)
    if record is None or flags is None:
        return None
    if not in_full:
        return PupilPage(record, flags, in_full, Profile([], []), [], [])
    known = years_told([pupil], school=viewer.school)[pupil] | {year: record.line.year_group}
    marks = _profile(viewer.school, pupil, known)
    return PupilPage(record, flags, in_full, marks, *_results(viewer.school, pupil, known))


def _profile(school: int, pupil: int, known: dict[int, str]) -> Profile:
    calendar = [
        PointOf(point.id, point.name, point.title, year_group_of(known, point.year)) for point in points(school=school)
    ]
    rows = Judgement.objects.filter(school_id=school, pupil_id=pupil, ended_at__isnull=True, confirmed=True)
    fields = ("point_id", "subject_id", "assessment_id", "code", "band", "option__name", "scheme__kind")
    marks = {
        (point, (subject, of)): mark_of(code, band, True, names={code.rpartition(":")[2]: name or ""}, kind=Kind(kind))
        for point, subject, of, code, band, name, kind in rows.values_list(*fields)
    }
    return profile(calendar, _lines(school), marks)


def _lines(school: int) -> list[tuple[tuple[int, int], str]]:
    """A line for each subject, and under it one for each of its other assessments."""
    named = assessments(school=school)
    return [
        ((subject, one.id), name if one == named[0] else f"{name}: {one.name}")
        for subject, name in subjects(school=school)
        for one in named
    ]


def _results(school: int, pupil: int, known: dict[int, str]) -> tuple[list[Told], list[Told]]:
    """The results, earliest first, and apart from them the early years' goals, where what they come to can be told."""
    lines = standing_results(school=school, pupils=[pupil]).get(pupil, [])
    level = good_level(lines)
    told = [(line, tell(line, year_group_of(known, line.year - 1))) for line in lines]
    if level is None:
        return [row for _, row in told], []
    goals = [row for line, row in told if line.component in GOALS]
    return [level, *(row for line, row in told if line.component not in GOALS)], goals
