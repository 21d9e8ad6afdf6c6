"""Every figure of an answer beside what was foretold of it.

A figure is known by (group, head of its row, head of its column). What stands in a cell or is drawn and was not
foretold is as much a disagreement as what was foretold and does not stand there.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from itrack.reports.rules.answer import (
    Answer,
    Bar,
    Cell,
    Column,
    Count,
    Mark,
    Mean,
    Nothing,
    Number,
    Percent,
    Person,
    Row,
)
from itrack.reports.rules.pooled import OneSchool, Pooled
from itrack.reports.shown.cells import Addresses, shown
from tests.oracle import sums
from tests.oracle.drawings import drawings_of

Key = tuple[str, ...]
# Whether the figure of a key is shown to a reader who sees no names.
Shown = Callable[[Key], bool]
PROSE = frozenset({"In words"})  # sentences have tests of their own
NOWHERE = Addresses("", {})


@dataclass(frozen=True)
class Who:
    """So many pupils, namely these, of those."""

    pupils: frozenset[int]
    of: frozenset[int] | None = None

    @property
    def written(self) -> set[str]:
        """The ways it may be written: with or without its share, the share first or last."""
        n = f"{len(self.pupils):,}"
        if self.of is None:
            return {n}
        share = sums.percent(sums.share(len(self.pupils), len(self.of)))
        return {n, share, f"{n} {share}", f"{share} {n} of {len(self.of):,}"} if self.of else {n, f"{share} {n} of 0"}


@dataclass(frozen=True)
class Average:
    """The mean of what these pupils scored."""

    pupils: frozenset[int]
    value: Fraction | None

    @property
    def written(self) -> set[str]:
        return {f"{sums.mean(self.value)} of {len(self.pupils)}" if self.pupils else "–"}


@dataclass(frozen=True)
class Exact:
    """A number before it is rounded, and as it is written."""

    value: Fraction | int | None
    written: str


@dataclass(frozen=True)
class Beside:
    """A share drawn small beside that of everybody."""

    part: int
    whole: int
    beside: tuple[int, int]


@dataclass(frozen=True)
class Together:
    """Of several schools: how many, of how many."""

    n: int
    of: int | None = None


Foretold = Who | Average | Exact | Beside | Together | str


@dataclass
class Oracle:
    """What plain Python foretells of an answer. `out` says (pupil, where, why).

    `standing` says where each pupil stands, by what is reported about; None where that is not foretold.

    `speaks_of` says of figures that count nobody how many pupils they are made of, for readers who see no names.
    """

    cells: dict[Key, Foretold] = field(default_factory=dict)
    drawn: dict[Key, Any] = field(default_factory=dict)
    out: set[tuple[int, str, str]] = field(default_factory=set)
    people: frozenset[int] = frozenset()
    counted: frozenset[int] = frozenset()
    standing: dict[str, dict[int, str]] | None = None
    speaks_of: dict[Key, tuple[int, ...]] = field(default_factory=dict)

    def say(self, group: str, head: str, told: dict[str, Foretold], counted: int | None = None) -> None:
        """A row: `told` by column. With `counted` it is marked as resting on few, from one to four."""
        self.cells |= {(group, head, column): value for column, value in told.items()}
        self.cells[group, head, "note"] = "under 5" if counted is not None and 0 < counted < 5 else ""


def cells_of(answer: Answer) -> dict[Key, tuple[Cell, Column | None]]:
    """Every cell but the heads of rows, and each row's note."""
    found: dict[Key, tuple[Cell, Column | None]] = {}
    for key, cell, column in _cells(answer):
        assert key not in found, f"two figures stand at {key}"
        found[key] = cell, column
    return found


def _cells(answer: Answer) -> Iterator[tuple[Key, Cell, Column | None]]:
    for table in answer.tables:
        for row in table.rows:
            head, after = _head(row, table.columns)
            for cell, column in list(zip(row.cells, table.columns, strict=True))[after:]:
                if column.head not in PROSE:
                    yield (row.group, head, column.head), cell, column
            yield (row.group, head, "note"), row.note, None


