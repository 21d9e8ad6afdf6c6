"""The school on one page: where pupils stand now, the last statutory results, and how many marks are in."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from itrack.checking.api import completeness, look
from itrack.foundation.viewer import Role, only
from itrack.pupils.api import names_of
from itrack.reports.catalogue.attainment import outs, standing
from itrack.reports.catalogue.declared import Arithmetic, Report
from itrack.reports.catalogue.declared import Section as Place
from itrack.reports.queries.attainment import attainment
from itrack.reports.queries.question import Asked
from itrack.reports.rules.answer import (
    Answer,
    Cell,
    Column,
    Count,
    Nothing,
    Number,
    Out,
    Percent,
    Person,
    Row,
    Section,
    Table,
    Unit,
)
from itrack.reports.rules.finding import Finding, inside
from itrack.reports.rules.headlines import AVERAGED, averaged, did, entered, now_at
from itrack.reports.rules.measure import AT_EXPECTED
from itrack.reports.rules.pictures import ShareBar, ShareBars
from itrack.reports.rules.tally import SubjectTally
from itrack.reports.rules.together import ALL_THREE, three_of, together
from itrack.statutory.api import Figure, outcomes
from itrack.statutory.rules.figures import value_of
from itrack.statutory.rules.measures import MEASURES
from itrack.statutory.rules.official import title_of
from itrack.ui.words import percent

# Measure → how its bar is called.
SHOWN = {
    "gld": "Good level, Reception",
    "phonics-year-1": "Phonics, Year 1",
    "phonics-year-2": "Phonics by Year 2",
    AVERAGED: "Times tables, average",
    "tables-full": "Times tables, full marks",
    "rwm-expected": "KS2 RWM, expected",
    "rwm-higher": "KS2 RWM, higher",
}
HEADS = (
    Column("Headline", numeric=False),
    Column("Pupils"),
    Column("Of"),
    Column("Figure", strong=True),
    Column("In words", numeric=False),
)
TODAY = "Statutory results are as the record has them today, also on an earlier day."


@dataclass(frozen=True, slots=True)
class Headline:
    """One row of the page. `cells` are the figure's own; `share` is what is drawn, None where nothing can be."""

    title: str
    cells: Sequence[Cell]
    words: str
    share: tuple[int, int] | None = None
    short: str = ""


def headlines(asked: Asked) -> Answer:
    found = attainment(asked, asked.subjects)
    tallies = [*found.tallies, *_all_three(found.tallies, asked)]
    last, year = _last(asked)
    now, marks = [_now(one) for one in tallies], _marks(asked)
    tallied = [one for one in last if one.tally]
    return Answer(
        denominator=f"{found.denominator} {ALL_THREE} Statutory figures are of the year group as it stood when the "
        "assessment was held, by the rules of the Department for Education.",
        sections=[
            *_sections(asked, now, marks),
            _section(f"Statutory assessments of {year}", [_statutory(one) for one in last]),
        ],
        people={**_people(asked, tallied), **found.pupils},
        counted=found.counted.union(*(_counted(one) for one in tallied)),
        out=[*outs(found.tallies), *(line for one in tallied for line in _outs(one))],
        findings=[Finding("", one.words) for one in [*now[-1:], *marks]],
        standing={
            **standing(tallies),
            **{title_of(one.measure.name): _stands(one) for one in tallied},
        },
        rules=[*(f"{title_of(name)}. {MEASURES[name].of}" for name in SHOWN), *([TODAY] if asked.as_at else [])],
    )


def _all_three(tallies: Sequence[SubjectTally], asked: Asked) -> list[SubjectTally]:
    """Reading, writing and maths together; nothing in a school without subjects of those names."""
    by_id = {one.subject: one for one in tallies}
    three = [by_id[pk] for pk, _ in three_of(asked.subjects)]
    return [together(three)] if three else []


def _last(asked: Asked) -> tuple[list[Figure], int]:
    """The measures shown, of the last year there can be results of."""
    told = outcomes(viewer=asked.viewer, on=asked.seen)
    return [told.figures[name][-1] for name in SHOWN], told.years[-1]


