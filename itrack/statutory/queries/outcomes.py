"""The four-year table: each measure in each year with the pupils behind it, what was not held, official figures."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from itrack.assessment.api import ResultLine, standing_results
from itrack.foundation.viewer import Viewer
from itrack.statutory.queries.cohorts import Entrant, Year, cohorts
from itrack.statutory.queries.figures import Official, official_figures, standards
from itrack.statutory.rules.assessments import ASSESSMENTS, last_year, phonics_standard
from itrack.statutory.rules.figures import hidden, value_of
from itrack.statutory.rules.measures import MEASURES, About, Measure, MeasureTally, about_of, tally_of
from itrack.statutory.rules.official import STANDARD, said, title_of
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

    @property
    def value(self) -> str:
        return value_of(self.measure, self.tally) if self.tally else ""

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
    """`sections` are (heading, its measures with a figure a year). `anonymous`: no names and no small numbers."""

    years: list[int]
    sections: list[tuple[str, list[tuple[Measure, list[Figure]]]]]
    standards: list[Standard]
    anonymous: bool

    @property
    def reasons(self) -> list[str]:
        """Why something was not held, each reason once."""
        figures = (one for _, rows in self.sections for _, figures in rows for one in figures)
        return list(dict.fromkeys(one.held for one in figures if one.held))

    @property
    def flagged(self) -> int:
        """How many pupils have a result that counts nowhere for want of a rule."""
        told = (one for _, rows in self.sections for _, figures in rows for one in figures)
        return len({(one.year, pupil) for one in told if one.tally for pupil in one.tally.flagged})


def years_shown(*, on: date) -> list[int]:
    """The last four years of which there can be results, the earliest first."""
    return list(range(last_year(on) - YEARS + 1, last_year(on) + 1))


def outcomes(*, viewer: Viewer, on: date) -> Outcomes:
    """Every measure of the last four years."""
    years = years_shown(on=on)
    given = standards(school=viewer.school)
    official = official_figures(school=viewer.school)
    anonymous = viewer.role not in SEES_NAMES.roles
    told = _tallies(viewer.school, years, given, on)
    columns = [_column(year, told[year], official, anonymous) for year in years]
    rows = [(measure, [column[name] for column in columns]) for name, measure in MEASURES.items()]
    sections = [(within, list(some)) for within, some in groupby(rows, key=lambda row: row[0].within)]
    checks = [Standard(year, phonics_standard(year, given), ASSESSMENTS["phonics-1"].held(year)) for year in years]
    return Outcomes(years, sections, checks, anonymous)


def _column(
    year: int, told: Mapping[str, MeasureTally], official: Mapping[tuple[str, int], Official], anonymous: bool
) -> dict[str, Figure]:
    """The figures of one year by measure."""
    few = hidden({name: (MEASURES[name], one) for name, one in told.items()}) if anonymous else set()
    held = {name: one.held(year) for name, one in ASSESSMENTS.items()}
    return {
        name: Figure(one, year, told.get(name), held[one.assessment], name in few, official.get((name, year)))
        for name, one in MEASURES.items()
    }


def _tallies(
    school: int, years: Sequence[int], given: Mapping[int, int], on: date
) -> dict[int, dict[str, MeasureTally]]:
    measured = [ASSESSMENTS[name] for name in dict.fromkeys(one.assessment for one in MEASURES.values())]
    found = {year: cohorts(school=school, assessments=measured, year=year, on=on) for year in years}
    pupils = {pupil for year in found.values() for entrants in year.entrants.values() for pupil in entrants}
    lines = standing_results(school=school, pupils=sorted(pupils))
    return {year: _of_year(found[year], year, lines, given) for year in years}


def _of_year(
    found: Year, year: int, lines: Mapping[int, Sequence[ResultLine]], given: Mapping[int, int]
) -> dict[str, MeasureTally]:
    """The measures of what was held that year and that a cohort was there for."""
    there = {
        name: (_abouts(entrants, year, lines, given), _gone(entrants, found.days[name]))
        for name, entrants in found.entrants.items()
        if entrants and not ASSESSMENTS[name].held(year)
    }
    return {
        measure.name: tally_of(measure, *there[measure.assessment])
        for measure in MEASURES.values()
        if measure.assessment in there
    }


def _abouts(
    entrants: Mapping[int, Entrant], year: int, lines: Mapping[int, Sequence[ResultLine]], given: Mapping[int, int]
) -> dict[int, About]:
    return {pk: about_of(lines.get(pk, ()), year, given) for pk, one in entrants.items() if one.here}


def _gone(entrants: Mapping[int, Entrant], day: date) -> dict[int, str]:
    return {pk: f"Not on roll on {long_date(day)}" for pk, one in entrants.items() if not one.here}


@dataclass(frozen=True, slots=True)
class NamedPupil:
    id: int
    name: str
    class_name: str
    read: str
    flagged: bool


@dataclass(frozen=True, slots=True)
class Behind:
    """A figure with its names. Of an average, `achieved` are those it is of and `short` nobody."""

    figure: Figure
    day: date
    achieved: list[NamedPupil]
    short: list[NamedPupil]
    out: list[NamedPupil]

    @property
    def title(self) -> str:
        return f"{title_of(self.figure.measure.name)}, {self.figure.year}"


def behind(*, viewer: Viewer, measure: str, year: int, on: date) -> Behind | None:
    """The names behind one figure; None where there is no such figure."""
    told = MEASURES.get(measure)
    if told is None or year not in years_shown(on=on) or ASSESSMENTS[told.assessment].held(year):
        return None
    assessment, given = ASSESSMENTS[told.assessment], standards(school=viewer.school)
    found = cohorts(school=viewer.school, assessments=[assessment], year=year, on=on)
    entrants, day = found.entrants[assessment.name], found.days[assessment.name]
    lines = standing_results(school=viewer.school, pupils=list(entrants))
    one = tally_of(told, _abouts(entrants, year, lines, given), _gone(entrants, day))
    official = official_figures(school=viewer.school).get((measure, year))
    parts = [_named(entrants, some, one.flagged) for some in (one.achieved, one.short, one.out)]
    return Behind(Figure(told, year, one, official=official), day, *parts)


def _named(entrants: Mapping[int, Entrant], told: Mapping[int, str], flagged: frozenset[int]) -> list[NamedPupil]:
    rows = [
        NamedPupil(pk, entrants[pk].pupil.name, (entrants[pk].group or (0, ""))[1], read, pk in flagged)
        for pk, read in told.items()
    ]
    return sorted(rows, key=lambda row: row.name.casefold())


def outcomes_data(*, viewer: Viewer, on: date, year: int | None, names: bool) -> dict[str, object]:
    """The table as plain data for the command line; of one year when asked."""
    found = outcomes(viewer=viewer, on=on)
    rows = [
        _data(one, found.anonymous) | (_names(viewer, one, on) if names and not found.anonymous else {})
        for _, measures in found.sections
        for _, figures in measures
        for one in figures
        if year in (None, one.year)
    ]
    marks = {str(one.year): one.mark for one in found.standards if year in (None, one.year)}
    return {"report": "statutory-outcomes", "school": viewer.school_name, STANDARD: marks, "rows": rows}


def _data(one: Figure, anonymous: bool) -> dict[str, object]:
    told: dict[str, object] = {"measure": one.measure.name, "title": title_of(one.measure.name), "year": one.year}
    if one.official:
        told |= {"official": one.official_value, "source": one.official.source}
    if one.held or one.tally is None or one.few:
        return told | {"value": None, "why": one.held or ("few pupils" if one.few else "no pupils of that year here")}
    told |= {"value": one.value, "denominator": one.measure.of}
    if anonymous:
        return told
    counts = {"achieved": len(one.tally.achieved), "counted": one.tally.counted, "left_out": len(one.tally.out)}
    return told | counts | {"without_a_rule": len(one.tally.flagged)}


def _names(viewer: Viewer, one: Figure, on: date) -> dict[str, object]:
    found = behind(viewer=viewer, measure=one.measure.name, year=one.year, on=on) if one.tally else None
    if found is None:
        return {}
    parts = {"achieved": found.achieved, "counted": found.short, "left out": found.out}
    return {
        "pupils": [{"pupil": who.name, "in": part, "read": who.read} for part, some in parts.items() for who in some]
    }
