"""The totals of sessions that transfer files brought, by year."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from itrack.pupils.models import AttendanceYear
from itrack.pupils.queries.standing import standing


@dataclass(frozen=True, slots=True)
class SessionsLine:
    """One pupil's sessions of a year at one school, which its authority's and its own number name."""

    la: str
    estab: str
    possible: int
    authorised: int
    unauthorised: int


def sessions_of_year(*, school: int, year: int, as_at: datetime | None = None) -> Mapping[int, Sequence[SessionsLine]]:
    """By pupil, of everybody of whom a file told, whether on roll or not; `as_at`: as it stood then."""
    rows = AttendanceYear.objects.filter(standing(as_at), school_id=school, year=year).order_by(
        "pupil_id", "la", "estab"
    )
    found: defaultdict[int, list[SessionsLine]] = defaultdict(list)
    told = rows.values_list("pupil_id", "la", "estab", "possible", "authorised", "unauthorised")
    for pupil, la, estab, possible, authorised, unauthorised in told:
        found[pupil].append(SessionsLine(la, estab, possible, authorised, unauthorised))
    return found


def years_of_sessions(*, school: int, as_at: datetime | None = None) -> list[int]:
    """The academic years of which there are totals, the latest first."""
    rows = AttendanceYear.objects.filter(standing(as_at), school_id=school).order_by("-year")
    return list(rows.values_list("year", flat=True).distinct())