def _now(one: SubjectTally) -> Headline:
    reached, counted = AT_EXPECTED.reached(one), one.counted
    words = f"{AT_EXPECTED.words} in {inside(one.name)}"
    cells: list[Cell] = [
        Count(f"{one.subject}.expected", reached, counted, words, one.name),
        Count(f"{one.subject}.counted", counted, None, f"counted in {inside(one.name)}", one.name),
        Percent(Fraction(len(reached), len(counted)) if counted else None),
    ]
    said = now_at(words, len(reached), len(counted), one.population)
    return Headline(
        f"{one.name}: {AT_EXPECTED.words}",
        cells,
        said,
        (len(reached), len(counted)),
        one.name if one.subject else "All three together",
    )


def _marks(asked: Asked) -> list[Headline]:
    """How many marks are in: told as of today alone."""
    looked = look(school=asked.school, point=asked.point.id, assessment=0, today=asked.today)
    if looked is None or asked.as_at is not None:
        return []
    whole = completeness(viewer=asked.viewer, looked=looked).whole
    share = Fraction(whole.done, whole.total) if whole.total else None
    cells: list[Cell] = [Number(whole.done), Number(whole.total), Percent(share)]
    return [Headline("Marks entered", cells, entered(whole.done, whole.total), (whole.done, whole.total))]


def _statutory(one: Figure) -> Headline:
    title, tally = title_of(one.measure.name), one.tally
    if one.held or tally is None or not tally.counted:
        why = one.held or ("Nobody is counted." if tally else "No pupils of that year group here.")
        return Headline(title, [None, None, Nothing("–")], f"{why}{_official(one)}")
    about, name = title, one.measure.name
    everybody = _counted(one)
    counted = Count(f"{name}.counted", everybody, None, f"counted in {inside(title)}", about)
    if one.measure.average:
        mean = Fraction(sum(tally.scores.values()), len(tally.scores))
        said = averaged(one.year, value_of(one.measure, tally), tally.counted)
        return Headline(title, [None, counted, Number(mean, Unit.MEAN)], said + _official(one))
    reached = frozenset(tally.achieved)
    cells: list[Cell] = [Count(f"{name}.achieved", reached, everybody, inside(title), about), counted]
    said = did(name, one.year, len(reached), tally.counted)
    share = Percent(Fraction(len(reached), tally.counted))
    return Headline(title, [*cells, share], said + _official(one), (len(reached), tally.counted), SHOWN[name])


def _official(one: Figure) -> str:
    return f" The official figure is {one.official_value}." if one.official else ""


def _sections(asked: Asked, now: Sequence[Headline], marks: Sequence[Headline]) -> list[Section]:
    return [_section(f"{asked.point.name}: at expected or above", [*now, *marks])] if now else []


def _section(title: str, rows: Sequence[Headline]) -> Section:
    bars = [
        ShareBar(row.short or row.title, *row.share, percent(*row.share)) for row in rows if row.share and row.share[1]
    ]
    picture = ShareBars(title, bars, title) if bars else None
    table = Table(title.partition(":")[0], HEADS, [Row([row.title, *row.cells, row.words]) for row in rows])
    return Section([table], title, picture)


def _counted(one: Figure) -> frozenset[int]:
    return frozenset({*one.tally.achieved, *one.tally.short}) if one.tally else frozenset()


def _outs(one: Figure) -> list[Out]:
    told = one.tally.out if one.tally else {}
    return [Out(pupil, title_of(one.measure.name), why) for pupil, why in sorted(told.items())]


def _stands(one: Figure) -> Mapping[int, str]:
    return {**one.tally.achieved, **one.tally.short, **one.tally.out} if one.tally else {}


def _people(asked: Asked, told: Sequence[Figure]) -> dict[int, Person]:
    """Who was assessed, also those who have left since."""
    pupils = {pupil for one in told for pupil in _stands(one)}
    names = names_of(school=asked.school, pupils=pupils)
    return {pupil: Person(pupil, *names[pupil]) for pupil in sorted(pupils)}


REPORT = Report(
    name="headlines",
    title="Headlines",
    answers="The school on one page: each subject now, the last statutory results, and how many marks are in.",
    counts="In a subject pupils with a mark of a band; in a statutory figure the year group of its day.",
    arithmetic=Arithmetic.MEANS,
    may=only(Role.ADMINISTRATOR, Role.HEAD, Role.SENCO),
    section=Place.SCHOOL,
    pupils=False,
    work_out=headlines,
)
