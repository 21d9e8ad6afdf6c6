"""Attainment at a point, for whoever is asked about, as it stood: one calculation for pages, files and command."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from itrack.assessment.api import pupils_by_mark
from itrack.curriculum.api import mark_options
from itrack.reports.queries.divided import by_year_group, divisions
from itrack.reports.queries.in_view import in_view
from itrack.reports.queries.question import Asked
from itrack.reports.rules.answer import Person
from itrack.reports.rules.finding import Finding, Standing, findings, told_of
from itrack.reports.rules.groups import Division, Group, breakdown
from itrack.reports.rules.tally import SubjectTally, counted_somewhere, tally
from itrack.reports.rules.together import ALL_THREE, TOGETHER, three_of, together


@dataclass(frozen=True, slots=True)
class Attainment:
    """The answer. `pupils` holds everybody in any tally.

    `closely` is the subject that is divided into `groups`, None where no mark of it counts. Groups are those of the
    day `groups_on`; `divisions` and `by_year` divide everybody in view.
    """

    asked: Asked
    tallies: Sequence[SubjectTally]
    pupils: Mapping[int, Person]
    denominator: str
    findings: Sequence[Finding]
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
    marks = pupils_by_mark(school=asked.school, point=asked.point.id, as_at=asked.moment)
    view = in_view(asked, frozenset().union(*(pupils for *_, pupils in marks)))
    named = _named(asked.school) if any(not band for _, _, band, _ in marks) else {}
    tallies = tally(subjects, named, view.population, marks)
    pupils = view.people if tallies else {}
    standings = [Standing(one.name, len(one.secure), len(one.counted), one.population) for one in tallies]
    closely = _closely(tallies, standings, _chosen(asked))
    divided = divisions(view.known, pupils, asked, view.days.roll)
    return Attainment(
        asked=asked,
        tallies=tallies,
        pupils=pupils,
        denominator=view.denominator,
        findings=findings(standings, where=asked.whose.running, chosen=_chosen(asked)),
        closely=closely,
        groups=breakdown(closely, divided) if closely else [],
        groups_on=view.days.roll,
        divisions=divided,
        by_year=by_year_group(view.known, pupils),
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


def _closely(tallies: Sequence[SubjectTally], standings: Sequence[Standing], chosen: str) -> SubjectTally | None:
    told = told_of(standings, chosen=chosen)
    return tallies[standings.index(told)] if told is not None and told.counted else None
