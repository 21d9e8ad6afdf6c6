"""Somebody who reads only what is shown and tries to work out the rest. Knows nothing of how it was held back.

Three ways, each by itself: elimination over the fractions, bounds drawn tighter until nothing moves, and on small
tables trying every set of whole numbers. It is told that a figure held back is one at least.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import count as steps
from math import ceil, floor

FAR = 10**6


@dataclass
class Attacker:
    """`equations` are (coefficients by unknown, their sum); `bounds` the least and the most an unknown may be."""

    equations: list[tuple[dict[str, int], int]] = field(default_factory=list)
    bounds: dict[str, tuple[int, int]] = field(default_factory=dict)
    attempts: int = 0

    def learn(self, parts: Mapping[str, int], known: Mapping[str, int]) -> None:
        """An equation, the parts of which add up to nought, as far as it is not known already."""
        left = {key: by for key, by in parts.items() if key not in known}
        if left:
            self.equations.append((left, -sum(by * known[key] for key, by in parts.items() if key in known)))
            for key in left:
                self.bounds.setdefault(key, (0, FAR))

    def between(self, key: str, least: int, most: int = FAR) -> None:
        low, high = self.bounds.get(key, (0, FAR))
        self.bounds[key] = max(low, least), min(high, most)

    def recovered(self) -> dict[str, int]:
        """What it is certain of."""
        found = self.by_elimination()
        return found | {key: low for key, (low, high) in self.by_bounds().items() if low == high}

    def by_elimination(self) -> dict[str, int]:
        rows: list[tuple[dict[str, Fraction], Fraction]] = []
        for parts, total in self.equations:
            row, value = {key: Fraction(by) for key, by in parts.items()}, Fraction(total)
            for other, at in rows:
                row, value = self._less(row, value, other, at)
            if row:
                lead = row[min(row)]
                row, value = {key: by / lead for key, by in row.items()}, value / lead
                rows = [self._less(other, at, row, value) for other, at in rows]
                rows.append((row, value))
        assert all(row for row, _ in rows)
        return {next(iter(row)): int(value) for row, value in rows if len(row) == 1}

    def _less(self, row, value, other, at):
        """The row without the leading unknown of the other."""
        self.attempts += 1
        times = row.get(min(other), 0)
        if not times:
            return row, value
        merged = {key: row.get(key, 0) - times * other.get(key, 0) for key in {**row, **other}}
        return {key: by for key, by in merged.items() if by}, value - times * at

    def by_bounds(self) -> dict[str, tuple[int, int]]:
        bounds = dict(self.bounds)
        moved = True
        while moved:
            moved = False
            for parts, total in self.equations:
                for key, by in parts.items():
                    self.attempts += 1
                    tight = _tight(key, by, parts, total, bounds)
                    moved |= tight != bounds[key]
                    bounds[key] = tight
        return bounds

    def by_search(self, most: int) -> dict[str, set[int]]:
        """Every value each unknown takes in some set of whole numbers up to `most` that agrees with all equations."""
        held: dict[str, set[int]] = {key: set() for key in self.bounds}
        for solution in self._solutions(list(self.bounds), {}, most):
            self.attempts += 1
            for key, value in solution.items():
                held[key].add(value)
        return held

    def _solutions(self, left: Sequence[str], said: dict[str, int], most: int) -> Iterator[dict[str, int]]:
        if not all(_agrees(parts, total, said, most) for parts, total in self.equations):
            return
        if not left:
            yield dict(said)
            return
        low, high = self.bounds[left[0]]
        for value in steps(low):
            if value > min(high, most):
                return
            yield from self._solutions(left[1:], {**said, left[0]: value}, most)


def _tight(key, by, parts, total, bounds):
    least = most = Fraction(total)
    for other, times in parts.items():
        if other != key:
            low, high = bounds[other]
            ends = sorted((times * low, times * high))
            least, most = least - ends[1], most - ends[0]
    low, high = sorted((least / by, most / by))
    return max(bounds[key][0], ceil(low)), min(bounds[key][1], floor(high))


def _agrees(parts, total, said, most) -> bool:
    low = high = 0
    for key, by in parts.items():
        ends = sorted((by * said[key],) * 2 if key in said else (0, by * most))
        low, high = low + ends[0], high + ends[1]
    return low <= total <= high
