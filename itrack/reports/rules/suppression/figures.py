"""The figures a reader could put together, and how they add up.

    Figures({"counted": 58, "secure": 55, "secure/rest": 3}, [Sum("counted", ("secure", "secure/rest"))],
            untold=frozenset({"secure/rest"}))

What nobody prints can be told as well as what is printed: of 58 counted 55 are secure, so 3 are not. Such a figure is
`untold`. It stands among the others and is guarded like them; a report names those that its own rows leave over.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from itrack.reports.rules.answer import Answer, Count, Row, Sum

REST, OF = "/rest", "/of"


@dataclass(frozen=True, slots=True)
class Figures:
    """How many by key, and how they add up. Of `untold` none is printed, but all could be worked out.

    `among` maps a figure that is a share to what it is a share of, `place` a figure to that of the first report that
    has it: figures of a later report are given up for those of an earlier one.
    """

    counts: Mapping[str, int]
    sums: Sequence[Sum]
    untold: frozenset[str] = frozenset()
    among: Mapping[str, str] = field(default_factory=dict)
    place: Mapping[str, int] = field(default_factory=dict)


class TwoFigures(ValueError):
    """Two different figures have one key: what is held back of one would be shown as the other."""


def figures_of(views: Mapping[str, Sequence[Answer]]) -> Figures:
    """All figures of all views, which are answers by report. The same pupils in two reports are the same figure."""
    counts: dict[str, int] = {}
    wholes: dict[str, str] = {}
    told = [answer for answers in views.values() for answer in answers]
    for answer in told:
        for cell, whole in _told(answer):
            _put(counts, cell.key, cell.n)
            if whole and cell.of is not None:
                wholes[cell.key] = whole
                _put(counts, whole, len(cell.of))
                _put(counts, f"{cell.key}{REST}", len(cell.of) - cell.n)
    nowhere = {cell.key: cell.n for answer in told for cell in answer.untold if cell.key not in counts}
    counts |= nowhere
    sums = [*(one for answer in told for one in answer.sums), *_shares(wholes), *_twins(views)]
    untold = frozenset([*(f"{key}{REST}" for key in wholes), *nowhere])
    return Figures(counts, [_known(one, counts) for one in dict.fromkeys(sums)], untold, wholes, _places(views))


def _places(views: Mapping[str, Sequence[Answer]]) -> dict[str, int]:
    found: dict[str, int] = {}
    for place, answers in enumerate(views.values()):
        for answer in answers:
            found |= {cell.key: place for cell in answer.figures() if cell.key not in found}
    return found


def _shares(wholes: Mapping[str, str]) -> Iterator[Sum]:
    return (Sum(whole, (key, f"{key}{REST}")) for key, whole in wholes.items())


def _known(one: Sum, counts: Mapping[str, int]) -> Sum:
    if missing := {one.total, *one.parts} - counts.keys():
        raise TwoFigures(f"A sum names figures that are in no table: {', '.join(sorted(missing))}.")
    if counts[one.total] != sum(counts[part] for part in one.parts):
        raise TwoFigures(f"The parts of {one.total} do not add up to it.")
    return one


def _told(answer: Answer) -> Iterator[tuple[Count, str]]:
    for table in answer.tables:
        for row in table.rows:
            for cell in row.cells:
                if isinstance(cell, Count):
                    yield cell, among(cell, row)


def among(cell: Count, row: Row) -> str:
    """The key of what the figure is a share of, "" where it is none. It stands in the same row, or else by itself."""
    if cell.of is None:
        return ""
    wholes = (one for one in row.cells if isinstance(one, Count) and one.of is None and one.pupils == cell.of)
    return next((one.key for one in wholes), f"{cell.key}{OF}")


def _put(counts: dict[str, int], key: str, n: int) -> None:
    if counts.setdefault(key, n) != n:
        raise TwoFigures(f"Two figures are called {key}.")


def _twins(views: Mapping[str, Sequence[Answer]]) -> Iterable[Sum]:
    """Figures of different reports and names with the very same pupils in them: who knows one knows the other."""
    held: defaultdict[frozenset[int], dict[str, str]] = defaultdict(dict)
    for report, answers in views.items():
        for answer in answers:
            for cell in answer.figures():
                if cell.n:
                    held[cell.pupils].setdefault(cell.key, report)
    for keys in held.values():
        first, *others = keys.items()
        yield from (Sum(first[0], (key,)) for key, report in others if report != first[1])
