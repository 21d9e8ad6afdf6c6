"""What would happen: who is in which class of the new year, who leaves, who is without a class, and what to look at.

Each pupil is in exactly one of the three. The same is computed for the page that shows it and for the deed that does
it, and `digest` tells whether the two are the same.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from itrack.pupils.rules_classes import fill_smallest
from itrack.pupils.rules_years import year_group_order
from itrack.rollover.rules.plan import (
    LEAVE,
    NO_CLASS,
    NOWHERE,
    SHARE,
    Choices,
    ClassChoice,
    Facts,
    Mover,
    OwnWay,
    is_odd,
)
from itrack.schools.rules import PointFacts, faults, fingerprint, last_day

if TYPE_CHECKING:
    from datetime import date

INFANTS: Final = frozenset({"R", "1", "2"})
INFANT_SIZE: Final = 30  # School Admissions (Infant Class Sizes) Regulations 2012
AS_CHOSEN: Final = OwnWay()


@dataclass(frozen=True, slots=True)
class Going:
    """A pupil with the year group of the new year."""

    mover: Mover
    year_group: str

    @property
    def is_kept_or_moved_on(self) -> bool:
        """Whether the record must be told the year group, because it would say another."""
        return self.year_group != self.mover.then


@dataclass(frozen=True, slots=True)
class Planned:
    """A class of the new year with who goes there. `there`: its id, and how many it has, when it exists already."""

    choice: ClassChoice
    pupils: tuple[Going, ...]
    there: int | None = None
    has: int = 0

    @property
    def years(self) -> list[tuple[str, int]]:
        """(year group, pupils), youngest first."""
        counted = Counter(one.year_group for one in self.pupils)
        return sorted(counted.items(), key=lambda row: year_group_order(row[0]))

    @property
    def odd(self) -> list[Going]:
        """Those whose year group is not the class's: kept back, deferred or moved on."""
        counted = dict(self.years)
        most = max(counted.values(), default=0)
        return [one for one in self.pupils if is_odd(counted[one.year_group], most)]

    @property
    def sources(self) -> list[tuple[int, int]]:
        """(class this year, pupils from it), most first."""
        return Counter(one.mover.source for one in self.pupils).most_common()

    @property
    def is_too_large_for_infants(self) -> bool:
        infants = any(one.year_group in INFANTS for one in self.pupils)
        return infants and self.has + len(self.pupils) > INFANT_SIZE


@dataclass(frozen=True, slots=True)
class Outcome:
    classes: tuple[Planned, ...]
    leavers: tuple[tuple[Mover, date], ...]
    without: tuple[Going, ...]
    choices: Choices

    @property
    def goings(self) -> list[Going]:
        return [*(one for planned in self.classes for one in planned.pupils), *self.without]

    @property
    def promoted(self) -> int:
        """Who has a class this year and one in the next."""
        return sum(one.mover.source != NO_CLASS for planned in self.classes for one in planned.pupils)

    @property
    def coming(self) -> int:
        """Who has a class in the next year alone."""
        return sum(one.mover.source == NO_CLASS for planned in self.classes for one in planned.pupils)

    @property
    def settled_years(self) -> dict[int, str]:
        return {one.mover.id: one.year_group for one in self.goings if one.is_kept_or_moved_on}

    @property
    def digest(self) -> str:
        return fingerprint(
            [
                *((one.choice, one.there, one.has, one.pupils) for one in self.classes),
                self.leavers,
                self.without,
                self.choices.points,
            ]
        )


def outcome(facts: Facts, choices: Choices) -> Outcome:
    """Sends everybody where the choices say."""
    settled: dict[str, list[Going]] = {one.key: [] for one in choices.classes}
    waiting: dict[str, list[Going]] = {}
    leavers: list[tuple[Mover, date]] = []
    without: list[Going] = []
    for mover in facts.movers:
        own = choices.own.get(mover.id, AS_CHOSEN)
        into = own.into or choices.routes.get(mover.cohort, NOWHERE)
        if into == LEAVE:
            leavers.append((mover, own.last_day or choices.last_day))
            continue
        pupils = waiting.setdefault(into, []) if into.startswith(SHARE) else settled.get(into, without)
        pupils.append(Going(mover, own.year_group or mover.then))
    there = {row[0].name.casefold(): (row[0].id, row[2]) for row in facts.there}
    for share, goings in waiting.items():
        takers = [one for one in choices.classes if share.removeprefix(SHARE) in one.years]
        _share(goings, [settled[one.key] for one in takers], [_has(one, there) for one in takers], without)
    classes = tuple(_planned(one, settled, there) for one in choices.classes)
    return Outcome(classes, tuple(leavers), tuple(without), choices)


def _has(choice: ClassChoice, there: dict[str, tuple[int, int]]) -> int:
    return there.get(choice.name.casefold(), (0, 0))[1]


def _share(goings: list[Going], into: list[list[Going]], has: list[int], without: list[Going]) -> None:
    if not into:
        without.extend(goings)
        return
    sizes = {place: len(pupils) + has[place] for place, pupils in enumerate(into)}
    for going, place in zip(goings, fill_smallest(sizes, len(goings)), strict=True):
        into[place].append(going)


def _planned(choice: ClassChoice, settled: dict[str, list[Going]], there: dict[str, tuple[int, int]]) -> Planned:
    held, has = there.get(choice.name.casefold(), (None, 0))
    return Planned(choice, tuple(settled[choice.key]), held, has)


def hindrances(facts: Facts, planned: Outcome) -> list[str]:
    """What keeps the plan from being carried out, a sentence each."""
    found = []
    names = Counter(one.choice.name.casefold() for one in planned.classes)
    if twice := [one.choice.name for one in planned.classes if names[one.choice.name.casefold()] > 1]:
        found.append(f"Two classes are called {twice[0]}. Give one of them another name.")
    early = sum(day < mover.starts for mover, day in planned.leavers)
    if early:
        found.append(f"{early} would leave before their first day here. Choose a later last day for them.")
    late = sum(day > last_day(facts.year - 1) for _, day in planned.leavers)
    if late:
        found.append(f"{late} would leave after the new year has begun. Choose an earlier last day for them.")
    shown = [PointFacts(p.slot, p.name, p.opens_on, p.closes_on) for p in planned.choices.points if p.shown]
    return found + [fault.sentence for fault in faults(facts.year, shown)]
