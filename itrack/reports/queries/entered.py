"""Who of each class has a mark in each subject at a point, and who waits for one."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from itrack.assessment.api import marks_of
from itrack.assessment.rules.standing import StandingMark
from itrack.checking.api import asked_for, look
from itrack.curriculum.api import assessments
from itrack.pupils.api import ClassRow, PupilLine, classes_for, pupils_on_roll
from itrack.pupils.rules_years import natural_order
from itrack.reports.queries.question import Asked, NothingYet, Offered
from itrack.reports.rules.answer import Person
from itrack.reports.rules.population import CLASS, YEAR


@dataclass(frozen=True, slots=True)
class OfClass:
    """One class: `marked` and `copied` by subject. Copies that nobody has confirmed are not marked yet."""

    id: int
    name: str
    teacher: str
    pupils: frozenset[int]
    marked: Mapping[int, frozenset[int]]
    copied: Mapping[int, frozenset[int]]


@dataclass(frozen=True, slots=True)
class Entered:
    """`subjects` are those that the point and the assessment ask for, `classless` are on roll and in no class."""

    assessment: str
    subjects: Sequence[tuple[int, str]]
    classes: Sequence[OfClass]
    people: Mapping[int, Person]
    classless: frozenset[int]


def assessments_offered(asked: Asked, _: Offered) -> list[tuple[str, str]]:
    rows = assessments(school=asked.school)
    if not rows:
        raise NothingYet("Nothing is assessed yet", "A head or administrator sets up a mark scheme first.")
    return [(str(row.id), row.name) for row in rows]


def entered(asked: Asked) -> Entered:
    """Of the classes this person sees, as they are today, or were as a past point closed."""
    school, wanted = asked.school, int(asked.chosen["assessment"])
    looked = look(school=school, point=asked.point.id, assessment=wanted, today=asked.today)
    if looked is None:
        raise NothingYet("Nothing is assessed yet", "A head or administrator sets up a mark scheme first.")
    lines = pupils_on_roll(school=school, on=looked.on, year=asked.point.year)
    if asked.whose.kind == YEAR:
        lines = [line for line in lines if line.year_group == asked.whose.key]
    marks, taught = (
        marks_of(school=school, point=asked.point.id, assessment=looked.assessment.id),
        asked_for(school, looked),
    )
    classes = [_of_class(row, lines, marks, taught) for row in _classes(asked, looked.on)]
    seen = frozenset(pupil for one in classes for pupil in one.pupils)
    people = {
        line.id: Person(line.id, line.surname, line.forename, line.class_id, line.class_name)
        for line in lines
        if line.id in seen or (line.class_id is None and asked.whose.kind != CLASS)
    }
    return Entered(looked.assessment.name, taught, classes, people, frozenset(people) - seen)


def _classes(asked: Asked, on: date) -> list[ClassRow]:
    rows = classes_for(viewer=asked.viewer, year=asked.point.year, on=on)
    wanted = [row for row in rows if asked.whose.kind != CLASS or str(row.id) == asked.whose.key]
    return sorted(wanted, key=lambda row: natural_order(row.name))


def _of_class(
    row: ClassRow, lines: Sequence[PupilLine], marks: Sequence[StandingMark], taught: Sequence[tuple[int, str]]
) -> OfClass:
    pupils = frozenset(line.id for line in lines if line.class_id == row.id)
    held = [mark for mark in marks if mark.pupil in pupils]
    sure, copied = (
        {pk: frozenset(one.pupil for one in held if (one.subject, one.confirmed) == (pk, told)) for pk, _ in taught}
        for told in (True, False)
    )
    return OfClass(row.id, row.name, row.teacher_name, pupils, sure, copied)
