"""A second set of numbers, where no single change of a basis leads to one.

    another("girls", basis, {"girls": -2, "boys": -16, "rest": 0}) → {"girls": 1, "boys": -1}

A change that would make some figure too small is mended by others, one after another, each chosen so that the least is
missing afterwards. What is found is a true second set, whole numbers that keep every relation; where nothing is found
there may be one all the same.
"""

from collections.abc import Iterator, Mapping, Sequence

from itrack.reports.rules.suppression.changes import Change

STEPS = 12


def another(key: str, basis: Sequence[Change], least: Mapping[str, int]) -> Change | None:
    """A change of the figure `key` under which no figure changes by less than `least` allows (a number not above 0)."""
    for first in (one for one in basis if key in one):
        for way in (1, -1):
            found = _mended({at: way * by for at, by in first.items()}, key, basis, least)
            if found:
                return found
    return None


def _mended(change: Change, key: str, basis: Sequence[Change], least: Mapping[str, int]) -> Change | None:
    missing = _missing(change, least)
    for _ in range(STEPS):
        if not missing:
            return change
        worst = min(sorted(change), key=lambda at: change[at] - least[at])
        options = (one for one in _with(change, worst, least[worst] - change[worst], basis) if one.get(key))
        best = min(options, key=lambda one: _missing(one, least), default=None)
        if best is None or _missing(best, least) >= missing:
            return None
        change, missing = best, _missing(best, least)
    return None


def _with(change: Change, at: str, lack: int, basis: Sequence[Change]) -> Iterator[Change]:
    """The change with another of the basis as often as makes up for what is lacking there."""
    for one in basis:
        if at in one:
            times = -(-lack // abs(one[at])) * (1 if one[at] > 0 else -1)
            both = {**change, **{name: change.get(name, 0) + times * by for name, by in one.items()}}
            yield {name: by for name, by in both.items() if by}


def _missing(change: Change, least: Mapping[str, int]) -> int:
    return sum(least[at] - by for at, by in change.items() if by < least[at])
