"""Annual reports to parents as the record and their teachers make them: a class at a time, in a few questions."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

from django.db.models import QuerySet

from itrack.assessment.api import last_marks, standing_results
from itrack.curriculum.api import subjects
from itrack.foundation.composed import Composed, among
from itrack.foundation.viewer import Viewer
from itrack.parents.models import Comment, Logo, ReportState, SchoolWords
from itrack.parents.rules.national import COMPARED, national_words
from itrack.parents.rules.report import GENERAL, Attendance, ForSchool, Report, State, Subject, ToAll
from itrack.pupils.api import (
    AttendanceRow,
    PupilLine,
    attendance_of,
    class_roll,
    classes,
    may_see_pupil,
    pupil_line,
    pupils_on_roll,
)
from itrack.schools.api import SLOTS
from itrack.statutory.api import national_figures
from itrack.statutory.rules.figures import is_telling, value_of
from itrack.statutory.rules.measures import MEASURES, tally

FEW = "not given: few pupils"


def words_to_all(*, school: int) -> ToAll:
    row = SchoolWords.objects.filter(school_id=school, ended_at__isnull=True).values_list("discuss", "national").first()
    return ToAll(*row) if row else ToAll()


def national_offered(*, school: int, year: int) -> str:
    """What the record knows of England for reports of that academic year, as a text to begin with; "" for nothing."""
    return national_words(national_figures(school=school), upto=year + 1)


def logo_of(*, school: int) -> bytes:
    """The school's logo as PNG, b"" for none."""
    held = Logo.objects.filter(school_id=school, ended_at__isnull=True).values_list("png", flat=True).first()
    return bytes(held) if held else b""


def for_school(*, school: int, year: int, on: date) -> ForSchool:
    teachers = {row.id: row.teacher_name for row in classes(school=school, year=year, on=on)}
    return ForSchool(words_to_all(school=school), _compared(school, year, on), subjects(school=school), teachers)


def _compared(school: int, year: int, on: date) -> list[tuple[str, str]]:
    """The school's own figures of the year; none while nobody at the end of Key Stage 2 has a result."""
    pupils = [line.id for line in pupils_on_roll(school=school, on=on, year=year, year_group="6")]
    lines = standing_results(school=school, pupils=pupils)
    cohort = {pupil: [line for line in lines.get(pupil, []) if line.year == year + 1] for pupil in pupils}
    if not any(line.stage == "KS2" and line.component != "MTC" for told in cohort.values() for line in told):
        return []
    told = [(MEASURES[name], tally(MEASURES[name], year + 1, cohort, {})) for name in COMPARED]
    return [
        (f"{one.within}: {one.title}", FEW if is_telling(one, found) else value_of(one, found)) for one, found in told
    ]


def reports_of_class(*, school: int, group: int, year: int, on: date, beside: ForSchool) -> list[Report]:
    """A report for everybody in the class and on roll that day, by name. The number of questions is always the same."""
    lines = class_roll(school=school, on=on, year=year, group=group)
    return _reports(school, lines, year, beside)


def report_of(*, viewer: Viewer, pupil: int, year: int, on: date, beside: ForSchool) -> Report | None:
    """None when there is no such pupil, or none whom this person sees."""
    if not may_see_pupil(viewer=viewer, pupil=pupil, on=on):
        return None
    line = pupil_line(school=viewer.school, pupil=pupil, on=on, year=year)
    return _reports(viewer.school, [line], year, beside)[0] if line else None


def _reports(school: int, lines: Sequence[PupilLine], year: int, beside: ForSchool) -> list[Report]:
    pupils = [line.id for line in lines]
    marks = last_marks(school=school, pupils=pupils, assessment=0, year=year, slot=len(SLOTS), since=year)
    texts, states = comments_of(school=school, pupils=pupils, year=year), _states(school, pupils, year)
    results = standing_results(school=school, pupils=pupils)
    sessions = attendance_of(school=school, pupils=pupils, year=year)
    return [
        Report(
            pupil=line.id,
            name=line.spoken,
            year_group=line.year_group,
            class_name=line.class_name,
            teacher=beside.teachers.get(line.class_id or 0, ""),
            subjects=[
                Subject(pk, name, marks.get((line.id, pk)), texts.get((line.id, pk), "")) for pk, name in beside.taught
            ],
            general=texts.get((line.id, GENERAL), ""),
            results=[one for one in results.get(line.id, []) if one.year == year + 1],
            attendance=_attendance(sessions.get(line.id)),
            state=states.get(line.id, State.DRAFT),
        )
        for line in lines
    ]


def _attendance(row: AttendanceRow | None) -> Attendance | None:
    if row is None or not row.possible:
        return None
    return Attendance(row.year, row.possible, row.attended, row.authorised, row.unauthorised)


def comments_of(*, school: int, pupils: Sequence[int], year: int) -> dict[tuple[int, int], str]:
    """(pupil, subject or GENERAL) → what stands."""
    rows = _COMMENTS.rows(school=school, pupils=list(pupils), year=year)
    return {(pupil, subject or GENERAL): text for pupil, subject, text in rows}


def _states(school: int, pupils: Sequence[int], year: int) -> Mapping[int, State]:
    rows = _STATES.rows(school=school, pupils=list(pupils), year=year)
    return {pupil: State(state) for pupil, state in rows}


def _standing[Row: (Comment, ReportState)](model: type[Row], given: Callable[[str], Any]) -> QuerySet[Row]:
    theirs = among("pupil_id", given("pupils"))
    return model.objects.filter(theirs, school_id=given("school"), year=given("year"), ended_at__isnull=True)


_COMMENTS = Composed(lambda given: _standing(Comment, given).values_list("pupil_id", "subject_id", "text"))
_STATES = Composed(lambda given: _standing(ReportState, given).values_list("pupil_id", "state"))
