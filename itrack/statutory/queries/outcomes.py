"""Each measure in each of four years with the pupils behind it, what was not held, official and national figures."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from itrack.assessment.api import ResultLine, standing_results
from itrack.foundation.viewer import Viewer
from itrack.statutory.queries.cohorts import Entrant, Year, cohorts
from itrack.statutory.queries.figures import Official, Put, put_in
from itrack.statutory.rules.assessments import ASSESSMENTS, last_year, phonics_standard
from itrack.statutory.rules.figures import FEW, hidden
from itrack.statutory.rules.measures import MEASURES, About, Measure, MeasureTally, about_of, tally_of
from itrack.statutory.rules.national import National
from itrack.statutory.rules.official import said
from itrack.statutory.rules.readers import SEES_NAMES
from itrack.ui.words import long_date

YEARS = 4


@dataclass(frozen=True, slots=True)
class Figure:
    """One measure in one year. `held` is why there is none; `few` says that this reader is not shown it."""

    measure: Measure
    year: int
    tally: MeasureTally | None
    held: str = ""
    few: bool = False
    official: Official | None = None
    national: National | None = None

    @property
    def official_value(self) -> str:
        return said(self.measure.name, self.official.value) if self.official else ""


@dataclass(frozen=True, slots=True)
class Standard:
    """The mark that met the standard of a year; None when nobody has said."""

    year: int
    mark: int | None
    held: str


@dataclass(frozen=True, slots=True)
class Outcomes:
    """`figures` are by measure, a figure a year. `anonymous`: no names and no small numbers.

    `entrants` are each year's pupils by assessment; a pupil may be among those of several.
    """

    years: list[int]
    figures: Mapping[str, list[Figure]]
    standards: list[Standard]
    anonymous: bool
    entrants: Mapping[int, Mapping[str, Mapping[int, Entrant]]]

    @property
    def all(self) -> list[Figure]:
        return [one for figures in self.figures.values() for one in figures]

    @property
    def reasons(self) -> list[str]:
        """Why something was not held, each reason once."""
        return list(dict.fromkeys(one.held for one in self.all if one.held))

    @property
    def flagged(self) -> int:
        """How many pupils have a result that counts nowhere for want of a rule."""
        return len({(one.year, pupil) for one in self.all if one.tally for pupil in one.tally.flagged})


def years_shown(*, on: date) -> list[int]:
    """The last four years of which there can be results, the earliest first."""
    return list(range(last_year(on) - YEARS + 1, last_year(on) + 1))


def outcomes(*, viewer: Viewer, on: date, as_at: datetime | None = None, upto: int = FEW) -> Outcomes:
    """Every measure of the four years up to the day `on`; as it stood at the moment `as_at`, if one is said.

    Who sees no names sees no figure that speaks of `upto` pupils or fewer.
    """
    years, put = years_shown(on=on), put_in(school=viewer.school, as_at=as_at)
    anonymous = viewer.role not in SEES_NAMES.roles
    told = tallies(school=viewer.school, years=years, measures=MEASURES, given=put.standards, on=on, as_at=as_at)
    # What was published tells of no pupil: who sees no names sees it as soon as it is put in.
    published = put_in(school=viewer.school) if anonymous else put
    few = {year: _few(told[year][0], upto) if anonymous else set() for year in years}
    columns = [_column(year, told[year][0], published, few[year]) for year in years]
    given = put.standards
    checks = [Standard(year, phonics_standard(year, given), ASSESSMENTS["phonics-1"].held(year)) for year in years]
    figures = {name: [column[name] for column in columns] for name in MEASURES}
    return Outcomes(years, figures, checks, anonymous, {year: told[year][1].entrants for year in years})


def _few(told: Mapping[str, MeasureTally], upto: int) -> set[str]:
    return hidden({name: (MEASURES[name], one) for name, one in told.items()}, upto)


def _column(year: int, told: Mapping[str, MeasureTally], put: Put, few: set[str]) -> dict[str, Figure]:
    """The figures of one year by measure, and `few`, the names of those held back."""
    held = {name: one.held(year) for name, one in ASSESSMENTS.items()}
    return {
        name: Figure(
            one,
            year,
            told.get(name),
            held[one.assessment],
            name in few,
            put.official.get((name, year)),
            put.national.get((name, year)),
        )
        for name, one in MEASURES.items()
    }


def tallies(
    *,
    school: int,
    years: Sequence[int],
    measures: Mapping[str, Measure],
    given: Mapping[int, int],
    on: date,
    as_at: datetime | None = None,
) -> dict[int, tuple[dict[str, MeasureTally], Year]]:
    """The measures of what was held in each year and had a cohort, and the year's cohorts."""
    measured = [ASSESSMENTS[name] for name in dict.fromkeys(one.assessment for one in measures.values())]
    found = {year: cohorts(school=school, assessments=measured, year=year, on=on, as_at=as_at) for year in years}
    pupils = {pupil for year in found.values() for entrants in year.entrants.values() for pupil in entrants}
    lines = standing_results(school=school, pupils=sorted(pupils), as_at=as_at)
    return {year: (_of_year(found[year], year, measures, lines, given), found[year]) for year in years}


def _of_year(
    found: Year,
    year: int,
    measures: Mapping[str, Measure],
    lines: Mapping[int, Sequence[ResultLine]],
    given: Mapping[int, int],
) -> dict[str, MeasureTally]:
    there = {
        name: (_abouts(entrants, year, lines, given), _gone(entrants, found.days[name]))
        for name, entrants in found.entrants.items()
        if entrants and not ASSESSMENTS[name].held(year)
    }
    return {name: tally_of(one, *there[one.assessment]) for name, one in measures.items() if one.assessment in there}


def _abouts(
    entrants: Mapping[int, Entrant], year: int, lines: Mapping[int, Sequence[ResultLine]], given: Mapping[int, int]
) -> dict[int, About]:
    return {pk: about_of(lines.get(pk, ()), year, given) for pk, one in entrants.items() if one.here}


def _gone(entrants: Mapping[int, Entrant], day: date) -> dict[int, str]:
    return {pk: f"Not on roll on {long_date(day)}" for pk, one in entrants.items() if not one.here}
