"""Attainment at a point, for whoever is asked about, as it stood: one calculation for pages, files and command."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from itrack.assessment.api import judgement_table
from itrack.curriculum.api import mark_options
from itrack.pupils.api import Cohort, cohort, year_group_order
from itrack.reports.queries.divided import by_year_group, divisions
from itrack.reports.queries.question import Asked
from itrack.reports.rules.answer import Person
from itrack.reports.rules.finding import Finding, Standing, findings, told_of
from itrack.reports.rules.groups import Division, Group, breakdown
from itrack.reports.rules.population import Days, Place, Rolls, days_of, denominator, population
from itrack.reports.rules.tally import SubjectTally, counted_somewhere, tally
from itrack.reports.rules.together import ALL_THREE, TOGETHER, three_of, together


@dataclass(frozen=True, slots=True)
class Attainment:
    """The answer. `pupils` holds everybody in any tally; `year_groups` are those of the whole school.

    `closely` is the subject that is divided into `groups`, None where no mark of it counts. Groups are those of the
    day `groups_on`; `divisions` and `by_year` divide everybody in view.
    """

    asked: Asked
    tallies: Sequence[SubjectTally]
    pupils: Mapping[int, Person]
    denominator: str
    findings: Sequence[Finding]
    year_groups: Sequence[str]
    closely: SubjectTally | None
    groups: Sequence[Group]
    groups_on: date
    divisions: Sequence[Division]
    by_year: Division

    @property
    def population(self) -> int:
        return self.tallies[0].population if self.tallies else 0

    @property
    def counted(self) -> frozenset[int]:
        """Who is counted in at least one subject."""
        return counted_somewhere(self.tallies)


def attainment(asked: Asked, subjects: Sequence[tuple[int, str]]) -> Attainment:
    """Tallies these subjects. The number of queries is the same for any number of pupils."""
    point, moment = asked.point, asked.moment
    days = days_of(opens_on=point.opens_on, closes_on=point.closes_on, seen_on=asked.seen)
    marks = judgement_table(school=asked.school, point=point.id, as_at=moment)
    known = cohort(school=asked.school, days={days.roll, days.last, asked.seen}, year=point.year, as_at=moment)
    rolls = _rolls(known, days, asked.seen, {pupil for pupil, *_ in marks})
    tallies = tally(subjects, _named(asked.school), population(asked.whose, days=days, rolls=rolls), marks)
    pupils = _in_view(tallies, known, rolls, days, asked.seen)
    standings = [Standing(one.name, len(one.secure), len(one.counted), one.population) for one in tallies]
    closely = _closely(tallies, standings, _chosen(asked))
    divided = divisions(known, pupils, asked, days.roll)
    return Attainment(
        asked=asked,
        tallies=tallies,
        pupils=pupils,
        denominator=denominator(asked.whose, days=days, point=point.name, opens_on=point.opens_on),
        findings=findings(standings, where=asked.whose.running, chosen=_chosen(asked)),
        year_groups=sorted({place.year_group for place in rolls.everybody.values()}, key=year_group_order),
        closely=closely,
        groups=breakdown(closely, divided) if closely else [],
        groups_on=days.roll,
        divisions=divided,
        by_year=by_year_group(known, pupils),
    )


def _named(school: int) -> dict[str, str]:
    """What each code is called."""
    return {option.code: option.name for option in mark_options(school=school)}


def _chosen(asked: Asked) -> str:
    return asked.subject[1] if asked.subject else ""


def attainment_of_one(asked: Asked) -> Attainment:
    """The one subject asked for, or reading, writing and maths together as if they were one."""
    if asked.subject != TOGETHER:
        return attainment(asked, [asked.subject] if asked.subject else [])
    found = attainment(asked, three_of(asked.subjects))
    whole = together(found.tallies)
    return replace(
        found,
        tallies=[whole],
        denominator=f"{found.denominator} {ALL_THREE}",
        closely=whole if whole.counted else None,
        groups=breakdown(whole, found.divisions) if whole.counted else [],
    )


def _rolls(known: Cohort, days: Days, seen: date, marked: set[int]) -> Rolls:
    first, last = _places(known, days.roll), _places(known, days.last)
    # Marks can be entered for a point that was over when the pupil came: then they must not just vanish.
    stray = marked - first.keys() - last.keys()
    late = {pupil: place for pupil, place in _places(known, seen).items() if pupil in stray}
    joined = {pupil: day for pupil, day in known.joined[days.last].items() if pupil not in first}
    joined |= {pupil: known.joined[seen][pupil] for pupil in late}
    return Rolls(first, last, late, joined)


def _places(known: Cohort, day: date) -> dict[int, Place]:
    return {
        pupil: Place(known.pupils[pupil].year_group, str(held[0]) if held else "")
        for pupil, held in known.classes[day].items()
    }


def _in_view(tallies: Sequence[SubjectTally], known: Cohort, rolls: Rolls, days: Days, seen: date) -> dict[int, Person]:
    """One line a pupil: in the class of the earliest roll, but without a class there in the one given later."""
    held: dict[int, tuple[int, str] | None] = {pupil: known.classes[seen][pupil] for pupil in rolls.late}
    for day in (days.last, days.roll):
        held |= {pupil: group for pupil, group in known.classes[day].items() if group or pupil not in held}
    shown = tallies[0] if tallies else None
    ids = (*shown.counted, *shown.out) if shown else ()
    return {pupil: _line(known, pupil, held[pupil]) for pupil in ids}


def _line(known: Cohort, pupil: int, held: tuple[int, str] | None) -> Person:
    told = known.pupils[pupil]
    class_id, class_name = held or (None, "")
    return Person(pupil, told.surname, told.forename, class_id, class_name)


def _closely(tallies: Sequence[SubjectTally], standings: Sequence[Standing], chosen: str) -> SubjectTally | None:
    told = told_of(standings, chosen=chosen)
    return tallies[standings.index(told)] if told is not None and told.counted else None
