"""A walk over all that a report tells, beside what the oracle predicts: what nobody predicted is a failure.

A figure is compared to the pupil and to the exact fraction; how it is rounded is worked out here once more. Titles,
sentences and notes are left to tests of words.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from itrack.reports.rules.answer import Answer, Count, Mark, Mean, Nothing, Number, Percent, Person, Row, Step, Table
from itrack.reports.rules.beside import NO_LONGER
from itrack.reports.rules.pictures import BandSteps, HeatGrid, Lines, Picture, Scatter, StackedBars
from itrack.reports.rules.plain import answer_data

type Figures = dict[tuple[str, ...], Any]


@dataclass(frozen=True)
class Of:
    """A count: these pupils, of those; `of` None where it is no share."""

    pupils: frozenset[int]
    of: frozenset[int] | None = None


@dataclass(frozen=True)
class Line:
    """A row: the cells by the heads of their columns, under a heading or none."""

    cells: Mapping[str, Any]
    group: str = ""


@dataclass(frozen=True)
class Told:
    """All a report is to tell. `out` has everybody in view who is left out, as (pupil, where, why).

    `standing` says of each thing reported about where each pupil stands, as the page behind a figure does.
    """

    tables: dict[str, list[Line]] = field(default_factory=dict)
    pictures: list[Figures] = field(default_factory=list)
    people: frozenset[int] = frozenset()
    counted: frozenset[int] = frozenset()
    out: frozenset[tuple[int, str, str]] = frozenset()
    standing: dict[str, dict[int, str]] = field(default_factory=dict)


def differences(told: Told, answer: Answer, before: Told | None = None) -> list[str]:
    """Each thing that is not as predicted, named by where it stands and never by a name. Empty where all agree.

    `before` is what the same report was to tell on the earlier day, where it was asked what changed since.
    """
    found = [*_tables(told, answer), *_pictures(told, answer), *_people(told, answer)]
    if before is not None:
        found += _beside(told, before, answer)
    return found + [f"rounding of {where}" for where in _rounded_otherwise(answer)]


def _beside(told: Told, before: Told, answer: Answer) -> Iterator[str]:
    """The old figures beside the new, and rows there are no longer with what they were."""
    for table in answer.tables:
        heads = [column.head for column in table.columns]
        now, old = (_named(one.tables.get(table.title, []), heads[0]) for one in (told, before))
        rows = _places((row.group, told_of(row.cells[0])) for row in table.rows)
        then = {name: dict(zip(heads, row.then, strict=False)) for name, row in zip(rows, table.rows, strict=True)}
        gone = {name for name, line in old.items() if name not in now and _has_figures(line, heads)}
        if len(now) and rows.keys() - now.keys() != gone:
            yield f"{table.title}: rows there are no longer {rows.keys() - now.keys()}, predicted {gone}"
        for name, line in old.items():
            for column in heads[1:] if name in then else ():
                was, wanted = then[name].get(column), line.cells.get(column)
                if (was is not None or isinstance(wanted, Of)) and told_of(was) != wanted:
                    yield f"{table.title}, {name}, {column} was {told_of(was)}, predicted {wanted}"


def _named(lines: Sequence[Line], first: str) -> dict[tuple[Any, ...], Line]:
    return dict(zip(_places((line.group, line.cells[first]) for line in lines), lines, strict=True))


def _places(names: Iterable[tuple[Any, ...]]) -> dict[tuple[Any, ...], None]:
    """Names in their order, each with how many of the same stand before it."""
    seen: Counter[tuple[Any, ...]] = Counter()
    found: dict[tuple[Any, ...], None] = {}
    for name in names:
        found[*name, seen[name]] = None
        seen[name] += 1
    return found


def _has_figures(line: Line, heads: Sequence[str]) -> bool:
    """A pupil who is gone is told of elsewhere."""
    return not isinstance(line.cells[heads[0]], int) and any(isinstance(cell, Of) for cell in line.cells.values())


def _people(told: Told, answer: Answer) -> Iterator[str]:
    out = frozenset((one.pupil, one.where, one.reason) for one in answer.out)
    for what, wanted, found in (
        ("in view", told.people, frozenset(answer.people)),
        ("counted", told.counted, answer.counted),
        ("out", told.out, out),
    ):
        if wanted != found:
            yield f"{what}: predicted and not told {sorted(wanted - found)}, told otherwise {sorted(found - wanted)}"
    lost = set(answer.people) - answer.counted - {one.pupil for one in answer.out}
    if lost:
        yield f"neither counted nor out: {sorted(lost)}"
    found = {(about, who): said for about, held in answer.standing.items() for who, said in held.items()}
    wanted = {(about, who): said for about, held in told.standing.items() for who, said in held.items()}
    for where in found.keys() | wanted.keys():
        if found.get(where) != wanted.get(where):
            yield f"{where} stands: {found.get(where)}, predicted {wanted.get(where)}"


def _tables(told: Told, answer: Answer) -> Iterator[str]:
    titles = [table.title for table in answer.tables]
    if titles != list(told.tables):
        yield f"tables {titles}, predicted {list(told.tables)}"
    for table in answer.tables:
        yield from _table(table, told.tables.get(table.title, []))


def _table(table: Table, lines: list[Line]) -> Iterator[str]:
    rows = [row for row in table.rows if row.note != NO_LONGER]
    if len(rows) != len(lines):
        yield f"{table.title}: {len(rows)} rows, predicted {len(lines)}"
    for at, row in enumerate(rows):
        line = lines[at] if at < len(lines) else Line({})
        head = f"{table.title}, row {at} ({told_of(row.cells[0])})"
        if row.group != line.group:
            yield f"{head} stands under {row.group}, predicted {line.group}"
        yield from _row(head, table, row, line)


def _row(head: str, table: Table, row: Row, line: Line) -> Iterator[str]:
    heads = [column.head for column in table.columns]
    for column, cell in zip(heads, row.cells, strict=True):
        if column not in line.cells:
            yield f"{head}, {column}: nobody predicted it"
        elif line.cells[column] != told_of(cell):
            yield f"{head}, {column}: {told_of(cell)}, predicted {line.cells[column]}"
    if missing := line.cells.keys() - set(heads):
        yield f"{head} has no {sorted(missing)}"


def told_of(cell: Any) -> Any:
    """What a cell says, exactly and without its look."""
    match cell:
        case Person():
            return cell.id
        case Mark():
            return cell.code, cell.band
        case Step():
            return cell.code, cell.name
        case Nothing():
            return f"nothing: {cell.why}"
        case str() | None:
            return cell
    return _figure(cell)


def _figure(cell: Any) -> Any:
    match cell:
        case Mean():
            return Of(cell.pupils, cell.of), cell.value
        case Count():
            return Of(cell.pupils, cell.of)
        case Number():
            return None if cell.value is None else Fraction(cell.value)
        case Percent():
            return cell.share
    raise AssertionError(f"the walk does not know cells of the kind {type(cell).__name__}")


def _pictures(told: Told, answer: Answer) -> Iterator[str]:
    drawn = [drawn_of(section.picture) for section in answer.sections if section.picture]
    if len(drawn) != len(told.pictures):
        yield f"{len(drawn)} pictures, predicted {len(told.pictures)}"
    for at, figures in enumerate(drawn):
        wanted = told.pictures[at] if at < len(told.pictures) else {}
        for where in figures.keys() | wanted.keys():
            if figures.get(where, "not drawn") != wanted.get(where, "not predicted"):
                yield f"picture {at}, {where}: {figures.get(where)}, predicted {wanted.get(where)}"


def drawn_of(picture: Picture) -> Figures:
    """Every figure that is drawn, by where it stands."""
    match picture:
        case StackedBars():
            return {(row.label, band.name): n for row in picture.rows for band, n in row.shares}
        case HeatGrid():
            rows = [
                (down, across, one)
                for down, cells in picture.rows
                for across, one in zip(picture.columns, cells, strict=True)
            ]
            return {(down, across): (one.n, one.of, one.way) for down, across, one in rows}
        case Lines():
            spots = [(line, at, point) for line in picture.lines for at, point in enumerate(picture.points)]
            return {(line.name, *point): (line.shares[at], line.partly[at]) for line, at, point in spots}
        case Scatter():
            dots = {("dot", f"{at}"): dot_of(picture, one) for at, one in enumerate(picture.dots)}
            return dots | {("line", "across"): picture.across.line, ("line", "up"): picture.up.line}
        case BandSteps():
            return {
                (name, point): band.name if band else None
                for name, bands in picture.rows for point, band in zip(picture.points, bands, strict=True)
            }  # fmt: skip
    raise AssertionError(f"the walk does not know pictures of the kind {type(picture).__name__}")


def dot_of(picture: Scatter, dot: Any) -> tuple[Fraction, Fraction, str]:
    return dot.across, dot.up, picture.groups[dot.group] if picture.groups else ""


def percent(part: int, whole: int) -> int:
    """Whole per cent, halves up."""
    return int(Fraction(100 * part, whole) + Fraction(1, 2))


def _rounded_otherwise(answer: Answer) -> Iterator[str]:
    """Figures as files and pages write them: how many, of how many, and the per cent in whole numbers."""
    for table, data in zip(answer.tables, answer_data(answer, names=False)["tables"], strict=True):
        for row, said in zip(table.rows, data["rows"], strict=True):
            for column, cell in zip(table.columns, row.cells, strict=True):
                if column.filed and said[column.head] != _written(cell):
                    yield f"{table.title}, {column.head}"


def _written(cell: Any) -> Any:
    match cell:
        case Count():
            n, of = len(cell.pupils), None if cell.of is None else len(cell.of)
            return {"n": n} if of is None else {"n": n, "of": of, "percent": percent(n, of) if of else None}
        case Mark():
            return {"mark": cell.code, "band": cell.band}
        case Nothing():
            return {"why": cell.why}
        case Person():
            return f"pupil {cell.id}"
        case Step():
            return cell.code
        case Number():
            return cell.value
    return cell
