"""Everybody who was on roll on one of several days, with where they stood and which groups they belong to.

For a report, which reads the roll as a point opened, as it closed, and today. Four questions to the database, whatever
the size of the school and the number of days.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db.models import Q

from itrack.pupils.models import Circumstance, Enrolment, Pupil
from itrack.pupils.queries.standing import covers, places, standing
from itrack.pupils.rules_groups import Facts, Spell, groups_of
from itrack.pupils.rules_years import year_group_of

_KINDS = (Circumstance.Kind.YEAR, Circumstance.Kind.SEN, Circumstance.Kind.FREE_MEALS, Circumstance.Kind.CARE)
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


@dataclass(slots=True)
class _Told:
    years: dict[int, str] = field(default_factory=dict)
    meals: list[Spell] = field(default_factory=list)
    care: list[Spell] = field(default_factory=list)
    sen: list[tuple[Spell, str]] = field(default_factory=list)


def cohort(*, school: int, days: Collection[date], year: int, as_at: datetime | None = None) -> Cohort:
    """Classes and year groups are those of the academic year that starts in `year`. `as_at`: as it stood then."""
    joined = _joined(school, days, as_at)
    pupils = {pupil for on_day in joined.values() for pupil in on_day}
    told = _told(school, pupils, as_at)
    rows = Pupil.objects.filter(school_id=school, pk__in=pupils).order_by()
    named = rows.values_list(*_NAMED, "sex", "dob", "first_language")
    return Cohort(
        {row[0]: _pupil(row, told[row[0]], year) for row in named},
        _classes(school, joined, year, as_at),
        joined,
    )


def _joined(school: int, days: Collection[date], as_at: datetime | None) -> dict[date, dict[int, date]]:
    any_of_them = Q()
    for day in days:
        any_of_them |= covers(day)
    spells = Enrolment.objects.filter(standing(as_at), any_of_them, school_id=school)
    # Of two spells that overlap the earlier is written last, and so is the one told.
    rows = list(spells.order_by("-starts").values_list("pupil_id", "starts", "ends"))
    return {
        day: {pupil: starts for pupil, starts, ends in rows if starts <= day and (ends is None or ends >= day)}
        for day in days
    }


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


def _told(school: int, pupils: Collection[int], as_at: datetime | None) -> defaultdict[int, _Told]:
    # The ids are given, not asked for again inside; see itrack.pupils.queries.roll.
    said = Circumstance.objects.filter(standing(as_at), school_id=school, kind__in=_KINDS, pupil__in=pupils)
    told: defaultdict[int, _Told] = defaultdict(_Told)
    for row in said.order_by().values_list("pupil_id", "kind", "key", "code", "starts", "ends"):
        _take(told[row[0]], *row[1:])
    return told


def _take(told: _Told, kind: str, key: str, code: str, starts: date | None, ends: date | None) -> None:
    if kind == Circumstance.Kind.YEAR:
        if key.isdecimal():
            told.years[int(key)] = code
    elif kind == Circumstance.Kind.SEN:
        told.sen.append(((starts, ends), code))
    elif kind == Circumstance.Kind.FREE_MEALS:
        told.meals.append((starts, ends))
    elif code == "yes":
        told.care.append((starts, ends))


def _pupil(row: Iterable[Any], told: _Told, year: int) -> CohortPupil:
    pk, legal_surname, legal_forename, surname, forename, sex, born, language = row
    facts = Facts(sex, born, language, tuple(told.meals), tuple(told.care), tuple(told.sen))
    year_group = year_group_of(told.years, year, born)
    return CohortPupil(pk, surname or legal_surname, forename or legal_forename, year_group, facts)
