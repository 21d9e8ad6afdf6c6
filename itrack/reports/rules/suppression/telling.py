"""An answer as a reader sees it who is told no names and no small numbers.

What is left: counts that are not held back, and what is made of nothing else. A sentence, a bar, a share or a distance
that rests on a figure held back is held back with it.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Sequence
from dataclasses import replace

from itrack.reports.rules.answer import (
    Answer,
    Bar,
    Cell,
    Count,
    Hidden,
    Number,
    Out,
    Percent,
    Person,
    Row,
    Section,
    Table,
)
from itrack.reports.rules.pictures import BarRow, Circles, PairedDots, Picture, ShareBars, StackedBars
from itrack.reports.rules.suppression.figures import among
from itrack.reports.rules.suppression.held import Held, Shown


def without_named(answer: Answer) -> Answer:
    """The answer without the columns that are for readers of names."""
    return _with_tables(answer, _unnamed)


def without_names(answer: Answer, hidden: Collection[str], *, upto: int) -> Answer:
    """The answer with only what this reader may see. `hidden` are the keys held back."""
    if answer.settled:
        return replace(answer, held=Held(upto, _hidden(answer)))

    def shown(key: str) -> bool:
        return key not in hidden

    told = without_named(answer.retold(shown) if answer.retold else _speechless(answer))
    keys = {figure.key for figure in told.figures()}
    seen = _with_tables(told, lambda table: _table(table, shown))
    return replace(
        seen,
        sections=[replace(one, picture=_picture(one.picture, shown)) for one in seen.sections],
        people={},
        counted=frozenset(),
        out=(),
        standing={},
        sums=(),
        retold=None,
        held=Held(upto, len(keys & set(hidden)), _reasons(answer.out, upto)),
    )


def _hidden(answer: Answer) -> int:
    return sum(isinstance(cell, Hidden) for table in answer.tables for row in table.rows for cell in row.cells)


def _speechless(answer: Answer) -> Answer:
    sections = [replace(one, words="", notes=(), findings=()) for one in answer.sections]
    return replace(answer, sections=sections, findings=())


def _with_tables(answer: Answer, change: Callable[[Table], Table]) -> Answer:
    sections: list[Section] = [replace(one, tables=[change(table) for table in one.tables]) for one in answer.sections]
    return replace(answer, sections=sections)


def _unnamed(table: Table) -> Table:
    kept = [at for at, column in enumerate(table.columns) if not column.named]
    rows = [replace(row, cells=[row.cells[at] for at in kept]) for row in table.rows]
    return replace(table, columns=[table.columns[at] for at in kept], rows=rows)


def _table(table: Table, shown: Shown) -> Table:
    return replace(table, rows=[_row(row, shown) for row in table.rows])


def _row(row: Row, shown: Shown) -> Row:
    whole = all(shown(cell.key) and shown(among(cell, row)) for cell in row.cells if isinstance(cell, Count))
    return replace(row, cells=[_cell(cell, row, shown, whole=whole) for cell in row.cells], note="")


def _cell(cell: Cell, row: Row, shown: Shown, *, whole: bool) -> Cell:
    match cell:
        case Count():
            return _count(cell, shown(among(cell, row))) if shown(cell.key) else Hidden()
        case Percent():
            return cell if whole and _is_backed(cell, row) else Hidden()
        case Number() | Bar():
            return cell if whole and all(map(shown, cell.rests_on)) else Hidden()
        case None:
            return None if whole else Hidden()  # What is left blank for want of pupils tells that there are few.
        case Person():
            return Hidden()
        case _:
            return cell


def _is_backed(cell: Percent, row: Row) -> bool:
    """Whether the counts it is made of stand in its row, where they were asked whether they may be shown."""
    return (
        cell.settled
        or cell.share is None
        or any(isinstance(one, Count) and one.share == cell.share for one in row.cells)
    )


def _count(cell: Count, of_is_shown: bool) -> Count:
    """The number without the pupils: others stand in for them, as many as there are."""
    of = frozenset(range(len(cell.of))) if cell.of is not None and of_is_shown else None
    return Count(cell.key, frozenset(range(cell.n)), of, cell.spoken)


def _picture(picture: Picture | None, shown: Shown) -> Picture | None:
    """The drawing of nothing but what is shown. Of what does not say what it repeats nothing is drawn."""
    match picture:
        case StackedBars() if all(row.keys for row in picture.rows):
            return replace(picture, rows=[_bar(row, shown) for row in picture.rows])
        case ShareBars():
            bars = [bar for bar in picture.bars if _is_told(bar.keys, shown)]
            return replace(picture, bars=bars) if bars else None
        case PairedDots() if _is_told(picture.keys, shown):
            kinds = [
                replace(kind, dots=[dot for dot in kind.dots if _is_told(dot.keys, shown)]) for kind in picture.groups
            ]
            return replace(picture, groups=[kind for kind in kinds if kind.dots])
        case Circles() if _is_told(picture.keys, shown):
            return picture
        case _:
            return None


def _is_told(keys: Sequence[str], shown: Shown) -> bool:
    return bool(keys) and all(map(shown, keys))


def _bar(row: BarRow, shown: Shown) -> BarRow:
    return row if all(map(shown, row.keys)) else BarRow(row.label, (), held=True)


def _reasons(out: Sequence[Out], upto: int) -> list[tuple[str, int]]:
    """Why pupils are not counted somewhere, the commonest first. Of rare reasons nothing is said, not that there are
    any: then how many are missing altogether stays open."""
    held: defaultdict[str, set[int]] = defaultdict(set)
    for line in out:
        held[line.reason].add(line.pupil)
    counts = [(reason, len(pupils)) for reason, pupils in held.items() if len(pupils) > upto]
    return sorted(counts, key=lambda told: (-told[1], told[0]))
