"""When a spell on the roll gets another last day: what becomes of the places in classes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from itrack.pupils.rules_classes import last_day

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date


@dataclass(frozen=True, slots=True)
class SpellHeld:
    """The last spell on the roll."""

    starts: date
    ends: date | None


@dataclass(frozen=True, slots=True)
class PlaceHeld:
    """A place in a class of the academic year `year`."""

    id: int
    group: int
    year: int
    starts: date
    ends: date | None


@dataclass(frozen=True, slots=True)
class CutPlaces:
    """Places with the last day they get, and those that never come about."""

    ended: list[tuple[PlaceHeld, date | None]]
    withdrawn: list[PlaceHeld]


def last_spells(rows: Iterable[tuple[int, date, date | None]]) -> dict[int, SpellHeld]:
    """The latest spell of each pupil, from (pupil, starts, ends)."""
    return {pupil: SpellHeld(starts, ends) for pupil, starts, ends in sorted(rows, key=lambda row: row[1])}


def cut_places(places: Iterable[PlaceHeld], spell: SpellHeld, day: date | None) -> CutPlaces:
    """Ends the places of the spell on its new last day; one that had ended with the spell goes on with it."""
    ended: list[tuple[PlaceHeld, date | None]] = []
    withdrawn: list[PlaceHeld] = []
    for place in places:
        if place.ends is not None and place.ends < spell.starts:
            continue  # of an earlier spell
        if day is not None and place.starts > day:
            withdrawn.append(place)
        elif (ends := _ends(place, spell.ends, day)) != place.ends:
            ended.append((place, ends))
    return CutPlaces(ended, withdrawn)


def _ends(place: PlaceHeld, was: date | None, day: date | None) -> date | None:
    went_with_it = place.ends is None or place.ends == was
    if day is not None and day < last_day(place.year):
        return day if went_with_it or (place.ends is not None and place.ends > day) else place.ends
    # The class is over by then: a place in it needs no end of its own.
    return None if went_with_it else place.ends


def first_fault(spells: Iterable[tuple[date, date | None]]) -> str:
    """What is wrong with one of these first and last days, as a sentence; "" when nothing is."""
    for starts, day in spells:
        if day is not None and day < starts:
            return "One of them joined after that day. Choose a later last day for them."
    return ""
