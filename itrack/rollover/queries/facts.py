"""What the record says at the turn of a year, as the rules take it. A fixed number of questions."""

from dataclasses import dataclass
from datetime import date
from typing import Final

from itrack.pupils.api import (
    ClassRow,
    PupilLine,
    Rolling,
    classes,
    helpers_of_year,
    leavers,
    rolling_pupils,
)
from itrack.pupils.rules_classes import first_day, last_day
from itrack.rollover.rules.plan import NO_CLASS, Facts, Mover, Source
from itrack.schools.api import academic_year_on, school_row, terms

# The oldest year group of each phase; a special school's pupils stay for as long as they are there.
OLDEST: Final = {"infant": "2", "junior": "6", "primary": "6", "special": "14"}


@dataclass(frozen=True, slots=True)
class Turn:
    """The facts, and beside them what only pages show: the pupils' lines, the classes, who leaves already."""

    facts: Facts
    lines: dict[int, PupilLine]
    now: list[ClassRow]
    there: list[ClassRow]
    placed: int
    leaving: list[tuple[PupilLine, date]]
    term_ends: date

    @property
    def class_names(self) -> dict[int, str]:
        return {row.id: row.name for row in self.now}


def year_to_plan(*, school: int, on: date) -> int:
    """The year after the last one that has pupils in classes: the next, or this one while it still has none."""
    this = academic_year_on(on)
    return this + 1 if any(row.pupils for row in classes(school=school, year=this)) else this


def turn(*, school: int, year: int) -> Turn:
    """The school as it goes from the year before into the one that starts in `year`."""
    before = last_day(year - 1)
    rolling = rolling_pupils(school=school, year=year)
    now = classes(school=school, year=year - 1, on=before)
    there = classes(school=school, year=year)
    order = {row.id: place for place, row in enumerate(now)}
    moving = sorted((one for one in rolling if not one.placed), key=lambda one: _place(one, order))
    gone = [
        row for row in leavers(school=school, since=first_day(year - 1), on=before, year=year - 1) if row[1] <= before
    ]
    facts = Facts(
        year,
        tuple(_mover(one, set(order)) for one in moving),
        tuple(_source(row, helpers_of_year(school=school, year=year - 1)) for row in _used(now, moving)),
        tuple(_there(row, helpers_of_year(school=school, year=year)) for row in there),
        OLDEST[school_row(school=school).phase],
    )
    lines = {one.line.id: one.line for one in rolling}
    return Turn(facts, lines, now, there, len(rolling) - len(moving), gone, _term_ends(school, before))


def _used(now: list[ClassRow], moving: list[Rolling]) -> list[ClassRow]:
    used = {one.line.class_id for one in moving}
    return [row for row in now if row.id in used]


def _place(one: Rolling, order: dict[int, int]) -> int:
    return order.get(one.line.class_id or NO_CLASS, len(order))


def _mover(one: Rolling, known: set[int]) -> Mover:
    source = one.line.class_id if one.line.class_id in known else None
    return Mover(one.line.id, source or NO_CLASS, one.line.year_group, one.then, one.usual, one.starts)


def _source(row: ClassRow, helpers: dict[int, list[tuple[int, str]]]) -> Source:
    return Source(row.id, row.name, row.teacher, tuple(sorted(member for member, _ in helpers.get(row.id, []))))


def _there(row: ClassRow, helpers: dict[int, list[tuple[int, str]]]) -> tuple[Source, tuple[str, ...], int]:
    return _source(row, helpers), row.year_groups, row.pupils


def _term_ends(school: int, day: date) -> date:
    """The last day of the summer term before that day."""
    return max(term.ends for term in terms(school=school, day=day) if term.ends <= day)
