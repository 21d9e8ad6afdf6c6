"""The school on one page: where pupils stand now, the last statutory results, and how many marks are in."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import partial

from itrack.checking.api import completeness, look
from itrack.reports.catalogue.attainment import COUNTED, SECURE, outs, standing
from itrack.reports.catalogue.declared import Arithmetic, Report
from itrack.reports.catalogue.declared import Section as Place
from itrack.reports.catalogue.statutory import cell
from itrack.reports.queries.attainment import Attainment, attainment
from itrack.reports.queries.outcomes import seen
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
    Sum,
    Table,
    Unit,
)
from itrack.reports.rules.finding import Finding, inside
from itrack.reports.rules.headlines import AVERAGED, averaged, did, entered, now_at
from itrack.reports.rules.measure import AT_EXPECTED
from itrack.reports.rules.pictures import ShareBar, ShareBars
from itrack.reports.rules.suppression.held import Shown
from itrack.reports.rules.tally import SubjectTally
from itrack.reports.rules.together import ALL_THREE, three_of, together
from itrack.statutory.api import Figure
from itrack.statutory.rules.figures import value_of
from itrack.statutory.rules.measures import MEASURES
from itrack.statutory.rules.official import title_of
from itrack.statutory.rules.readers import READS_OUTCOMES
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
ALONE = "secure.alone"  # at expected or above in it and not in all three
HEADS = (
    Column("Headline", numeric=False),
    Column("Pupils"),
    Column("Of"),
    Column("Figure", strong=True),
    Column("In words", numeric=False),
)


WITHOUT_COUNTS = (
    Column("Headline", numeric=False),
    Column("Figure", strong=True),
    Column("Official figure"),
)


@dataclass(frozen=True, slots=True)
class Headline:
    """One row of the page. `cells` are the figure's own; `share` is what is drawn, None where nothing can be."""

    title: str
    cells: Sequence[Cell]
    words: str
    share: tuple[int, int] | None = None
    short: str = ""
    keys: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Last:
    """The statutory figures shown, of one year."""

    figures: Sequence[Figure]
    year: int
    people: Mapping[int, Person]


def headlines(asked: Asked) -> Answer:
    return _told(attainment(asked, asked.subjects), _last(asked), asked, None)


def views(asked: Asked) -> list[Answer]:
    """What is settled with other reports: the statutory part, without names, has rules of its own."""
    return [_told(attainment(asked, asked.subjects), None, asked, None)]


def _told(found: Attainment, last: Last | None, asked: Asked, shown: Shown | None) -> Answer:
    """`shown` is given where nothing may be said but of the figures that are shown."""
    whole = _all_three(found.tallies, asked)
    tallies = [*found.tallies, *whole]
    now, marks = [_now(one, shown) for one in tallies], _marks(asked)
    # Without names nothing is told of who a statutory figure leaves out, neither who nor how many.
    tallied = [one for one in last.figures if one.tally] if last and not asked.anonymous else []
    statutory = [_statutory_section(last, asked)] if last else []
    return Answer(
        denominator=f"{found.denominator} {ALL_THREE} Statutory figures are of the year group as it stood when the "
        "assessment was held, by the rules of the Department for Education.",
        sections=[*_sections(asked, now, marks), *statutory],
        people={**(_people(last, tallied) if last else {}), **found.pupils},
        counted=found.counted.union(*(_counted(one) for one in tallied)),
        out=[*outs(found.tallies), *(line for one in tallied for line in _outs(one))],
        findings=[Finding("", one.words) for one in [*now[-1:], *marks] if one.words],
        standing=standing(tallies) | {title_of(one.measure.name): _stands(one) for one in tallied},
        rules=[f"{title_of(name)}. {MEASURES[name].of}" for name in SHOWN],
        sums=[Sum(_key(one, SECURE), (_key(three, SECURE), alone.key)) for one, three, alone in _each(whole, found)],
        untold=[alone for _, _, alone in _each(whole, found)],
        retold=partial(_told, found, last, asked),
    )


