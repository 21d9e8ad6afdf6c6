"""Everybody who was on roll on one of several days, with where they stood and which groups they belong to.

For a report, which reads the roll as a point opened, as it closed, and today. Three questions to the database, whatever
the size of the school and the number of days: about spells with the pupils they are of, about what decides flags and
groups, and about classes.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple

from django.db.models import Q, QuerySet

from itrack.foundation.composed import ComposedAsAt
from itrack.pupils.models import Enrolment, GroupPlace
from itrack.pupils.queries.facts import Told, facts_told
from itrack.pupils.queries.roll import NAMED
from itrack.pupils.queries.standing import places, standing
from itrack.pupils.queries.stays import STAY
from itrack.pupils.rules_answers import Facts, Stay
from itrack.pupils.rules_joining import entry_of
from itrack.pupils.rules_years import year_group_of


class CohortPupil(NamedTuple):
    """A pupil by name, preferred before legal. Groups follow from `facts` (itrack.pupils.rules_groups)."""

    id: int
    surname: str
    forename: str
    year_group: str
    facts: Facts

    @property
    def spoken(self) -> str:
        return f"{self.forename} {self.surname}"

    @property
    def name(self) -> str:
        return f"{self.surname}, {self.forename}"


@dataclass(frozen=True, slots=True)
class Cohort:
    """`classes` maps each day to the class (id, name) of every pupil on roll that day, None for no class.

    `joined` tells of each day the first day of the spell on roll that includes it, by pupil.
    """

    pupils: Mapping[int, CohortPupil]
    classes: Mapping[date, Mapping[int, tuple[int, str] | None]]
    joined: Mapping[date, Mapping[int, date]]


def cohort(*, school: int, days: Collection[date], year: int, as_at: datetime | None = None) -> Cohort:
    """Classes and year groups are those of the academic year that starts in `year`. `as_at`: as it stood then."""
    rows = _SPELLS.rows(school=school, first=min(days), last=max(days), as_at=as_at)
    spells = [(row[0], Stay._make(row[1:4])) for row in rows]
    joined = {day: _joined(spells, day) for day in days}
    pupils = set().union(*joined.values())
    told, stays = facts_told(pupils, school=school, as_at=as_at), _stays(spells)
    return Cohort(
        {row[0]: _pupil(row, told[row[0]], stays[row[0]], year) for row in rows if row[0] in pupils},
        _classes(school, joined, year, as_at),
        joined,
    )


def _spells(given: Callable[[str], Any], as_at: Any) -> QuerySet[Enrolment, Any]:
    """Of two spells that overlap the earlier comes last."""
    lasted = Q(ends__isnull=True) | Q(ends__gte=given("first"))
    rows = Enrolment.objects.filter(standing(as_at), lasted, starts__lte=given("last"), school_id=given("school"))
    return rows.order_by("-starts").values_list(
        "pupil_id", *STAY, *(f"pupil__{name}" for name in NAMED), "school__phase"
    )


def _places(given: Callable[[str], Any], as_at: Any) -> QuerySet[GroupPlace, Any]:
    rows = places(school=given("school"), year=given("year"), on=None, as_at=as_at)
    return rows.values_list("pupil_id", "group_id", "group__name", "starts", "ends")


_SPELLS, _PLACES = ComposedAsAt(_spells), ComposedAsAt(_places)


def _joined(spells: Sequence[tuple[int, Stay]], day: date) -> dict[int, date]:
    return {pupil: starts for pupil, (starts, ends, _) in spells if starts <= day and (ends is None or ends >= day)}


def _stays(spells: Sequence[tuple[int, Stay]]) -> defaultdict[int, tuple[Stay, ...]]:
    stays: defaultdict[int, tuple[Stay, ...]] = defaultdict(tuple)
    for pupil, one in spells:
        stays[pupil] += (one,)
    return stays


def _classes(
    school: int, joined: Mapping[date, Collection[int]], year: int, as_at: datetime | None
) -> dict[date, dict[int, tuple[int, str] | None]]:
    rows = _PLACES.rows(school=school, year=year, as_at=as_at)
    held = [(pupil, (group, name), starts, ends) for pupil, group, name, starts, ends in rows]
    found: dict[date, dict[int, tuple[int, str] | None]] = {}
    for day, pupils in joined.items():
        found[day] = dict.fromkeys(pupils)
        for pupil, of, starts, ends in held:
            if starts <= day and (ends is None or ends >= day) and pupil in pupils:
                found[day][pupil] = of
    return found


def _pupil(row: Sequence[Any], told: Told, stays: tuple[Stay, ...], year: int) -> CohortPupil:
    pupil, _, _, _, legal_surname, legal_forename, surname, forename, sex, born, language, phase = row
    facts = told.facts(sex=sex, born=born, language=language, stays=stays, entry=entry_of(phase))
    year_group = year_group_of(told.years, year, born)
    return CohortPupil(pupil, surname or legal_surname, forename or legal_forename, year_group, facts)
