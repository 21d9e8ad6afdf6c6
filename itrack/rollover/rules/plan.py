"""What the wizard is told: what this year holds, and what somebody has chosen for the next.

Pupils go by cohorts: those of one class who will be in one year group. A cohort goes into a class, is shared out over
the classes of its year group, leaves, or waits without a class. A child may go another way than the cohort.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import Iterable, Mapping
    from datetime import date

LEAVE: Final = "leave"
NOWHERE: Final = "none"
SHARE: Final = "share:"
NO_CLASS: Final = 0  # in the place of a class's id: those who are in none, or still to come
FEW: Final = 2
TIMES: Final = 5

# The class this year (or NO_CLASS) and the year group next year, as the record has it.
type Cohort = tuple[int, str]


@dataclass(frozen=True, slots=True)
class Mover:
    """A pupil on roll in the new year. `now` and `then` are year groups, `usual` the one for the age.

    `starts` is the first day of the spell on the roll.
    """

    id: int
    source: int
    now: str
    then: str
    usual: str
    starts: date

    @property
    def cohort(self) -> Cohort:
        return self.source, self.then


@dataclass(frozen=True, slots=True)
class Source:
    """A class, with the memberships of its teacher and helpers."""

    id: int
    name: str
    teacher: int | None = None
    helpers: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Facts:
    """What the record says. `year` is the new one; `there` are classes it has already, with their year groups and
    pupils; `last` is the oldest year group of the school's phase."""

    year: int
    movers: tuple[Mover, ...]
    sources: tuple[Source, ...]
    there: tuple[tuple[Source, tuple[str, ...], int], ...] = ()
    last: str = "6"

    @property
    def cohorts(self) -> Mapping[Cohort, list[Mover]]:
        """In the order of the classes, those without one last; the youngest first within a class."""
        found: dict[Cohort, list[Mover]] = {}
        for mover in self.movers:
            found.setdefault(mover.cohort, []).append(mover)
        return found


@dataclass(frozen=True, slots=True)
class ClassChoice:
    """A class of the new year. `key` names it within the plan; `years` are the year groups it takes."""

    key: str
    name: str
    years: tuple[str, ...]
    teacher: int | None = None
    helpers: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class OwnWay:
    """What is settled for one child: where to, the year group, the last day. Empty: as the cohort."""

    into: str = ""
    year_group: str = ""
    last_day: date | None = None


@dataclass(frozen=True, slots=True)
class PointChoice:
    """An assessment point of the new year."""

    slot: int
    name: str
    opens_on: date
    closes_on: date
    shown: bool


@dataclass(frozen=True, slots=True)
class Choices:
    """All that was chosen or is suggested. No `points`: the year has been set up already."""

    classes: tuple[ClassChoice, ...]
    routes: Mapping[Cohort, str]
    last_day: date
    own: Mapping[int, OwnWay] = field(default_factory=dict)
    points: tuple[PointChoice, ...] = ()


def is_odd(pupils: int, most: int) -> bool:
    """Whether a year group is out of place in a class: one or two children beside five times as many of another."""
    return 0 < pupils <= FEW and most >= TIMES * pupils


def main_years(counted: Counter[str]) -> list[str]:
    """The year groups that make a class, without those of one or two children among many."""
    most = max(counted.values(), default=0)
    return [code for code, pupils in counted.items() if not is_odd(pupils, most)]


def still_open(routes: Mapping[Cohort, str], classes: Iterable[ClassChoice]) -> dict[Cohort, str]:
    """The routes that lead somewhere: a class left out since leaves its cohorts to be suggested anew."""
    told = list(classes)
    known = {LEAVE, NOWHERE, *(one.key for one in told), *(f"{SHARE}{code}" for one in told for code in one.years)}
    return {cohort: into for cohort, into in routes.items() if into in known}
