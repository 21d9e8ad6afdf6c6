"""Everybody who was on roll on one of several days, with where they stood and which groups they belong to.

For a report, which reads the roll as a point opened, as it closed, and today. Four questions to the database, whatever
the size of the school and the number of days.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Q

from itrack.pupils.models import Enrolment, Pupil
from itrack.pupils.queries.facts import Told, facts_told
from itrack.pupils.queries.standing import covers, places, standing
from itrack.pupils.queries.stays import COLUMNS, stay
from itrack.pupils.rules_answers import Facts, Stay
from itrack.pupils.rules_groups import groups_of
from itrack.pupils.rules_joining import entry_of
from itrack.pupils.rules_years import year_group_of

_NAMED = ("pk", "legal_surname", "legal_forename", "preferred_surname", "preferred_forename")


@dataclass(frozen=True, slots=True)
class CohortPupil:
    """A pupil by name, preferred before legal. `born`, `language` and spells speak through `groups_on`."""

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

    def groups_on(self, day: date) -> dict[str, str]:
        """The group of each kind (itrack.pupils.rules_groups), by code."""
        return groups_of(self.facts, day)


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
    spells = _spells(school, days, as_at)
    joined = _joined(spells, days)
    pupils = {pupil for on_day in joined.values() for pupil in on_day}
    told, stays = facts_told(pupils, school=school, as_at=as_at), _stays(spells)
    rows = Pupil.objects.filter(school_id=school, pk__in=pupils).order_by()
    named = rows.values_list(*_NAMED, "sex", "dob", "first_language", "school__phase")
    return Cohort(
        {row[0]: _pupil(row, told[row[0]], stays[row[0]], year) for row in named},
        _classes(school, joined, year, as_at),
        joined,
    )


_Spells = Sequence[tuple[int, Stay]]


def _spells(school: int, days: Collection[date], as_at: datetime | None) -> _Spells:
    """Of two spells that overlap the earlier comes last."""
    any_of_them = Q()
    for day in days:
        any_of_them |= covers(day)
    rows = Enrolment.objects.filter(standing(as_at), any_of_them, school_id=school).order_by("-starts")
    return [(pupil, stay(*told)) for pupil, *told in rows.values_list("pupil_id", *COLUMNS)]


def _joined(spells: _Spells, days: Collection[date]) -> dict[date, dict[int, date]]:
    return {
        day: {pupil: one.starts for pupil, one in spells if one.starts <= day and (one.ends is None or one.ends >= day)}
        for day in days
    }


def _stays(spells: _Spells) -> defaultdict[int, tuple[Stay, ...]]:
    stays: defaultdict[int, tuple[Stay, ...]] = defaultdict(tuple)
    for pupil, one in spells:
        stays[pupil] += (one,)
    return stays


def _classes(
    school: int, joined: Mapping[date, Collection[int]], year: int, as_at: datetime | None
) -> dict[date, dict[int, tuple[int, str] | None]]:
    rows = places(school=school, year=year, on=None, as_at=as_at)
    held = list(rows.values_list("pupil_id", "group_id", "group__name", "starts", "ends"))
    found: dict[date, dict[int, tuple[int, str] | None]] = {}
    for day, pupils in joined.items():
        found[day] = dict.fromkeys(pupils)
        for pupil, group, name, starts, ends in held:
            if pupil in pupils and starts <= day and (ends is None or ends >= day):
                found[day][pupil] = (group, name)
    return found


def _pupil(row: Iterable[Any], told: Told, stays: tuple[Stay, ...], year: int) -> CohortPupil:
    pk, legal_surname, legal_forename, surname, forename, sex, born, language, phase = row
    facts = told.facts(sex=sex, born=born, language=language, stays=stays, entry=entry_of(phase))
    year_group = year_group_of(told.years, year, born)
    return CohortPupil(pk, surname or legal_surname, forename or legal_forename, year_group, facts)
