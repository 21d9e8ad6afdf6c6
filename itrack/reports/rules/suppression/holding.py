"""Which figures are held back, so that no count of one to five can be read or worked out.

    held_back(Figures({"all": 20, "girls": 3, "boys": 17}, (Sum("all", ("girls", "boys")),)), upto=5)
    → {"girls", "boys"}

First the small ones. Then, as long as one of them could still be worked out, another figure that helps to. It is held
back safely once there is a second set of whole numbers that agrees with all that is shown and differs in that figure:
such a set is looked for and not guessed at. The reader is taken to know all of this, also that a nought is held back
only where it is nobody of a few, so that whatever else is held back is one at least.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from itrack.reports.rules.answer import Sum
from itrack.reports.rules.suppression.another import another
from itrack.reports.rules.suppression.changes import Change, changes
from itrack.reports.rules.suppression.figures import Figures

# Counts of one to so many are held back, unless the school has set another number.
FEW = 5
# What a school may set. Fewer would guard nobody, more would leave little of a small school.
FEWEST, MOST = 3, 20

# The sums a figure stands in.
Relations = Mapping[str, Sequence[Sum]]


def held_back(figures: Figures, *, upto: int = FEW) -> frozenset[str]:
    """The keys of the figures that are not printed. The same figures always give the same answer."""
    guarded = frozenset(key for key in figures.counts if is_telling(key, figures, upto))
    return complemented(figures, {*guarded, *figures.untold}, guarded) - figures.untold


def is_telling(key: str, figures: Figures, upto: int) -> bool:
    """Whether it counts few, or nobody of a few: where all three of a group are short of it, each of them is.

    Nobody of everybody is told by the whole, and cannot be held back in a part of it.
    """
    n = figures.counts[key]
    of = figures.counts[figures.among[key]] if key in figures.among else 0
    return is_small(n, upto) or (not n and is_small(of, upto) and not _is_nowhere(key, figures, upto))


def is_small(n: int, upto: int) -> bool:
    return 1 <= n <= upto


def _is_nowhere(key: str, figures: Figures, upto: int) -> bool:
    wholes = (one.total for one in figures.sums if key in one.parts and not figures.counts[one.total])
    return any(not is_telling(whole, figures, upto) for whole in wholes)


def complemented(figures: Figures, hidden: set[str], guarded: frozenset[str]) -> frozenset[str]:
    """What is hidden and as much besides as is needed that nothing guarded can be worked out."""
    at = _relations(figures.sums)
    settled: set[frozenset[str]] = set()
    for small in sorted(guarded):
        while (some := _reached(small, hidden, at)) not in settled:
            found = next(iter(_exposed(some, figures, at, guarded)), None)
            if found is None:
                settled.add(some)
            else:
                hidden |= _alike(_besides(found, some, figures, at), at)
    return frozenset(_given_back(hidden, figures, at, guarded))


def _given_back(hidden: set[str], figures: Figures, at: Relations, guarded: frozenset[str]) -> set[str]:
    """Without what, as it turned out, need not have been held back: what matters most first."""
    totals = {key: sum(one.total == key for one in at.get(key, ())) for key in hidden - guarded - figures.untold}
    often = sorted(totals, key=lambda key: (figures.place.get(key, 0), -totals[key], key))
    for alike in (_alike(key, at) for key in often):
        less = hidden - alike
        beside = {key for one in alike for told in at[one] for key in (told.total, *told.parts)} & less
        if not alike & guarded and all(not _exposed(some, figures, at, guarded) for some in _islands(beside, less, at)):
            hidden = less
    return hidden


def _islands(keys: Iterable[str], hidden: set[str], at: Relations) -> Iterator[frozenset[str]]:
    """What each of these hidden figures is bound up with, once each."""
    seen: set[str] = set()
    for key in sorted(keys):
        if key not in seen:
            yield (some := _reached(key, hidden, at))
            seen |= some


def _relations(sums: Iterable[Sum]) -> Relations:
    at: defaultdict[str, list[Sum]] = defaultdict(list)
    for one in sums:
        for key in dict.fromkeys((one.total, *one.parts)):
            at[key].append(one)
    return at


def _reached(first: str, hidden: set[str], at: Relations) -> frozenset[str]:
    """The hidden figures that can make up for one another and for this one: no relation leads from them to others."""
    reached, waiting = {first}, [first]
    while waiting:
        near = {key for one in at.get(waiting.pop(), ()) for key in (one.total, *one.parts)}
        new = (near & hidden) - reached
        reached |= new
        waiting += new
    return frozenset(reached)


def _exposed(some: frozenset[str], figures: Figures, at: Relations, guarded: frozenset[str]) -> list[str]:
    """The guarded figures among them for which no second set of numbers was found, in order."""
    counts, small = figures.counts, set(some & guarded)
    near = _near(some, at)
    shown = (key for one in near for key in (one.total, *one.parts) if key not in some)
    if not any(counts[key] for key in shown):
        return []  # Twice of everything agrees with the noughts around it as well.
    order = sorted(some, key=lambda key: (-counts[key], key))
    basis = changes([_line(one, some) for one in near], order)
    least = {key: _least(key, figures) - counts[key] for key in some}
    for change in basis:
        if _is_possible(change, least):
            small -= change.keys()
    for key in sorted(small):
        if key in small and (found := another(key, basis, least)):
            small -= found.keys()
    return sorted(small)


def _near(some: frozenset[str], at: Relations) -> list[Sum]:
    return list(dict.fromkeys(one for key in sorted(some) for one in at.get(key, ())))


def _line(one: Sum, some: frozenset[str]) -> dict[str, int]:
    line = {key: 1 for key in one.parts if key in some}
    return {**line, one.total: -1} if one.total in some else line


def _is_possible(change: Change, least: Mapping[str, int]) -> bool:
    """Whether a change, or its opposite, leaves such numbers as could be: none changes by less than `least`."""
    return any(all(way * by >= least[key] for key, by in change.items()) for way in (1, -1))


def _least(key: str, figures: Figures) -> int:
    """What is held back is one at least, but where it is nobody of a few."""
    return int(key not in figures.untold and figures.counts[key] > 0)


def _besides(exposed: str, some: frozenset[str], figures: Figures, at: Relations) -> str:
    """One more to hold back: of those that stand nearest one of the last report, the one that matters least, then the
    smallest."""
    near = _shown(at.get(exposed, ()), some, figures) or _shown(_near(some, at), some, figures)
    totals = {key: sum(one.total == key for one in at[key]) for key in near}
    return min(near, key=lambda key: (-figures.place.get(key, 0), totals[key], figures.counts[key], key))


def _alike(key: str, at: Relations) -> frozenset[str]:
    """The figure and those that are always the same number, which would tell it."""
    same = [one for one in at[key] if len(one.parts) == 1]
    return frozenset({key, *(name for one in same for name in (one.total, *one.parts))})


def _shown(sums: Iterable[Sum], some: frozenset[str], figures: Figures) -> set[str]:
    """What is printed beside them and is more than nought. What is hidden there is among them."""
    return {key for one in sums for key in (one.total, *one.parts) if figures.counts[key]} - some
