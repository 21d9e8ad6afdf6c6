"""A report as at two days: in each row what its figures were on the earlier one, and by how much they differ.

    beside(then, now, day) → now, its row "Reading" with then=("Reading", Count of 12, Count of 30, …)

Rows are the same when their table, group and head are. Differences are worked out from unrounded figures: of counts, of
shares in points, of means of one scale. Of marks there is none, for they are codes in an order and no quantities.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction

from itrack.reports.rules.answer import (
    Answer,
    Cell,
    Count,
    Mark,
    Mean,
    Nothing,
    Number,
    Percent,
    Person,
    Row,
    Step,
    Table,
    Unit,
    filed,
)

NO_LONGER = "no longer"
FIGURES = (Count, Percent, Number, Mark, Step, Nothing)
# What a row, a table or a column is known by on both days.
Name = tuple[object, ...]


@dataclass(frozen=True, slots=True)
class Change:
    """By how much a figure differs: of pupils or as a `number`, and of a share in `points`. None: that is not known."""

    number: Number | None = None
    points: Number | None = None


def change(now: Cell, then: Cell) -> Change:
    """From `then` to `now`, exactly. Empty where the two are no quantities, or not of one kind."""
    match now, then:
        case Mean(), Mean():
            return Change(_less(now.value, then.value, Unit.MEAN))
        case Count(), Count():
            return Change(_less(now.n, then.n, Unit.NUMBER), _points(now.share, then.share))
        case Percent(), Percent():
            return Change(None, _points(now.share, then.share))
        case Number(), Number() if now.unit is then.unit:
            return Change(_less(now.value, then.value, now.unit))
        case _:
            return Change()


def _points(now: Fraction | None, then: Fraction | None) -> Number | None:
    return None if now is None or then is None else Number(100 * (now - then), Unit.POINTS)


def _less(now: Fraction | int | None, then: Fraction | int | None, unit: Unit) -> Number | None:
    return None if now is None or then is None else Number(now - then, unit)


def beside(then: Answer, now: Answer, day: date) -> Answer:
    """`now`, with the figures of the same report at the end of the earlier day in `Row.then`."""
    known = _by_name(((table.key, table.title), table) for table in then.tables)
    names = iter(_by_name(((table.key, table.title), table) for table in now.tables))
    sections = [
        replace(section, tables=[_table(table, known.get(next(names))) for table in section.tables])
        for section in now.sections
    ]
    compared = any(row.then for section in sections for table in section.tables for row in table.rows)
    return replace(now, sections=sections, beside=day if compared else None)


def _by_name[Thing](told: Iterable[tuple[Name, Thing]]) -> dict[Name, Thing]:
    """Things by their name; those of one name by their order."""
    seen: Counter[Name] = Counter()
    found: dict[Name, Thing] = {}
    for name, thing in told:
        found[*name, seen[name]] = thing
        seen[name] += 1
    return found


def _rows(table: Table) -> dict[Name, Row]:
    return _by_name(((row.group, row.minor, _head(row)), row) for row in table.rows)


def _head(row: Row) -> object:
    head = row.cells[0]
    return head.id if isinstance(head, Person) else filed(head)


def _table(now: Table, then: Table | None) -> Table:
    if then is None:
        return now
    old = _by_name(((column.head,), at) for at, column in enumerate(then.columns))
    places = [old.get(name) for name in _by_name(((column.head,), at) for at, column in enumerate(now.columns))]
    rows, before = _rows(now), _rows(then)
    told = {name: _told(row, before.get(name), places) for name, row in rows.items()}
    gone = {name: _gone(row, places) for name, row in before.items() if name not in rows}
    found = list(_merged(told, gone, list(before)))
    return replace(now, rows=found) if any(row.then for row in found) else now


def _told(now: Row, then: Row | None, places: Sequence[int | None]) -> Row:
    """`now` with the cells of the same columns then; () where nothing in it is a figure."""
    if then is None:
        return now
    old = [then.cells[at] if at is not None else None for at in places]
    cells = [was if _is_told(was, cell) else None for cell, was in zip(now.cells, old, strict=True)]
    return replace(now, then=cells if any(cell is not None for cell in cells) else ())


def _is_told(then: Cell, now: Cell) -> bool:
    """Figures always, so that it is seen that one is as it was; marks and reasons where they are others."""
    has_figure = isinstance(then, Count) or getattr(then, "filed", None) is not None
    return isinstance(then, Count | Percent | Number) and has_figure if then == now else isinstance(then, FIGURES)


def _gone(then: Row, places: Sequence[int | None]) -> Row | None:
    """A row there is no longer, with what its figures were; who of the pupils is gone is told elsewhere."""
    if isinstance(then.cells[0], Person) or not any(isinstance(cell, Count | Percent) for cell in then.cells):
        return None
    empty = replace(then, cells=[then.cells[0], *[None] * (len(places) - 1)], note=NO_LONGER)
    return _told(empty, then, places)


def _merged(now: Mapping[Name, Row], gone: Mapping[Name, Row | None], order: Sequence[Name]) -> Iterator[Row]:
    """The rows of today; each that is gone after the one it stood under."""
    after: dict[Name | None, list[Row]] = {}
    above: Name | None = None
    for name in order:
        row = gone.get(name)
        above = name if name in now else above
        if row is not None:
            after.setdefault(above, []).append(row)
    yield from after.get(None, ())
    for name, row in now.items():
        yield row
        yield from after.get(name, ())
