"""Whose record may be sent on, and the rows a transfer file is written from."""

from collections import Counter
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
    born: dict[int, date]

    @property
    def on_roll(self) -> int:
        return len(self.roll)

    @property
    def staying(self) -> list[tuple[PupilLine, date | None]]:
        """The rest of the roll; with the date of birth where a name stands twice: nobody sends the wrong one."""
        gone = {line.id for line, _ in self.leaving}
        return [(line, self.born.get(line.id)) for line in self.roll if line.id not in gone]

    @property
    def left(self) -> list[tuple[PupilLine, date | None, date]]:
        return [(line, self.born.get(line.id), last) for line, last in self.leaving]


def to_send(*, school: int, on: date) -> ToSend:
    """The pupils as the page for sending lists them."""
    year, term = academic_year_on(on), first_day_of_term(school=school, on=on)
    leaving = leavers(school=school, since=term, on=on, year=year)
    roll = pupils_on_roll(school=school, on=on, year=year)
    named = {line.id: line.name for line in (*roll, *(line for line, _ in leaving))}
    often = Counter(named.values())
    twice = {pk for pk, name in named.items() if often[name] > 1}
    born = {pupil.id: pupil.dob for pupil in known_pupils(school=school) if pupil.id in twice}
    return ToSend(term, leaving, roll, born)


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
