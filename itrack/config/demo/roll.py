"""Draws the children of a demo school, always the same ones: each school has a lot of its own.

roll_of(OAKFIELD)   # every child who was at the school at any time of the story, leavers included
"""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import date, timedelta
from functools import cache
from itertools import count
from random import Random
from statistics import NormalDist
from typing import TYPE_CHECKING, Any, Final

from itrack.config.demo.child import Child, Family, Gifts, SchoolBefore
from itrack.config.demo.circumstances import meals_of, needs_of, sen_of
from itrack.config.demo.names import BACKGROUNDS, MIDDLE_NAMES, SHORT
from itrack.config.demo.schools import SCHOOLS, THIS_YEAR, StandsOut
from itrack.config.demo.standing import SUBJECTS
from itrack.pupils.rules import UPN_LETTERS, check_letter

if TYPE_CHECKING:
    from collections.abc import Iterator

    from itrack.config.demo.names import Background
    from itrack.config.demo.schools import DemoSchool

CAME_LATER, HAS_SIBLING, ON_FREE_MEALS = 0.09, 0.24, 0.32
LAST_DAY_OF_YEAR_6: Final = (7, 22)  # when the last assessment point closes
_FIELDS: Final = {field.name for field in fields(Child)}


def _evenly(step: float) -> Iterator[float]:
    """Numbers from 0 to 1 that fill the room between evenly, however few are taken."""
    return (place * step % 1 for place in count(1))


@cache
def roll_of(school: DemoSchool) -> tuple[Child, ...]:
    """The children by cohort, oldest first."""
    return tuple(_Draw(school).children())


