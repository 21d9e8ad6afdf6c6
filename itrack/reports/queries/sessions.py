"""Which year's sessions a report is of, and those of each pupil at this school: one rule for all reports."""

from collections.abc import Mapping
from dataclasses import dataclass

from itrack.pupils.api import sessions_of_year, years_of_sessions
from itrack.reports.queries.question import Asked
from itrack.reports.rules.attendance import Sessions
from itrack.schools.api import school_row


@dataclass(frozen=True, slots=True)
class SessionsHere:
    """`known` are the sessions at this school by pupil, `elsewhere` those of whom files told of other schools alone."""

    year: int
    brought: bool
    known: Mapping[int, Sessions]
    elsewhere: frozenset[int]


def years_told(asked: Asked) -> list[int]:
    """The years there are totals of, the usual one first: that of the point, else the last one before it.

    Most files bring totals once the year is over, so those of a running year are mostly not there yet.
    """
    years = years_of_sessions(school=asked.school, as_at=asked.moment) or [asked.point.year]
    usual = next((year for year in years if year <= asked.point.year), years[0])
    return [usual, *(year for year in years if year != usual)]


def sessions_here(asked: Asked, year: int) -> SessionsHere:
    """Of everybody a file told of, whether in view or not. A row without a number is ours."""
    lines = sessions_of_year(school=asked.school, year=year, as_at=asked.moment)
    school = school_row(school=asked.school)
    known, elsewhere = {}, set()
    for pupil, told in lines.items():
        own = [one for one in told if (one.la, one.estab) in {("", ""), (school.la, school.estab)}]
        possible = sum(one.possible for one in own)
        if possible:
            known[pupil] = Sessions(possible, sum(one.authorised + one.unauthorised for one in own))
        elif not own:
            elsewhere.add(pupil)
    return SessionsHere(year, bool(lines), known, frozenset(elsewhere))
