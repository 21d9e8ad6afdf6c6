"""Whose record may be sent on, and the rows a transfer file is written from."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import batched

from itrack.assessment.api import held_results
from itrack.imports.rules.outgoing import row_to_send
from itrack.imports.rules.rows import PupilRow
from itrack.pupils.api import PupilLine, held_pupils, known_pupils, leavers, pupils_on_roll
from itrack.schools.api import academic_year_on, point_on, points

AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class ToSend:
    """Who can be chosen: those who left or leave this term with their last day, and the rest of the roll."""

    term: date
    leaving: list[tuple[PupilLine, date]]
    roll: list[PupilLine]

    @property
    def on_roll(self) -> int:
        return len(self.roll)

    @property
    def staying(self) -> list[PupilLine]:
        gone = {line.id for line, _ in self.leaving}
        return [line for line in self.roll if line.id not in gone]


def to_send(*, school: int, on: date) -> ToSend:
    """The pupils as the page for sending lists them."""
    year, term = academic_year_on(on), first_day_of_term(school=school, on=on)
    leaving = leavers(school=school, since=term, on=on, year=year)
    return ToSend(term, leaving, pupils_on_roll(school=school, on=on, year=year))


def first_day_of_term(*, school: int, on: date) -> date:
    """A term is two half-term slots; without a calendar it is the whole year."""
    point = point_on(school=school, day=on)
    if point is None:
        return date(academic_year_on(on), 9, 1)
    first = point.slot - (point.slot % 2 == 0)
    return next(one.opens_on for one in points(school=school) if (one.year, one.slot) == (point.year, first))


def whole_roll(*, school: int, on: date) -> list[int]:
    return [line.id for line in pupils_on_roll(school=school, on=on, year=academic_year_on(on))]


def numbers_known(*, school: int) -> dict[str, int]:
    """Each UPN and each id as text → the pupil's id, of all the school holds."""
    known = known_pupils(school=school)
    return {str(pupil.id): pupil.id for pupil in known} | {pupil.upn: pupil.id for pupil in known if pupil.upn}


def rows_to_send(*, school: int, pupils: Sequence[int], year: int) -> Iterator[PupilRow]:
    """The record of each pupil in the order given, read some hundreds at a time."""
    for chunk in batched(pupils, AT_ONCE):
        held = held_pupils(school=school, pupils=chunk)
        results = held_results(school=school, pupils=chunk)
        for pupil in chunk:
            yield row_to_send(held[pupil], results.get(pupil, {}), year=year)
