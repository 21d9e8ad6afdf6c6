"""Figures of several schools under one another, and all of them together.

    pooled([SchoolFigures(7, "Oakfield", {"counted": 58, …}), SchoolFigures(8, "Thornhill", {"counted": None, …})])
    → {"counted": None, …}

A figure of all schools is shown only where every school shows its part. So it can be added up from what is shown, and
whoever reads it learns nothing that the schools do not show by themselves: taking parts from it gives back parts that
are shown. The same holds of the schools that hold nothing back, added up apart, and of every order they are put in.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from fractions import Fraction

from itrack.curriculum.rules import BANDS

SECURE, COUNTED = "secure", "counted"
FIGURES = (*(band.code for band in BANDS), SECURE, COUNTED)

# How many by figure; None is held back.
Counts = Mapping[str, int | None]


@dataclass(frozen=True, slots=True)
class Pooled:
    """A cell: how many pupils, and of how many where it is a share. Who they are is not known here."""

    n: int
    of: int | None = None

    @property
    def filed(self) -> int:
        return self.n

    @property
    def share(self) -> Fraction | None:
        return Fraction(self.n, self.of) if self.of else None


@dataclass(frozen=True, slots=True)
class OneSchool:
    """A cell: a school as the way to its own figures. `id` is 0 for several schools together."""

    id: int
    name: str

    @property
    def filed(self) -> str:
        return self.name


@dataclass(frozen=True, slots=True)
class SchoolFigures:
    """A school's figures in one subject, {} where there are none, and then `why`."""

    id: int
    name: str
    counts: Counts = field(default_factory=dict)
    why: str = ""

    @property
    def is_whole(self) -> bool:
        return bool(self.counts) and None not in self.counts.values()


class Order(StrEnum):
    NAME = "name"
    SHARE = "share"
    COUNTED = "counted"


def pooled(schools: Sequence[SchoolFigures]) -> Counts:
    """The figures of these schools added up: pupils are pooled, shares are not averaged. {} of none."""
    told = [one.counts for one in schools if one.counts]
    return {name: _sum(counts[name] for counts in told) for name in FIGURES} if told else {}


def _sum(parts: Iterable[int | None]) -> int | None:
    total = 0
    for part in parts:
        if part is None:
            return None
        total += part
    return total


def share_of(counts: Counts) -> int | None:
    """At expected or above in a million million of those counted; None where it is not shown or nobody is counted.

    To put schools in order by: whole numbers compare many times as fast as fractions, and of no two schools with fewer
    than a million pupils do different shares fall together.
    """
    secure, counted = counts.get(SECURE), counts.get(COUNTED)
    return 10**12 * secure // counted if secure is not None and counted else None


def in_order(schools: Sequence[SchoolFigures], by: Order) -> list[SchoolFigures]:
    """By name, or the highest first; those of which the figure is not shown come last, by name."""
    by_name = sorted(schools, key=lambda one: (one.name.casefold(), one.id))
    if by is Order.NAME:
        return by_name
    figure = share_of if by is Order.SHARE else _counted
    told = [(figure(one.counts), one) for one in by_name]
    shown = [(value, one) for value, one in told if value is not None]
    shown.sort(key=lambda one: -one[0])
    return [*(one for _, one in shown), *(one for value, one in told if value is None)]


def _counted(counts: Counts) -> int | None:
    return counts.get(COUNTED)
