"""The statements of one strand, with the marks of those in view whose statements they are."""

from collections.abc import Sequence
from dataclasses import dataclass

from itrack.objectives.api import StrandMarks, marks_of_strand, strands_in_use
from itrack.objectives.rules.choice import StrandChoice
from itrack.reports.queries.in_view import InView, in_view
from itrack.reports.queries.question import Asked, NothingYet, Offered
from itrack.reports.rules.answer import Person
from itrack.reports.rules.population import CLASS, YEAR


@dataclass(frozen=True, slots=True)
class OfStrand:
    """`people` are those whose statements these are, by name; `others` are in view and of another year."""

    view: InView
    strand: StrandChoice
    held: StrandMarks
    people: Sequence[Person]
    others: frozenset[int]


def strands_offered(asked: Asked, offered: Offered) -> list[tuple[str, str]]:
    """Those of the pupils asked about first."""
    found = strands_in_use(school=asked.school, year=asked.point.year)
    if not found:
        raise NothingYet("No objectives are in use", "A head or administrator says in which subjects they are used.")
    years = _years(asked, offered)
    ordered = sorted(found, key=lambda one: not any(one.is_for(year) for year in years))
    return [(str(one.id), f"{one.course.subject}, {one.band_name}: {one.name}") for one in ordered]


def _years(asked: Asked, offered: Offered) -> set[str]:
    if asked.whose.kind == YEAR:
        return {asked.whose.key}
    wanted = [row for row in offered.classes if asked.whose.kind != CLASS or str(row.id) == asked.whose.key]
    return {year for row in wanted for year in row.year_groups}


def of_strand(asked: Asked, wanted: int) -> OfStrand:
    strands = strands_in_use(school=asked.school, year=asked.point.year)
    strand = next(one for one in strands if one.id == wanted)
    view = in_view(asked, ())
    inside = view.population.inside
    own = {pupil for pupil in inside if strand.is_for(view.known.pupils[pupil].year_group)}
    held = marks_of_strand(school=asked.school, strand=strand, pupils=sorted(own), as_at=asked.moment)
    people = sorted((view.people[pupil] for pupil in own), key=lambda one: (one.class_name, one.order))
    return OfStrand(view, strand, held, people, inside - own)
