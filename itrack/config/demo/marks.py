"""The judgements of the demo schools, saved class by class as their teachers would.

In the two past years the second half of each term was judged. This year Autumn 1 is done, and Autumn 2 is under way:
Years 1 and 6 are done, Year 3 but for a few marks, Year 4 has its reading and the first of its maths, the others have
not begun.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING, Final

from itrack.assessment.api import save_marks
from itrack.config.demo.child import YEAR_GROUPS
from itrack.config.demo.roll import roll_of
from itrack.config.demo.schools import THIS_YEAR
from itrack.config.demo.standing import judgement
from itrack.curriculum.api import subjects
from itrack.foundation.clock import LONDON
from itrack.pupils.api import classes, known_pupils, pupils_on_roll
from itrack.schools.api import academic_year_on, points

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from itrack.config.demo.child import Child
    from itrack.config.demo.schools import DemoSchool
    from itrack.pupils.api import ClassRow, PupilLine
    from itrack.schools.api import PointRow

AUTUMN_2: Final = 2
USUAL_SLOTS, SLOTS_THIS_YEAR = (AUTUMN_2, 4, 6), (1, AUTUMN_2)
FIRST_MARKS_THIS_AUTUMN: Final = date(2026, 11, 16)
FRIDAY: Final = 4
WHOLE, DONE, BEGUN, FIRST_OF_MATHS = ("1", "6"), ("1", "3", "6"), "4", 12


@dataclass(frozen=True, slots=True)
class Marking:
    """Who marks whom and when. The head marks a class without a teacher; `children` by the pupil's id.

    `span` is from a day to the day before another; after `until` nothing has happened yet.
    """

    school: int
    head: int
    span: tuple[date, date]
    until: datetime
    children: Mapping[int, Child]
    subjects: Sequence[tuple[int, str]]


def mark_points(*, told: DemoSchool, school: int, head: int, span: tuple[date, date], until: datetime) -> None:
    """Saves what was judged in a span of days of one academic year: one save for each class and point."""
    marking = Marking(school, head, span, until, children_by_pupil(told, school), subjects(school=school))
    year = academic_year_on(span[0])
    slots = SLOTS_THIS_YEAR if year == THIS_YEAR else USUAL_SLOTS
    held = classes(school=school, year=year)
    for point in points(school=school):
        first, last = _day(point, YEAR_GROUPS[0]), _day(point, YEAR_GROUPS[-1])
        if point.year == year and point.slot in slots and last >= span[0] and first < span[1]:
            roll = pupils_on_roll(school=school, on=first, year=year)
            for row in held:
                _mark_class(marking, point, row, [line for line in roll if line.class_id == row.id])


def children_by_pupil(told: DemoSchool, school: int) -> dict[int, Child]:
    """The invented child behind each pupil of the record."""
    by_upn = {upn: child for child in roll_of(told) for upn in (child.upn, child.temporary_upn) if upn}
    return {pupil.id: by_upn[pupil.upn] for pupil in known_pupils(school=school)}


def _mark_class(marking: Marking, point: PointRow, row: ClassRow, lines: Sequence[PupilLine]) -> None:
    group = row.year_groups[0]
    day = _day(point, group)
    at = datetime.combine(day, time(15, 50), LONDON).astimezone(UTC)
    if at > marking.until or not marking.span[0] <= day < marking.span[1]:
        return
    whole = _is_under_way(point) and group in WHOLE
    cells = {
        (line.id, subject): mark
        for subject, name in marking.subjects
        for line in lines[: _how_many(point, group, name, len(lines))]
        if (mark := judgement(marking.children[line.id], name, year=point.year, slot=point.slot, whole=whole))
    }
    if cells:
        saved = save_marks(school=marking.school, point=point.id, cells=cells, by=row.teacher or marking.head, at=at)
        if saved.refused:
            raise RuntimeError(f"{len(saved.refused)} marks of {point.title} were refused: {saved.refused[0].reason}")


def _day(point: PointRow, group: str) -> date:
    """A school day in the point's last week but one, a later one for older classes."""
    later = YEAR_GROUPS.index(group)
    first = FIRST_MARKS_THIS_AUTUMN if _is_under_way(point) else point.closes_on - timedelta(days=9)
    day = first + timedelta(days=later % 5 if _is_under_way(point) else later)
    return day - timedelta(days=max(0, day.weekday() - FRIDAY))


def _is_under_way(point: PointRow) -> bool:
    return (point.year, point.slot) == (THIS_YEAR, AUTUMN_2)


def _how_many(point: PointRow, group: str, subject: str, pupils: int) -> int:
    """How many of a class's list are marked in the subject so far."""
    if not _is_under_way(point) or group in DONE:
        return pupils
    return {"Reading": pupils, "Maths": FIRST_OF_MATHS}.get(subject, 0) if group == BEGUN else 0
