"""Who is in view at an assessment point, with the one line a report shows of each pupil."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache

from itrack.pupils.api import Cohort, cohort
from itrack.reports.queries.question import Asked
from itrack.reports.rules.answer import Person
from itrack.reports.rules.population import Days, Place, Rolls, days_of, denominator, in_view_words, population
from itrack.reports.rules.tally import Population
from itrack.schools.api import PointRow


@dataclass(frozen=True, slots=True)
class InView:
    """`people` are all of the population by id, `known` everybody who was on roll on one of `days` or is today.

    `words` say who is in view, `denominator` who of them is counted where each subject counts for itself.
    """

    point: PointRow
    days: Days
    known: Cohort
    rolls: Rolls
    population: Population
    people: Mapping[int, Person]
    denominator: str
    words: str

    def joined(self, pupil: int) -> date | None:
        """The first day of the spell on roll in which the pupil is in view."""
        spells = (self.known.joined[day] for day in (self.days.roll, self.days.last) if day in self.known.joined)
        return next((spell[pupil] for spell in spells if pupil in spell), None)


def in_view(asked: Asked, marked: Collection[int]) -> InView:
    """At the point asked about. `marked` has a mark there. Four queries, for any number of pupils."""
    days = days_at(asked.point, asked)
    known = cohort(
        school=asked.school, days={days.roll, days.last, asked.seen}, year=asked.point.year, as_at=asked.moment
    )
    return view_of(asked, asked.point, known, marked)


def days_at(point: PointRow, asked: Asked) -> Days:
    return days_of(opens_on=point.opens_on, closes_on=point.closes_on, seen_on=asked.seen)


def view_of(asked: Asked, point: PointRow, known: Cohort, marked: Collection[int]) -> InView:
    """At another point, of pupils looked up before; `known` has the days of that point and the day looked at."""
    days = days_at(point, asked)
    rolls = _rolls(known, days, asked.seen, set(marked))
    whose = population(asked.whose, days=days, rolls=rolls)
    people = _people(whose, known, rolls, days, asked.seen)
    told, words = (
        say(asked.whose, days=days, point=point.name, opens_on=point.opens_on) for say in (denominator, in_view_words)
    )
    return InView(point, days, known, rolls, whose, people, told, words)


def _rolls(known: Cohort, days: Days, seen: date, marked: set[int]) -> Rolls:
    first, last = _places(known, days.roll), _places(known, days.last)
    # Marks can be entered for a point that was over when the pupil came: then they must not just vanish.
    stray = marked - first.keys() - last.keys()
    late = {pupil: place for pupil, place in _places(known, seen).items() if pupil in stray} if stray else {}
    joined = {pupil: day for pupil, day in known.joined[days.last].items() if pupil not in first}
    joined |= {pupil: known.joined[seen][pupil] for pupil in late}
    return Rolls(first, last, late, joined)


def _places(known: Cohort, day: date) -> dict[int, Place]:
    """Many stand in one place: each is made once."""
    place, pupils = cache(Place), known.pupils
    return {
        pupil: place(pupils[pupil].year_group, str(held[0]) if held else "")
        for pupil, held in known.classes[day].items()
    }


def _people(whose: Population, known: Cohort, rolls: Rolls, days: Days, seen: date) -> dict[int, Person]:
    """One line a pupil: in the class of the earliest roll, but without a class there in the one given later."""
    held: dict[int, tuple[int, str] | None] = {pupil: known.classes[seen][pupil] for pupil in rolls.late}
    for day in (days.last, days.roll):
        held |= {pupil: group for pupil, group in known.classes[day].items() if group or pupil not in held}
    return {pupil: line_of(known, pupil, held[pupil]) for pupil in (*whose.inside, *whose.outside)}


def line_of(known: Cohort, pupil: int, held: tuple[int, str] | None) -> Person:
    told = known.pupils[pupil]
    class_id, class_name = held or (None, "")
    return Person(pupil, told.surname, told.forename, class_id, class_name)
