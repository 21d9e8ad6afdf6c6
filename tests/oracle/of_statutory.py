"""Statutory outcomes: each measure in each of four years, of the year group as on roll on the day it was assessed."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from itrack.statutory.rules.assessments import ASSESSMENTS
from itrack.statutory.rules.measures import MEASURES
from itrack.statutory.rules.national import SHIPPED
from itrack.ui.words import long_date
from tests.oracle import sums
from tests.oracle.asking import Question
from tests.oracle.circumstances import year_group
from tests.oracle.figures import Average, Exact, Foretold, Oracle, Shown, Who
from tests.oracle.results import YES, judge, standard_of
from tests.oracle.rows import Rows

YEARS = (2023, 2024, 2025, 2026)
# Assessment → the year group, and the day whoever is on roll belongs to it.
DAYS = {"eyfsp": ("R", 6, 30), "phonics-1": ("1", 6, 12), "phonics-2": ("2", 6, 12), "tables": ("4", 6, 12),
        "ks2": ("6", 5, 12)}  # fmt: skip


@dataclass(frozen=True)
class Outcome:
    """A measure in a year: who achieved it, who fell short, who is left out and why; of an average who has a score."""

    measure: str
    year: int
    achieved: frozenset[int]
    short: frozenset[int]
    out: dict[int, str]
    scores: dict[int, int]

    @property
    def is_average(self) -> bool:
        return self.measure.endswith("-average")

    @property
    def counted(self) -> frozenset[int]:
        return self.achieved | self.short

    @property
    def value(self) -> Fraction | None:
        if self.is_average:
            return sums.average(list(self.scores.values()))
        return sums.share(len(self.achieved), len(self.counted))

    @property
    def why_none(self) -> str:
        return "no pupils" if not self.counted and not self.out else "" if self.counted else "no results"

    def own(self, *, named: bool) -> Foretold:
        if self.why_none:
            return self.why_none
        if named:
            who = Who(self.achieved, self.counted)
            return Average(self.achieved, self.value) if self.is_average else who
        return Exact(self.value, sums.mean(self.value) if self.is_average else sums.percent(self.value))

    @property
    def sizes(self) -> tuple[int, ...]:
        """How many pupils it speaks of: those counted, and of a share also who achieved it and who fell short."""
        parts = () if self.is_average else (len(self.achieved), len(self.short))
        return len(self.counted), *parts


def cohort(rows: Rows, assessment: str, year: int) -> dict[int, str]:
    """Pupils of the year group, there in January or on the day; with why who had gone by then is left out."""
    group, month, number = DAYS[assessment]
    day = min(date(year, month, number), rows.seen)
    found = {}
    for pupil in rows.spells:
        there = rows.on_roll(pupil, day)
        if (there or rows.on_roll(pupil, date(year, 1, 6))) and year_group(rows, pupil, year - 1) == group:
            found[pupil] = "" if there else f"Not on roll on {long_date(day)}"
    return found


def outcome(rows: Rows, measure: str, year: int) -> Outcome:
    everybody = cohort(rows, MEASURES[measure].assessment, year)
    told = {pupil: judge(rows, pupil, measure, year) for pupil, gone in everybody.items() if not gone}
    scores = {pupil: one.score for pupil, one in told.items() if one.score is not None}
    if measure.endswith("-average"):
        achieved, short = frozenset(scores), frozenset[int]()
    else:
        achieved = frozenset(pupil for pupil, one in told.items() if one.says == YES)
        short = frozenset(pupil for pupil, one in told.items() if one.counts) - achieved
    out = {pupil: one.why for pupil, one in told.items() if pupil not in achieved | short}
    return Outcome(measure, year, achieved, short, out | {pk: why for pk, why in everybody.items() if why}, scores)


def outcomes(rows: Rows) -> dict[str, list[Outcome]]:
    return {name: [outcome(rows, name, year) for year in YEARS] for name in MEASURES}


@dataclass(frozen=True)
class Published:
    """What the school put in, or the Department published, as a fraction of one or an average."""

    rows: Rows

    def official(self, one: Outcome) -> Fraction | None:
        return self._scaled(one, self.rows.published.get((one.measure, one.year, False)))

    def england(self, one: Outcome) -> Fraction | None:
        own = self.rows.published.get((one.measure, one.year, True))
        shipped = SHIPPED.get((one.measure, one.year))
        return self._scaled(one, own if own is not None else shipped.value if shipped else None)

    def _scaled(self, one: Outcome, value: Decimal | None) -> Fraction | None:
        return None if value is None else Fraction(value) / (1 if one.is_average else 100)


def cell_of(one: Outcome, value: Fraction | None) -> Foretold:
    return "" if value is None else Exact(value, sums.published(value, average=one.is_average))


def statutory(rows: Rows, question: Question, shown: Shown | None = None) -> Oracle:
    told, found, named = Oracle(), outcomes(rows), not question.anonymous
    every = [one for figures in found.values() for one in figures]
    if named:
        told.people = frozenset().union(*(one.counted | one.out.keys() for one in every))
        told.counted = frozenset().union(*(one.counted for one in every))
        told.out = _out(every)
    _closely(told, found[question.chosen["measure"]], Published(rows), named, shown)
    for measure, figures in found.items():
        _every_measure(told, measure, figures, Published(rows), named)
    standards = [standard_of(rows, year) for year in YEARS]
    cells = [Exact(mark, str(mark)) if mark is not None else "not known" for mark in standards]
    told.say("Phonics check", "Mark that met the standard, England", dict(zip(map(str, YEARS), cells, strict=True)))
    return told


def _out(every: list[Outcome]) -> set[tuple[int, str, str]]:
    """A line a pupil, year and reason, with the assessment where it is for all of it, else its parts."""
    where: dict[tuple[int, int, str], list[str]] = {}
    for one in every:
        for pupil, why in one.out.items():
            where.setdefault((pupil, one.year, why), []).append(one.measure)
    return {(pupil, f"{year}: {'; '.join(_named(names))}", why) for (pupil, year, why), names in where.items()}


def _named(measures: list[str]) -> list[str]:
    of = MEASURES[measures[0]].assessment
    whole = len(measures) == sum(one.assessment == of for one in MEASURES.values())
    return [ASSESSMENTS[of].title] if whole else list(dict.fromkeys(MEASURES[name].within for name in measures))


def _every_measure(told: Oracle, measure: str, figures: list[Outcome], given: Published, named: bool) -> None:
    within, title, years = MEASURES[measure].within, MEASURES[measure].title, [str(one.year) for one in figures]
    rows = {"this school": [one.own(named=named) for one in figures]}
    for whose, value in (("official", given.official), ("England", given.england)):
        if any(value(one) is not None for one in figures):
            rows[whose] = [cell_of(one, value(one)) for one in figures]
    for whose, cells in rows.items():
        told.say(within, f"{title}, {whose}", dict(zip(years, cells, strict=True)))
    for one in figures:
        told.speaks_of[within, f"{title}, this school", str(one.year)] = one.sizes


def _closely(told: Oracle, figures: list[Outcome], given: Published, named: bool, shown: Shown | None) -> None:
    """One measure year by year; the official figure stands before our own, in the drawing and in the distance."""
    average = figures[0].is_average
    for one in figures:
        year, head = str(one.year), "Average" if average else "Reached"
        value = one.value if shown is None or shown(("", year, head)) else None
        official, england = given.official(one), given.england(one)
        stands = official if official is not None else value
        cells: dict[str, Foretold] = {head: one.own(named=named)}
        cells |= _parts(one) if named else {"Counted": _counted(one)}
        cells |= {"Official": cell_of(one, official), "England": cell_of(one, england)}
        apart = None if stands is None or england is None else stands - england
        cells["From England" if average else "Points from England"] = _apart(apart, average)
        told.say("", year, cells, len(one.counted) if named else None)
        told.speaks_of |= dict.fromkeys((("", year, head), ("", year, "Counted")), one.sizes)
        why = "held back" if value is None and one.value is not None else one.why_none
        told.drawn["gap", year] = why if stands is None else ""
        told.drawn["year", "This school", year] = (
            _on_scale(stands, average),
            _said(stands, average, own=official is None),
        )
        told.drawn["year", "England", year] = _on_scale(england, average), _said(england, average, own=False)
    if all(given.england(one) is None for one in figures):
        told.drawn = {key: value for key, value in told.drawn.items() if key[:2] != ("year", "England")}


def _parts(one: Outcome) -> dict[str, Foretold]:
    none = one.why_none == "no pupils"
    short: dict[str, Foretold] = {} if one.is_average else {"Not reached": "" if none else Who(one.short)}
    return short | {"Left out": "" if none else Who(frozenset(one.out))}


def _counted(one: Outcome) -> Foretold:
    return "" if one.why_none == "no pupils" else Exact(len(one.counted), str(len(one.counted)))


def _apart(apart: Fraction | None, average: bool) -> Foretold:
    if apart is None:
        return ""
    return Exact(apart, sums.mean(apart)) if average else Exact(100 * apart, sums.points(100 * apart))


def _on_scale(value: Fraction | None, average: bool) -> Fraction | None:
    return value if value is None or average else 100 * value


def _said(value: Fraction | None, average: bool, *, own: bool) -> str:
    """Our own share is a whole percentage; what was published keeps its decimal."""
    if value is None or average:
        return sums.mean(value) if value is not None else ""
    return sums.percent(value) if own else sums.published(value, average=False)
