"""Early years, phonics, times tables and Key Stage 2 over four years, beside what the Department published."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from fractions import Fraction

from itrack.foundation.viewer import LEADERS, MARKERS
from itrack.reports.catalogue.declared import Arithmetic, Report, Way
from itrack.reports.catalogue.declared import Section as Place
from itrack.reports.catalogue.outcomes_closely import closely, mean_of, published, year_of
from itrack.reports.queries.outcomes import Seen, measures_offered, seen
from itrack.reports.queries.question import Asked, Choice
from itrack.reports.rules.answer import (
    Answer,
    Cell,
    Column,
    Count,
    Hidden,
    Mean,
    Nothing,
    Number,
    Out,
    Percent,
    Row,
    Section,
    Table,
    Unit,
)
from itrack.reports.rules.finding import listed
from itrack.statutory.api import Figure
from itrack.statutory.rules.assessments import ASSESSMENTS
from itrack.statutory.rules.measures import MEASURES, Measure, MeasureTally
from itrack.statutory.rules.official import title_of
from itrack.statutory.rules.readers import READS_OUTCOMES
from itrack.ui.words import figure

DENOMINATOR = (
    "Pupils of the year group on the roll on the day of each assessment. A percentage is of those counted, an average "
    "of those with a score. Who has no result is left out and named, and not taken for one who fell short of it."
)
OFFICIAL = (
    "“Official” is a figure the school put in from a source it names: it counts before what its own results come to, "
    "which stands above it."
)
ENGLAND = (
    "“England” is as the Department for Education published it, and empty where it is not known here. Those figures "
    "are rounded, so a distance from them may be a point more or less."
)
NO_PROGRESS = "No progress score of a single pupil is made here: it is a step of a school’s sum (DfE)."


def overview(asked: Asked) -> Answer:
    """The measure looked at closely, then all of them."""
    told = seen(asked)
    found, named = told.found, not told.found.anonymous
    measure = MEASURES[asked.chosen["measure"]]
    section, findings = closely(told, measure)
    return Answer(
        denominator=DENOMINATOR,
        sections=[section, *_all_measures(told, _notes(told, measure.name))],
        people=told.people if named else {},
        counted=_counted(found.all) if named else frozenset(),
        out=_outs(told) if named else (),
        findings=findings,
        standing=_standing(told) if named else {},
        rules=_rules(),
        settled=found.anonymous,
        everywhere=False,
        somewhere="in at least one measure of the four years",
    )


def _all_measures(told: Seen, notes: Sequence[str]) -> list[Section]:
    shares = [one for one in MEASURES.values() if not one.average]
    means = [one for one in MEASURES.values() if one.average]
    first = Table("Percentages", _heads(told), list(_rows(told, shares)))
    second = Table("Averages and marks", _heads(told), [*_rows(told, means), _standards(told)])
    return [Section([first], title=first.title), Section([second], title=second.title, notes=notes)]


def _notes(told: Seen, measure: str) -> list[str]:
    found = told.found
    return [
        *_sources(measure, found.figures[measure]),
        *(OFFICIAL, ENGLAND, NO_PROGRESS),
        *found.reasons,
        *([_without_names(told.upto)] if found.anonymous else []),
        *([_flagged(found.flagged)] if found.flagged and not found.anonymous else []),
    ]


def _without_names(upto: int) -> str:
    few = f"{figure(upto)} pupils or fewer, or from which one could be worked out, is held back."
    return f"Without names. A figure that speaks of {few}"


def _heads(told: Seen) -> list[Column]:
    return [
        Column("Measure", numeric=False),
        Column("Of", numeric=False),
        *(Column(str(year), leading=True) for year in _newest_first(told.found.years)),
    ]


def _newest_first[Thing](of_years: Sequence[Thing]) -> list[Thing]:
    """A phone shows the first columns of a table, and the last year is what is asked about most."""
    return list(reversed(of_years))


def _rows(told: Seen, measures: Iterable[Measure]) -> Iterator[Row]:
    """Each measure as our own results have it, then official and national figures, where there are any."""
    for measure in measures:
        figures = _newest_first(told.found.figures[measure.name])
        years = [year_of(one, anonymous=told.found.anonymous) for one in figures]
        own = [cell(one, anonymous=told.found.anonymous) for one in figures]
        yield Row([measure.title, "this school", *own], group=measure.within)
        for whose, values in (
            ("official", [one.official for one in years]),
            ("England", [one.national for one in years]),
        ):
            if any(value is not None for value in values):
                given = [published(measure, value) for value in values]
                yield Row([measure.title, whose, *given], group=measure.within, minor=True)


def cell(one: Figure, *, anonymous: bool) -> Cell:
    """What our own results come to, or why there is nothing."""
    if one.held:
        return Nothing("not held")
    if one.tally is None:
        return Nothing("no pupils")
    if one.few:
        return Hidden()
    if not one.tally.counted:
        return Nothing("no results")
    return _anonymous(one.measure, one.tally) if anonymous else _figure(one, one.tally)


def _anonymous(measure: Measure, tally: MeasureTally) -> Cell:
    if measure.average:
        return Number(mean_of(tally), Unit.MEAN)
    return Percent(Fraction(len(tally.achieved), tally.counted), settled=True)


def _figure(one: Figure, tally: MeasureTally) -> Count:
    key, spoken = about(one), f"{title_of(one.measure.name)}, {one.year}"
    pupils = frozenset(tally.achieved)
    if one.measure.average:
        return Mean(f"{key}.scored", pupils, pupils, spoken, key, mean_of(tally))
    return Count(f"{key}.achieved", pupils, pupils | tally.short.keys(), spoken, key)


def about(one: Figure) -> str:
    return f"{one.measure.name}.{one.year}"


def _standards(told: Seen) -> Row:
    """The mark from which the phonics check counted as met."""
    cells = [
        Nothing("not held") if one.held else Number(one.mark) if one.mark else Nothing("not known")
        for one in _newest_first(told.found.standards)
    ]
    return Row(["Mark that met the standard", "England", *cells], group="Phonics check")


def _sources(measure: str, figures: Sequence[Figure]) -> list[str]:
    """Where the official and national figures of the measure looked at are from, each source once."""
    of: defaultdict[str, list[str]] = defaultdict(list)
    for one in figures:
        if one.official:
            of[one.official.source].append(f"official {one.year}")
        if one.national:
            of[", ".join(filter(None, [one.national.source, one.national.published]))].append(f"England {one.year}")
    return [f"{title_of(measure)}, {listed(years)}: {source}." for source, years in of.items()]


def _counted(figures: Sequence[Figure]) -> frozenset[int]:
    return frozenset().union(*(one.tally.achieved.keys() | one.tally.short.keys() for one in figures if one.tally))


def _outs(told: Seen) -> list[Out]:
    """Who is left out of what: one line a pupil, year and reason."""
    where: defaultdict[tuple[int, int, str], list[Measure]] = defaultdict(list)
    for one in told.found.all:
        for pupil, reason in (one.tally.out if one.tally else {}).items():
            where[pupil, one.year, reason].append(one.measure)
    return [
        Out(pupil, f"{year}: {'; '.join(_named(measures))}", reason)
        for (pupil, year, reason), measures in where.items()
    ]


def _named(measures: Sequence[Measure]) -> list[str]:
    """An assessment in one word where all of it is meant."""
    names = {one.assessment for one in measures}
    whole = [name for name in names if sum(one.assessment == name for one in MEASURES.values()) == len(measures)]
    if whole:
        return [ASSESSMENTS[name].title for name in whole]
    return list(dict.fromkeys(one.within for one in measures))


def _standing(told: Seen) -> dict[str, Mapping[int, str]]:
    """What was read of each pupil, with the class they were in then where it was another."""
    return {about(one): dict(_read(told, one, one.tally)) for one in told.found.all if one.tally}


def _read(told: Seen, one: Figure, tally: MeasureTally) -> Iterator[tuple[int, str]]:
    parts = ((tally.achieved, ""), (tally.short, ""), (tally.out, "Left out: "))
    for pupils, before in parts:
        for pupil, read in pupils.items():
            then = told.class_in(one.year, one.measure.assessment, pupil)
            elsewhere = then and then != told.people[pupil].class_name
            flagged = " (no rule known)" if pupil in tally.flagged else ""
            yield pupil, f"{before}{read}{flagged}{f', then in {then}' if elsewhere else ''}"


def _flagged(pupils: int) -> str:
    has = "1 pupil has a result" if pupils == 1 else f"{pupils} pupils have results"
    return f"{has} with a code for which no rule is known: shown, flagged and counted nowhere."


def _rules() -> list[str]:
    """Who is counted in each measure, said once where several have one rule."""
    of: defaultdict[str, list[str]] = defaultdict(list)
    for measure in MEASURES.values():
        of[measure.of].append(
            title_of(measure.name) if measure.within in ("Phonics check", "Times tables, Year 4") else measure.within
        )
    return [f"{', '.join(dict.fromkeys(names))}. {rule}" for rule, names in of.items()]


REPORT = Report(
    name="statutory-outcomes",
    title="Statutory outcomes",
    answers="Early years, phonics, times tables and Key Stage 2 over four years, beside England.",
    counts="The year group as on the roll on the day of the assessment, by the Department’s rules for each code.",
    may=READS_OUTCOMES,
    section=Place.STATUTORY,
    arithmetic=Arithmetic.MEANS,
    year=False,
    point=False,
    pupils=False,
    choices=(Choice("measure", "Look closely at", measures_offered),),
    leads_to=(
        Way("statutory", "Enter results", MARKERS),
        Way("official-figure", "Official and national figures", LEADERS),
    ),
    work_out=overview,
    views=lambda _: (),  # Without names it counts nobody: percentages and averages, settled by rules of their own.
)
