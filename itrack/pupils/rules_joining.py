"""When a pupil joined: at the usual time, or later, which is what mobility means here.

    joining(facts, date(2026, 11, 2)) → Joining("earlier", date(2025, 1, 6), "2")

The usual time is up to the end of the year group in which pupils usually come: Reception, in a junior school Year 3.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from itrack.pupils.rules_answers import UNKNOWN, covers
from itrack.pupils.rules_years import NO_YEAR_GROUP, academic_year, year_group_of, year_group_order

if TYPE_CHECKING:
    from datetime import date

    from itrack.pupils.rules_answers import Facts

USUAL, EARLIER, THIS_YEAR = "usual", "earlier", "this_year"
# The phase of a school → the year group in which pupils usually join it.
_ENTRY: Final = {"junior": "3"}


@dataclass(frozen=True, slots=True)
class Joining:
    """`says` is USUAL, EARLIER (later than usual, in a year before this), THIS_YEAR or UNKNOWN.

    `day` is the first day of the present spell on the roll, None where it is not known; `year_group` the one then.
    """

    says: str
    day: date | None = None
    year_group: str = ""


def entry_of(phase: str) -> str:
    return _ENTRY.get(phase, "R")


def joining(facts: Facts, on: date) -> Joining:
    """Of the spell on the roll that covers the day. Of somebody who came back, the day of coming back counts."""
    stay = min((stay for stay in facts.stays if covers(stay, on, on)), default=None)
    if stay is None or not stay.certain:
        return Joining(UNKNOWN)
    year = academic_year(stay.starts)
    then = year_group_of(facts.years, year, facts.born)
    if then in {"", NO_YEAR_GROUP}:
        return Joining(UNKNOWN, stay.starts)
    if year_group_order(then) <= year_group_order(facts.entry):
        return Joining(USUAL, stay.starts, then)
    return Joining(THIS_YEAR if year == academic_year(on) else EARLIER, stay.starts, then)