class _Draw:
    def __init__(self, school: DemoSchool) -> None:
        self.school = school
        self.lot = Random(school.urn)  # noqa: S311 - invents data
        # Shares come out as meant even in a small school; the steps are irrational and unlike.
        self.abilities, self.meals, self.needs = _evenly(3**0.5), _evenly(2**0.5), _evenly(5**0.5)
        self.families: list[Family] = []
        self.names: set[tuple[str, str]] = set()
        self.marked = {(marked.reception, marked.number): marked for marked in school.stand_out}

    def children(self) -> list[Child]:
        drawn: list[Child] = []
        for reception, size in self.school.cohorts.items():
            taken: set[int] = set()
            mean = self.lot.gauss(0.2, 0.1) - self.school.dips.get(reception, 0.0)
            for number in range(1, size + 1):
                marked = self.marked.get((reception, number))
                twin = drawn[-1] if marked and "twin" in marked.says else None
                family = twin.family if twin else self._family(taken)
                taken.add(family.number)
                child = self._child(family, reception, number, mean)
                if twin:
                    child = replace(child, born=twin.born, entry=twin.entry, before=twin.before)
                drawn.append(self._stand_out(child, marked) if marked else child)
        return drawn

    def _family(self, taken: set[int]) -> Family:
        """A family already here, if it has no child in this cohort, or a new one."""
        known = [family for family in self.families[-80:] if family.number not in taken]
        if known and self.lot.random() < HAS_SIBLING:
            return self.lot.choice(known)
        background = self.lot.choices(BACKGROUNDS, [background.weight for background in BACKGROUNDS])[0]
        began = self.lot.randint(2018, 2025) if next(self.meals) < ON_FREE_MEALS else None
        over = began + self.lot.randint(1, 3) if began and self.lot.random() < 0.15 else None
        surname = self.lot.choice(self._surnames(background))
        family = Family(len(self.families) + 1, surname, background, self.lot.choice(background.languages), began, over)
        self.families.append(family)
        return family

    def _surnames(self, background: Background) -> list[str]:
        every_fifth = SCHOOLS.index(self.school) > 0
        return [name for place, name in enumerate(background.surnames) if (place % 5 == 4) == every_fifth]

    def _child(self, family: Family, reception: int, number: int, mean: float) -> Child:
        sex = self.lot.choice("FM")
        entry, before = self._arrival(reception)
        child = Child(
            family=family,
            upn=self._upn(reception, number, before),
            forename=self._forename(family, sex),
            surname=family.surname,
            sex=sex,
            born=date(reception - 5, 9, 1) + timedelta(days=self.lot.randrange(365)),
            reception=reception,
            entry=entry,
            before=before,
            ethnicity=self.lot.choice(family.background.ethnicities),
            gifts=Gifts(0.0, 0.0, ()),
            middle_names=self.lot.choice(MIDDLE_NAMES) if self.lot.random() < 0.4 else "",
            leaving=date(reception + 7, *LAST_DAY_OF_YEAR_6) if reception + 6 < THIS_YEAR else None,
            meals=meals_of(family, reception, self.lot),
            sen=(spells := sen_of(reception, next(self.needs), self.lot)),
            needs=needs_of(spells, self.lot),
            medical=self.lot.random() < 0.12,
        )
        return self._gifted(self._preferring(child), mean)

    def _forename(self, family: Family, sex: str) -> str:
        names = family.background.girls if sex == "F" else family.background.boys
        free = [name for name in names if (family.surname, name) not in self.names]
        chosen = self.lot.choice(free or names)
        self.names.add((family.surname, chosen))
        return chosen

    def _arrival(self, reception: int) -> tuple[date, SchoolBefore | None]:
        if self.lot.random() >= CAME_LATER or reception >= THIS_YEAR:
            return date(reception, 9, 1), None
        year = self.lot.randint(reception + 1, min(reception + 5, THIS_YEAR))
        la, estab, urn, name = self.lot.choice(self.school.neighbours)
        left = date(year, 7, 21)
        return date(year, 9, 1), SchoolBefore(la, estab, urn, name, date(reception, 9, 1), left)

    def _upn(self, reception: int, number: int, before: SchoolBefore | None) -> str:
        """Given by the school where the child began, in the year they began, with a serial number."""
        given_by = before.la + before.estab if before else self.school.la + self.school.estab
        body = f"{given_by}{reception % 100:02}{number:03}"
        return check_letter(body) + body

    def _temporary_upn(self, year: int, number: int) -> str:
        body = f"{self.school.la}{self.school.estab}{year % 100:02}{number:02}{UPN_LETTERS[number % len(UPN_LETTERS)]}"
        return check_letter(body) + body

    def _preferring(self, child: Child) -> Child:
        if child.forename in SHORT and self.lot.random() < 0.4:
            child = replace(child, preferred_forename=SHORT[child.forename])
        if self.lot.random() < 0.015:
            other = self.lot.choice(self._surnames(child.family.background))
            child = replace(child, preferred_surname=other)
        return child

    def _gifted(self, child: Child, mean: float) -> Child:
        """Gaps as they are found nationally: free meals and special needs cost, and summer-born begin behind."""
        ability = NormalDist(mean, 0.85).inv_cdf(0.001 + 0.998 * next(self.abilities))
        ability -= 0.42 * bool(child.meals) + 0.2 * (5 <= child.born.month <= 8)
        codes = {spell.code for spell in child.sen}
        ability -= 1.7 if "E" in codes else 0.75 * bool(codes)
        drift = self.lot.gauss(0.03, 0.07)
        return replace(child, gifts=Gifts(ability, drift, tuple(self.lot.gauss(0, 0.3) for _ in SUBJECTS)))

    def _stand_out(self, child: Child, marked: StandsOut) -> Child:
        says: dict[str, Any] = {name: said for name, said in marked.says.items() if name in _FIELDS}
        if joined := marked.says.get("joins"):
            says |= {"entry": joined} | self._came_from(child, marked, says)
        if "temporary" in marked.says:
            says["temporary_upn"] = self._temporary_upn(says["entry"].year, marked.number)
        return replace(child, **says)

    def _came_from(self, child: Child, marked: StandsOut, says: dict[str, Any]) -> dict[str, Any]:
        joined: Any = marked.says["joins"]
        if "from_abroad" in says:
            # England can have recorded nothing of them before they came.
            told = {"meals": child.meals, "sen": child.sen}
            since = {name: tuple(spell for spell in spells if spell.starts >= joined) for name, spells in told.items()}
            return since | {"before": None, "upn": self._upn(child.reception, 900 + marked.number, None)}
        la, estab, urn, name = self.school.neighbours[0]
        before = SchoolBefore(la, estab, urn, name, date(child.reception, 9, 1), joined - timedelta(days=3))
        return {"before": before, "upn": self._upn(child.reception, marked.number, before)}
