"""The one calculation behind every attainment figure: which pupils are in which band, who is not counted and why.

    [reading] = tally([(1, "Reading")], {"A": "Absent"}, Population({7, 8}), [(1, "E", "expected", [7])])
    len(reading.secure), len(reading.counted), reading.out → 1, 1, {8: "No mark yet"}

It keeps the pupils themselves and not just how many, so that a figure, its names and its denominator come from one set
and cannot disagree. Per subject, every pupil of the population is either in exactly one band or out with a reason.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import chain

from itrack.curriculum.rules import BAND_OF, BANDS, SECURE

NO_MARK = "No mark yet"


@dataclass(frozen=True, slots=True)
class Population:
    """The pupils in view. `outside` maps those who are counted in no subject to why.

    `unmarked` says, for pupils inside, why there may be no mark, where "No mark yet" would be untrue.
    """

    inside: frozenset[int]
    outside: Mapping[int, str] = field(default_factory=dict)
    unmarked: Mapping[int, str] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self.inside) + len(self.outside)


@dataclass(frozen=True)
class SubjectTally:
    """One subject. `bands` has all four bands, each with its pupils; `out` maps the rest to a reason."""

    subject: int
    name: str
    bands: Mapping[str, frozenset[int]]
    out: Mapping[int, str]

    @cached_property
    def counted(self) -> frozenset[int]:
        """The denominator of every percentage of this subject."""
        return frozenset().union(*self.bands.values())

    @cached_property
    def secure(self) -> frozenset[int]:
        """At expected or above."""
        return frozenset().union(*(pupils for band, pupils in self.bands.items() if band in SECURE))

    @property
    def population(self) -> int:
        return len(self.counted) + len(self.out)

    def reasons(self) -> list[tuple[str, int]]:
        """(reason, how many pupils), the commonest first."""
        counts: defaultdict[str, int] = defaultdict(int)
        for reason in self.out.values():
            counts[reason] += 1
        return sorted(counts.items(), key=lambda row: (-row[1], row[0]))


@dataclass(frozen=True, slots=True, eq=False)
class Stands(Mapping[int, str]):
    """Where each pupil of a tally stands, in words: in which band, or why in none. Worded when it is asked."""

    one: SubjectTally

    def __getitem__(self, pupil: int) -> str:
        if pupil in self.one.out:
            return f"Not counted: {self.one.out[pupil]}"
        for band, pupils in self.one.bands.items():
            if pupil in pupils:
                return BAND_OF[band].name
        raise KeyError(pupil)

    def __iter__(self) -> Iterator[int]:
        return chain(self.one.counted, self.one.out)

    def __len__(self) -> int:
        return self.one.population


@dataclass(frozen=True, slots=True)
class OutLine:
    """A pupil not counted: in which subjects, and why. `everywhere` when no subject counts them, for this reason."""

    pupil: int
    subjects: tuple[str, ...]
    everywhere: bool
    reason: str


def tally(
    subjects: Sequence[tuple[int, str]],
    names: Mapping[str, str],
    population: Population,
    marks: Iterable[tuple[int, str, str, Collection[int]]],
) -> list[SubjectTally]:
    """One tally a subject, in their order. `marks` are (subject, code, band, who has it), one a pupil and subject.

    `names` says what a code is called that no band has. A mark of a pupil who is not inside the population changes
    nothing, whatever it is.
    """
    given: defaultdict[int, list[tuple[str, str, frozenset[int]]]] = defaultdict(list)
    for subject, code, band, pupils in marks:
        given[subject].append((code, band, population.inside.intersection(pupils)))
    return [_of_subject(pk, name, names, population, given[pk]) for pk, name in subjects]


def _of_subject(
    subject: int,
    name: str,
    names: Mapping[str, str],
    population: Population,
    given: Iterable[tuple[str, str, frozenset[int]]],
) -> SubjectTally:
    bands: dict[str, frozenset[int]] = {band.code: frozenset() for band in BANDS}
    out = dict(population.outside)
    for code, band, pupils in given:
        if band:
            bands[band] |= pupils
        elif code:
            out |= dict.fromkeys(pupils, uncounted(code, names.get(code, "")))
    without = population.inside.difference(out, *bands.values())
    out |= {pupil: population.unmarked.get(pupil, NO_MARK) for pupil in without}
    return SubjectTally(subject, name, bands, out)


def uncounted(code: str, name: str) -> str:
    """Why a mark without a band is not counted; `name` is what its code is called, "" where that is not known."""
    return f"Code {code}, {name[:1].lower()}{name[1:]}" if name else f"Code {code}"


def counted_somewhere(tallies: Sequence[SubjectTally]) -> frozenset[int]:
    """The pupils counted in at least one subject."""
    return frozenset().union(*(one.counted for one in tallies))


def out_lines(tallies: Sequence[SubjectTally]) -> list[OutLine]:
    """Who is not counted, one line a pupil and reason, by pupil id."""
    where: defaultdict[tuple[int, str], list[str]] = defaultdict(list)
    for one in tallies:
        for pupil, reason in one.out.items():
            where[pupil, reason].append(one.name)
    return [
        OutLine(pupil, tuple(names), len(names) == len(tallies), reason)
        for (pupil, reason), names in sorted(where.items())
    ]