def _each(whole: Sequence[SubjectTally], found: Attainment) -> list[tuple[SubjectTally, SubjectTally, Count]]:
    """Each of the three subjects, all three together, and who reaches the one and not the other: that is what the two
    figures tell when one is taken from the other."""
    three = {pk for pk, _ in three_of(found.asked.subjects)}
    return [
        (one, every, Count(_key(one, ALONE), one.secure - every.secure))
        for every in whole
        for one in found.tallies
        if one.subject in three
    ]


def _key(one: SubjectTally, name: str) -> str:
    """As in the attainment overview: the same pupils have the same key."""
    return f"{one.subject}.{name}"


def _all_three(tallies: Sequence[SubjectTally], asked: Asked) -> list[SubjectTally]:
    """Reading, writing and maths together; nothing in a school without subjects of those names."""
    by_id = {one.subject: one for one in tallies}
    three = [by_id[pk] for pk, _ in three_of(asked.subjects)]
    return [together(three)] if three else []


def _last(asked: Asked) -> Last:
    """The measures shown, of the last year there can be results of."""
    told = seen(asked)
    return Last([told.found.figures[name][-1] for name in SHOWN], told.found.years[-1], told.people)


def _now(one: SubjectTally, shown: Shown | None) -> Headline:
    reached, counted = one.secure, one.counted
    words, keys = f"{AT_EXPECTED.words} in {inside(one.name)}", [_key(one, SECURE), _key(one, COUNTED)]
    cells: list[Cell] = [
        Count(keys[0], reached, counted, words, one.name),
        Count(keys[1], counted, None, f"counted in {inside(one.name)}", one.name),
        Percent(Fraction(len(reached), len(counted)) if counted else None),
    ]
    told = shown is None or all(map(shown, keys))
    in_view = one.population if shown is None else len(counted)  # else it would tell how many are missing
    return Headline(
        f"{one.name}: {AT_EXPECTED.words}",
        cells,
        now_at(words, len(reached), len(counted), in_view) if told else "",
        (len(reached), len(counted)),
        one.name if one.subject else "All three together",
        keys,
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


def _statutory_section(last: Last, asked: Asked) -> Section:
    title = f"Statutory assessments of {last.year}"
    if not asked.anonymous:
        return _section(title, [_statutory(one) for one in last.figures])
    columns = WITHOUT_COUNTS if any(one.official for one in last.figures) else WITHOUT_COUNTS[:2]
    rows = [Row(_without_names(one)[: len(columns)]) for one in last.figures]
    return Section([Table(title, columns, rows)], title)


def _without_names(one: Figure) -> list[Cell]:
    """A percentage or an average and no count, as the report of statutory outcomes has it."""
    return [title_of(one.measure.name), cell(one, anonymous=True), one.official_value if one.official else None]


def _official(one: Figure) -> str:
    return f" The official figure is {one.official_value}." if one.official else ""


def _sections(asked: Asked, now: Sequence[Headline], marks: Sequence[Headline]) -> list[Section]:
    return [_section(f"{asked.point.name}: at expected or above", [*now, *marks])] if now else []


def _section(title: str, rows: Sequence[Headline]) -> Section:
    bars = [
        ShareBar(row.short or row.title, *row.share, percent(*row.share), keys=row.keys)
        for row in rows
        if row.share and row.share[1]
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


def _people(last: Last, told: Sequence[Figure]) -> dict[int, Person]:
    """Who was assessed, also those who have left since."""
    return {pupil: last.people[pupil] for pupil in sorted({pupil for one in told for pupil in _stands(one)})}


REPORT = Report(
    name="headlines",
    title="Headlines",
    answers="The school on one page: each subject now, the last statutory results, and how many marks are in.",
    counts="In a subject pupils with a mark of a band; in a statutory figure the year group of its day.",
    arithmetic=Arithmetic.MEANS,
    may=READS_OUTCOMES,
    section=Place.SCHOOL,
    pupils=False,
    work_out=headlines,
    views=views,
)
