"""One statutory measure year by year: its drawing, its table and what it says."""

from collections.abc import Iterator, Sequence
from fractions import Fraction

from itrack.reports.queries.outcomes import Seen
from itrack.reports.rules.answer import (
    Cell,
    Column,
    Count,
    Hidden,
    Mean,
    Nothing,
    Number,
    Percent,
    Row,
    Section,
    Table,
    Unit,
)
from itrack.reports.rules.finding import FEW, Finding
from itrack.reports.rules.outcomes import Year, points, stood, told, value
from itrack.reports.rules.pictures import OverYears, YearLine
from itrack.statutory.api import Figure
from itrack.statutory.rules.measures import Measure, MeasureTally
from itrack.statutory.rules.official import bounds_of, title_of

READING = "Full dots are this school, by its official figure where there is one; open squares are England."


def closely(seen: Seen, measure: Measure) -> tuple[Section, list[Finding]]:
    """The measure looked at closely."""
    figures, anonymous = seen.found.figures[measure.name], seen.found.anonymous
    years = [year_of(one, anonymous=anonymous) for one in figures]
    rows = [_row(one, year, anonymous) for one, year in zip(figures, years, strict=True)]
    table = Table(f"{title_of(measure.name)}, by year", list(_columns(measure, anonymous)), rows)
    return Section([table], picture=_picture(measure, figures, years), notes=[measure.of]), told(measure.name, years)


def year_of(one: Figure, *, anonymous: bool) -> Year:
    """The figures of one year as numbers, as far as this reader may know them."""
    unit = 1 if one.measure.average else 100
    told = one.tally if one.tally and one.tally.counted and not one.few else None
    return Year(
        one.year,
        len(told.achieved) if told and not anonymous else None,
        told.counted if told else 0,
        _value(one.measure, told) if told else None,
        Fraction(one.official.value) / unit if one.official else None,
        Fraction(one.national.value) / unit if one.national else None,
    )


def mean_of(tally: MeasureTally) -> Fraction | None:
    return Fraction(sum(tally.scores.values()), len(tally.scores)) if tally.scores else None


def _value(measure: Measure, tally: MeasureTally) -> Fraction | None:
    return mean_of(tally) if measure.average else Fraction(len(tally.achieved), tally.counted)


def _columns(measure: Measure, anonymous: bool) -> Iterator[Column]:
    yield Column("Year", numeric=False)
    yield Column("Average" if measure.average else "Reached", leading=not anonymous)
    if anonymous:
        yield Column("Counted", short="Of")
    else:
        yield from () if measure.average else (Column("Not reached", short="Not"),)
        yield Column("Left out", short="Out")
    yield Column("Official")
    yield Column("England")
    yield Column(
        "From England" if measure.average else "Points from England", short="" if measure.average else "Points"
    )


def _row(one: Figure, year: Year, anonymous: bool) -> Row:
    measure, why = one.measure, _why(one)
    cells: list[Cell] = [str(one.year), why or _own(one, year, anonymous)]
    if not anonymous:
        parts = ("out",) if measure.average else ("short", "out")
        cells += [_part(one, part) for part in parts]
    else:
        cells += [Hidden() if one.few else None if one.tally is None else Number(year.counted)]
    apart = Hidden() if one.few and year.stands is None and year.national is not None else _distance(measure, year)
    cells += [published(measure, year.official), published(measure, year.national), apart]
    return Row(cells, note=f"under {FEW}" if not anonymous and 0 < year.counted < FEW else "")


def _why(one: Figure) -> Cell:
    """Why there is no figure of our own; None where there is one."""
    if one.held:
        return Nothing("not held")
    if one.few:
        return Hidden()
    if one.tally is None or not one.tally.everybody:
        return Nothing("no pupils")
    return None if one.tally.counted else Nothing("no results")


def _own(one: Figure, year: Year, anonymous: bool) -> Cell:
    if anonymous:
        return Number(year.value, Unit.MEAN) if one.measure.average else Percent(year.value)
    tally = one.tally
    pupils = frozenset(tally.achieved) if tally else frozenset()
    key, spoken = f"closely.{one.year}", f"{title_of(one.measure.name)}, {one.year}"
    about = f"{one.measure.name}.{one.year}"
    if one.measure.average:
        return Mean(f"{key}.scored", pupils, pupils, spoken, about, year.value)
    return Count(f"{key}.achieved", pupils, pupils | (tally.short.keys() if tally else frozenset()), spoken, about)


def _part(one: Figure, part: str) -> Cell:
    if one.tally is None:
        return None
    parts = {"short": one.tally.short.keys(), "out": one.tally.out.keys()}
    words = {"short": "counted, not reached", "out": "left out"}[part]
    spoken = f"{words}: {title_of(one.measure.name)}, {one.year}"
    return Count(f"closely.{one.year}.{part}", frozenset(parts[part]), None, spoken, f"{one.measure.name}.{one.year}")


def published(measure: Measure, told: Fraction | None) -> Cell:
    """As somebody else published it: with a decimal where it has one."""
    if told is None:
        return None
    return Number(told, Unit.MEAN) if measure.average else Percent(told, 0 if (100 * told).denominator == 1 else 1)


def _distance(measure: Measure, year: Year) -> Cell:
    if year.stands is None or year.national is None:
        return None
    apart = year.stands - year.national
    return Number(apart, Unit.MEAN) if measure.average else Number(points(apart), Unit.POINTS)


def _picture(measure: Measure, figures: Sequence[Figure], years: Sequence[Year]) -> OverYears:
    low, high = bounds_of(measure.name)
    scale = 1 if measure.average else 100
    own, england = ([one.stands for one in years], [one.national for one in years])
    lines = [YearLine("This school", _scaled(own, scale), [stood(measure.name, one) for one in years])]
    if any(one is not None for one in england):
        said = [value(measure.name, one) for one in england]
        lines.append(YearLine("England", _scaled(england, scale), said, beside=True))
    gaps = [_gap(one) if year.stands is None else "" for one, year in zip(figures, years, strict=True)]
    title = f"{title_of(measure.name)}, {years[0].year} to {years[-1].year}"
    return OverYears(
        title, [str(one.year) for one in years], lines, gaps, low, high, "" if measure.average else "%", reading=READING
    )


def _scaled(values: Sequence[Fraction | None], scale: int) -> list[Fraction | None]:
    """On the drawing's scale."""
    return [None if one is None else one * scale for one in values]


def _gap(one: Figure) -> str:
    why = _why(one)
    return why.why if isinstance(why, Nothing) else "held back" if isinstance(why, Hidden) else ""
