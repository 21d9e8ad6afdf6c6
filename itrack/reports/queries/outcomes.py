"""The statutory outcomes of four years, with everybody they are of."""

from collections.abc import Mapping
from dataclasses import dataclass

from itrack.reports.queries.asked import year_groups_offered
from itrack.reports.queries.question import Asked, Offered
from itrack.reports.queries.small_numbers import small_numbers
from itrack.reports.rules.answer import Person
from itrack.statutory.api import Entrant, Outcomes, outcomes
from itrack.statutory.rules.assessments import ASSESSMENTS
from itrack.statutory.rules.measures import MEASURES
from itrack.statutory.rules.official import title_of


@dataclass(frozen=True, slots=True)
class Seen:
    """`people` has everybody in view, in the class of the last of these years they were assessed in.

    A figure of `upto` pupils or fewer is held back from who sees no names.
    """

    found: Outcomes
    people: Mapping[int, Person]
    upto: int

    def class_in(self, year: int, assessment: str, pupil: int) -> str:
        group = self.found.entrants[year][assessment][pupil].group
        return group[1] if group else ""


def seen(asked: Asked) -> Seen:
    upto = small_numbers(school=asked.school)
    found = outcomes(viewer=asked.viewer, on=asked.seen, as_at=asked.moment, upto=upto)
    people: dict[int, Person] = {}
    for year in found.years:
        for entrants in found.entrants[year].values():
            people |= {pupil: _person(pupil, one) for pupil, one in entrants.items()}
    return Seen(found, people, upto)


def _person(pupil: int, one: Entrant) -> Person:
    class_id, class_name = one.group or (None, "")
    return Person(pupil, one.pupil.surname, one.pupil.forename, class_id, class_name)


def measures_offered(asked: Asked, offered: Offered) -> list[tuple[str, str]]:
    """Every measure, that of the oldest year group there is first."""
    there = {whose.key for whose in year_groups_offered(asked)}
    usual = ("rwm-expected", "tables-average", "phonics-year-1", "gld")
    first = next((name for name in usual if ASSESSMENTS[MEASURES[name].assessment].year_group in there), usual[0])
    return [(name, title_of(name)) for name in sorted(MEASURES, key=lambda name: name != first)]
