"""Objectives at the demo school that uses them: maths and reading, judged once so far this autumn, strand by strand.

Each class has been through the first statements of its year's first strand, 4B through more. What comes later in a
strand is harder and waits, so that every page has something done and something next.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from typing import TYPE_CHECKING, Final

from itrack.config.demo.marks import children_by_pupil
from itrack.config.demo.schools import OAKFIELD, THIS_YEAR
from itrack.config.demo.standing import place
from itrack.foundation.clock import LONDON
from itrack.frameworks.api import framework_for, statements
from itrack.objectives.api import save_statements, use_objectives
from itrack.pupils.api import classes, pupils_on_roll

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from itrack.config.demo.child import Child
    from itrack.config.demo.schools import DemoSchool
    from itrack.frameworks.api import StatementLine

USED: Final = {"maths": 1, "reading": 1}
BEGUN_ON, JUDGED_ON = date(2026, 10, 16), date(2026, 11, 13)
# How deep a child of this standing is, and how much harder each later statement is.
STEPS: Final = ((1.0, "D"), (-0.55, "S"), (-1.3, "E"))
HARDER, FAR_BELOW = 0.12, "N"
# How many strands each subject has been through; the class of the teacher most visitors sign in as has done more.
STRANDS, STRANDS_OF_4B = {"Maths": 1}, {"Maths": 3, "Reading": 1}


def judge_objectives(*, told: DemoSchool, school: int, head: int, span: tuple[date, date], until: datetime) -> None:
    """Turns objectives on and saves what was judged, if that day is in the span: one save for each class."""
    at = _at(JUDGED_ON)
    if told is not OAKFIELD or at > until or not span[0] <= JUDGED_ON < span[1]:
        return
    use_objectives(school=school, times=USED, by=head, at=_at(BEGUN_ON))
    children = children_by_pupil(told, school)
    roll = pupils_on_roll(school=school, on=JUDGED_ON, year=THIS_YEAR)
    for row in classes(school=school, year=THIS_YEAR):
        pupils = [line.id for line in roll if line.class_id == row.id]
        cells = {
            (pupil, line.id): _code(children[pupil], subject, number, line.code)
            for subject, number, line in _judged(school, row.year_groups[0])
            for pupil in pupils
        }
        if cells:
            save_statements(school=school, cells=cells, by=row.teacher or head, at=at)


def _at(day: date) -> datetime:
    return datetime.combine(day, time(15, 40), LONDON).astimezone(UTC)


def _judged(school: int, year_group: str) -> Iterator[tuple[str, int, StatementLine]]:
    """(subject, place in its strand, statement) of what a class of that year has been taught so far."""
    for subject, many in (STRANDS_OF_4B if year_group == "4" else STRANDS).items():
        found = framework_for(school=school, year=THIS_YEAR, subject=subject, year_group=year_group)
        if found is None:
            continue
        lines = statements(school=school, framework=found.id, subject=subject, year_group=year_group)
        for strand in list(dict.fromkeys(line.strand.id for line in lines))[:many]:
            own = [line for line in lines if line.strand.id == strand]
            yield from ((subject, number, line) for number, line in enumerate(_taught(own)))


def _taught(lines: Sequence[StatementLine]) -> Sequence[StatementLine]:
    """The first two thirds."""
    return lines[: -(-len(lines) * 2 // 3)]


def _code(child: Child, subject: str, number: int, statement: str) -> str:
    stands = place(child, subject, years=THIS_YEAR - child.reception, event=statement) - HARDER * number
    return next((code for least, code in STEPS if stands >= least), FAR_BELOW)