def _head(row: Row, columns: Any) -> tuple[str, int]:
    """The row's first cell; whose figures they are stands second where measures are listed."""
    first = row.cells[0]
    head = f"pupil {first.id}" if isinstance(first, Person) else first.name if isinstance(first, OneSchool) else first
    whose = columns[1].head == "Of" and not columns[1].numeric
    return (f"{head}, {row.cells[1]}", 2) if whose else (str(head), 1)


def agrees(told: Foretold, cell: Cell, column: Column | None, *, named: bool = True) -> bool:
    """Whether the cell is what was foretold, exactly and as it is written. Without names pupils are only counted."""
    match told, cell:
        case Average(), Mean():
            return told.value == cell.value and told.pupils == cell.pupils and _written(cell, column) in told.written
        case Who(), Count() if not isinstance(cell, Mean):
            return _same(told, cell, named=named) and _written(cell, column) in told.written
        case Exact(), Percent():
            return cell.share == told.value and _written(cell, column) == told.written
        case Exact(), Number():
            return cell.value in (told.value, _whole(told)) and _written(cell, column) == told.written
        case Beside(), Bar():
            return (told.part, told.whole, told.beside) == (cell.part, cell.whole, cell.beside)
        case Together(), Pooled():
            return (told.n, told.of) == (cell.n, cell.of)
        case str(), None | str() | Nothing() | Mark():
            return told == _words(cell)
        case _:
            return False


def _same(told: Who, cell: Count, *, named: bool) -> bool:
    if named:
        return (told.pupils, told.of) == (cell.pupils, cell.of)
    of = None if told.of is None else len(told.of)
    return len(told.pupils) == cell.n and (cell.of is None or of == len(cell.of))


def _whole(told: Exact) -> int | None:
    """A distance may have been rounded already."""
    return None if told.value is None else sums.rounded(Fraction(told.value))


def _written(cell: Cell, column: Column | None) -> str:
    assert column is not None
    markup = shown(cell, column, NOWHERE).replace("<br>", " ")
    text = "".join(part.partition(">")[2] if ">" in part else part for part in f">{markup}".split("<"))
    return " ".join(text.split())


def _words(cell: Cell) -> str:
    match cell:
        case Nothing():
            return cell.why
        case Mark():
            return f"{cell.code} {cell.band}".strip()
        case _:
            return str(cell or "")


def disagreements(answer: Answer, oracle: Oracle) -> list[str]:
    """Where the two differ, said with keys and numbers and no names."""
    stand, found = cells_of(answer), []
    for key in sorted(stand.keys() | oracle.cells.keys()):
        if key not in oracle.cells:
            found.append(f"nobody foretold {key}")
        elif key not in stand:
            found.append(f"foretold and not there: {key}")
        elif not agrees(oracle.cells[key], *stand[key]):
            found.append(f"{key}: foretold {oracle.cells[key]}, and there stands {stand[key][0]}")
    found += _apart("drawn", drawings_of(answer), oracle.drawn)
    found += [f"out: {line}" for line in sorted(outs_of(answer) ^ oracle.out)]
    if oracle.standing is not None:
        stood = {(what, f"pupil {who}"): words for what, told in answer.standing.items() for who, words in told.items()}
        told = {(what, f"pupil {who}"): words for what, told in oracle.standing.items() for who, words in told.items()}
        found += _apart("standing", stood, told)
    found += [f"in view: {one}" for one in sorted(oracle.people ^ frozenset(answer.people))]
    return found + [f"counted: {one}" for one in sorted(oracle.counted ^ answer.counted)]


def _apart(where: str, stand: dict[Key, Any], told: dict[Key, Any]) -> list[str]:
    keys = sorted(stand.keys() | told.keys())
    return [f"{where} {key}: {told.get(key)} {stand.get(key)}" for key in keys if told.get(key) != stand.get(key)]


def outs_of(answer: Answer) -> set[tuple[int, str, str]]:
    lines = [(one.pupil, one.where, one.reason) for one in answer.out]
    assert len(set(lines)) == len(lines), "somebody is left out twice for the same"
    return set(lines)
