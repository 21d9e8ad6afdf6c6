"""Who is in view at an assessment point, and from which day their place is read.

In view are the pupils on roll on the day the point opened or on the last day looked at, and each belongs to one class:
the one they were in when it opened, or, without one then, the one they were given later. So a child who changes class
is counted once, and classes add up to their school.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from itrack.reports.rules.tally import Population
from itrack.ui.words import long_date

WHOLE, YEAR, CLASS = "all", "year", "class"


@dataclass(frozen=True, slots=True)
class Whose:
    """Whose marks: the whole school, one year group (`key` its code) or one class (`key` its id as text)."""

    kind: str
    key: str
    words: str

    @property
    def value(self) -> str:
        """As an address says it: "all", "year-4", "class-12"."""
        return self.kind if self.kind == WHOLE else f"{self.kind}-{self.key}"

    @property
    def running(self) -> str:
        """In the middle of a sentence: "in Year 4", "in the school"."""
        return "in the school" if self.kind == WHOLE else f"in {self.words}"


WHOLE_SCHOOL = Whose(WHOLE, "", "Whole school")


@dataclass(frozen=True, slots=True)
class Place:
    """Where a pupil stood on a day: year group and class, "" for none."""

    year_group: str
    class_id: str


@dataclass(frozen=True, slots=True)
class Days:
    """`roll`: the day the point opened. `last`: the last day it was open and seen. Seen earlier, both are that day."""

    roll: date
    last: date
    opened: bool


def days_of(*, opens_on: date, closes_on: date, seen_on: date) -> Days:
    """The days to read the roll on."""
    roll = min(opens_on, seen_on)
    return Days(roll, max(roll, min(closes_on, seen_on)), seen_on >= opens_on)


@dataclass(frozen=True, slots=True)
class Rolls:
    """Where pupils stood when the point opened, on its last day looked at, and now, if only marks speak of them.

    `joined` is the day those came who were not there when it opened.
    """

    first: Mapping[int, Place]
    last: Mapping[int, Place]
    late: Mapping[int, Place]
    joined: Mapping[int, date]


def population(whose: Whose, *, days: Days, rolls: Rolls) -> Population:
    """Sorts the rolls into who is counted if marked, and who is not whatever their mark."""
    settled = {**rolls.last, **{pupil: _settled(place, rolls.last.get(pupil)) for pupil, place in rolls.first.items()}}
    inside = frozenset(_of(whose, settled))
    moved = f"In another {whose.kind} on {long_date(days.roll)}, when the point opened"
    outside = {pupil: moved for pupil in _of(whose, rolls.last) if pupil not in inside}
    outside |= {pupil: _came(pupil, rolls, "after the point closed") for pupil in _of(whose, rolls.late)}
    gone = f"No mark, and no longer on roll on {long_date(days.last)}"
    unmarked = {pupil: gone for pupil in inside if pupil not in rolls.last}
    unmarked |= {pupil: _came(pupil, rolls, "after the point opened") for pupil in inside if pupil not in rolls.first}
    return Population(inside, outside, unmarked)


def _settled(first: Place, last: Place | None) -> Place:
    return last if last is not None and not first.class_id else first


def _of(whose: Whose, roll: Mapping[int, Place]) -> list[int]:
    if whose.kind == WHOLE:
        return list(roll)
    if whose.kind == YEAR:
        return [pupil for pupil, place in roll.items() if place.year_group == whose.key]
    return [pupil for pupil, place in roll.items() if place.class_id == whose.key]


def _came(pupil: int, rolls: Rolls, when: str) -> str:
    day = rolls.joined.get(pupil)
    return f"Joined on {long_date(day)}, {when}" if day else f"Joined {when}"


def in_view_words(whose: Whose, *, days: Days, point: str, opens_on: date) -> str:
    """Who is in view, in words: "pupils on roll on 2 November 2026, when Autumn 2 opened"."""
    where = "on roll" if whose.kind == WHOLE else f"{whose.running} and on roll"
    when = f"on {long_date(days.roll)}"
    if not days.opened:
        when = f"{when} ({point} opens on {long_date(opens_on)})"
    elif days.last != days.roll:
        when = f"{when}, when {point} opened, or on {long_date(days.last)}"
    else:
        when = f"{when}, when {point} opened"
    return f"pupils {where} {when}"


def denominator(whose: Whose, *, days: Days, point: str, opens_on: date) -> str:
    """Who is counted, in words, as every copy of the report says it."""
    return (
        f"Counted in a subject: {in_view_words(whose, days=days, point=point, opens_on=opens_on)}, who have a mark in "
        "it. A percentage is always of those pupils. A code that stands for no band is not counted."
    )
