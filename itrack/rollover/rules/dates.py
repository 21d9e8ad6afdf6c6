"""Next year's assessment points: this year's, 52 weeks later, so that each falls on the same day of the week."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from itrack.rollover.rules.plan import PointChoice
from itrack.schools.rules import first_day, last_day

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

LATER: Final = timedelta(weeks=52)


def moved_points(year: int, points: Iterable[PointChoice]) -> tuple[PointChoice, ...]:
    """The points for the academic year that starts in `year`; no day leaves the year."""
    return tuple(
        PointChoice(one.slot, one.name, _within(year, one.opens_on), _within(year, one.closes_on), one.shown)
        for one in points
    )


def _within(year: int, day: date) -> date:
    return min(max(day + LATER, first_day(year)), last_day(year))
