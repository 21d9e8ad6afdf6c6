"""Who is on roll on the day looked at, divided into every kind of group the reader is told of."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from itrack.pupils.api import Cohort, cohort
from itrack.pupils.rules_answers import NO, UNKNOWN, YES, Flag, answer
from itrack.pupils.rules_columns import reasons_hidden_from
from itrack.pupils.rules_groups import MEALS
from itrack.reports.queries.divided import by_class, by_year_group, every_kind
from itrack.reports.queries.question import Asked
from itrack.reports.rules.answer import Person
from itrack.reports.rules.groups import Division, Part
from itrack.reports.rules.population import CLASS, YEAR, Whose
from itrack.schools.api import academic_year_on

EVER_SIX = "ever6"


@dataclass(frozen=True, slots=True)
class Roll:
    """`kinds` divide everybody on roll, as do `years` and `classes`."""

    people: Mapping[int, Person]
    kinds: Sequence[Division]
    years: Division
    classes: Division


def roll(asked: Asked) -> Roll:
    """Year groups and classes are those of the academic year of the day. Five questions, whatever the school's size."""
    day = asked.seen
    known = cohort(school=asked.school, days={day}, year=academic_year_on(day), as_at=asked.moment)
    people = {
        pupil: _person(known, pupil, held)
        for pupil, held in known.classes[day].items()
        if _is_of(asked.whose, known.pupils[pupil].year_group, held)
    }
    kinds = [division for _, division in every_kind(known, people, asked, day)]
    after_meals = next((i for i, one in enumerate(kinds, start=1) if one.code == MEALS.code), len(kinds))
    kinds[after_meals:after_meals] = _ever_six(known, people, asked)
    return Roll(people, kinds, by_year_group(known, people), by_class(known, people))


def _person(known: Cohort, pupil: int, held: tuple[int, str] | None) -> Person:
    told = known.pupils[pupil]
    class_id, class_name = held or (None, "")
    return Person(pupil, told.surname, told.forename, class_id, class_name)


def _is_of(whose: Whose, year_group: str, held: tuple[int, str] | None) -> bool:
    if whose.kind == YEAR:
        return year_group == whose.key
    return whose.kind != CLASS or (held is not None and str(held[0]) == whose.key)


def _ever_six(known: Cohort, people: Mapping[int, Person], asked: Asked) -> list[Division]:
    """For those alone who may know why a pupil is disadvantaged: it tells meals apart from care."""
    if not asked.guarded or reasons_hidden_from(asked.viewer.role):
        return []
    says: defaultdict[str, set[int]] = defaultdict(set)
    for pupil in people:
        says[answer(Flag.EVER_SIX, known.pupils[pupil].facts, asked.seen).says].add(pupil)
    words = {YES: "Ever 6", NO: "No, or none recorded", UNKNOWN: "Not known"}
    parts = [Part(code, said, frozenset(says[code])) for code, said in words.items()]
    return [Division(EVER_SIX, "Free meals in six years", parts, rule=_EVER_SIX)]


_EVER_SIX = (
    "Ever 6: free school meals on any day of the six years up to the day, not counting nursery, after the Department "
    "for Education’s measure."
)
