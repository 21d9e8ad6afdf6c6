"""In what ways hidden figures could be others without anything that is shown being otherwise.

    changes([{"girls": 1, "boys": 1}], ["boys", "girls"]) → [{"girls": 1, "boys": -1}]

Exact: whole numbers, fractions where one does not go into the other, never a float. A figure that no change touches is
known to whoever can subtract.
"""

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from math import lcm

# Nearly always whole numbers, with which a processor is many times faster than with fractions.
Line = dict[str, int | Fraction]
Change = dict[str, int]


def changes(relations: Iterable[Mapping[str, int]], figures: Sequence[str]) -> list[Change]:
    """A basis of all changes that keep every relation (coefficients by figure, which add up to nought) as it is.

    Each changes one figure by itself and others to make up for it; those that come first in `figures` make up.
    """
    rank = {key: at for at, key in enumerate(figures)}
    solved: dict[str, Line] = {}
    for relation in relations:
        _solve({**relation}, rank, solved)
    found: dict[str, Line] = {key: {key: 1} for key in figures if key not in solved}
    for made_up, line in solved.items():
        for key, by in line.items():
            if key != made_up:
                found[key][made_up] = -by
    return [_whole(one) for one in found.values()]


def _solve(line: Line, rank: Mapping[str, int], solved: dict[str, Line]) -> None:
    """Adds a relation, solved for its first figure, which then stands in no other."""
    for key in [key for key in line if key in solved]:
        _take(line, line[key], solved[key])
    if not line:
        return
    pivot = min(line, key=rank.__getitem__)
    line = _divided(line, line[pivot])
    for other in solved.values():
        if pivot in other:
            _take(other, other[pivot], line)
    solved[pivot] = line


def _divided(line: Line, scale: int | Fraction) -> Line:
    if scale == 1:
        return line
    return {key: -by if scale == -1 else Fraction(by) / scale for key, by in line.items()}


def _take(line: Line, times: int | Fraction, other: Line) -> None:
    for key, by in other.items():
        left = line.get(key, 0) - times * by
        if left:
            line[key] = left
        else:
            line.pop(key, None)


def _whole(change: Line) -> Change:
    scale = lcm(*(by.denominator for by in change.values()))
    return {key: int(by * scale) for key, by in change.items()}
