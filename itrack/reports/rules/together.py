"""Reading, writing and maths looked at together, found among a school's subjects by their names.

    together([reading, writing, maths]) → a tally in which a pupil has the lowest of their three bands

So somebody is at expected or above in it exactly if they are in all three, and likewise at greater depth. Whoever is
not counted in one of them is not counted here, and that is no verdict on them.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from itertools import combinations

from itrack.curriculum.rules import BANDS
from itrack.reports.rules.finding import inside, listed
from itrack.reports.rules.measure import Measure
from itrack.reports.rules.tally import SubjectTally

# Stands where a subject is asked for; no subject has the id 0.
TOGETHER = (0, "Reading, writing and maths")
TOGETHER_SAID = frozenset({"0", "rwm", TOGETHER[1].casefold()})
_CALLED = (
    frozenset({"reading", "english reading", "english: reading"}),
    frozenset({"writing", "english writing", "english: writing"}),
    frozenset({"maths", "mathematics"}),
)
# Who counts: part of the denominator of everything that looks at the three together.
ALL_THREE = (
    "In reading, writing and maths together only pupils with a mark of a band in all three are counted. Whoever has "
    "no such mark in one of them is left out, and not taken for somebody who did not reach it."
)


def three_of(subjects: Sequence[tuple[int, str]]) -> list[tuple[int, str]]:
    """Reading, writing and maths of these (id, name), in that order; [] where one of them is not there."""
    found = [next((row for row in subjects if row[1].strip().casefold() in names), None) for names in _CALLED]
    return [row for row in found if row] if all(found) else []


def together(three: Sequence[SubjectTally]) -> SubjectTally:
    """One tally of the three: each pupil in the lowest band they have, or out with where and why."""
    missing: defaultdict[int, dict[str, str]] = defaultdict(dict)
    for one in three:
        for pupil, reason in one.out.items():
            missing[pupil][one.name] = reason
    bands: dict[str, frozenset[int]] = {}
    taken: frozenset[int] = frozenset(missing)
    for band in BANDS:
        bands[band.code] = frozenset().union(*(one.bands[band.code] for one in three)) - taken
        taken |= bands[band.code]
    return SubjectTally(*TOGETHER, bands, {pupil: _why(where, three) for pupil, where in missing.items()})


def _why(where: Mapping[str, str], three: Sequence[SubjectTally]) -> str:
    """The reason, with the subjects it is for unless it is for all of them."""
    subjects: defaultdict[str, list[str]] = defaultdict(list)
    for subject, reason in where.items():
        subjects[reason].append(subject)
    if len(where) == len(three) and len(subjects) == 1:
        return next(iter(subjects))
    said = [f"{listed([names[0], *map(inside, names[1:])])}: {reason}" for reason, names in subjects.items()]
    return "; ".join(said)


def regions(three: Sequence[SubjectTally], measure: Measure) -> dict[frozenset[int], frozenset[int]]:
    """The pupils counted in all three, by the set of places (0, 1, 2) of the subjects in which they reach the measure.

    All eight sets are there, and each pupil is in exactly one.
    """
    everybody = together(three).counted
    reached = [measure.reached(one) & everybody for one in three]
    found: dict[frozenset[int], frozenset[int]] = {}
    for size in range(3, -1, -1):
        for places in combinations(range(3), size):
            inside_all = everybody.intersection(*(reached[place] for place in places))
            others = frozenset().union(*(reached[place] for place in range(3) if place not in places))
            found[frozenset(places)] = inside_all - others
    return found
