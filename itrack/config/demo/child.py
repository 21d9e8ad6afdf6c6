"""One invented child with the whole of their school life, of which a transfer file shows what is known by its day."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

    from itrack.config.demo.names import Background

YEAR_GROUPS = ("R", "1", "2", "3", "4", "5", "6")


@dataclass(frozen=True, slots=True)
class Family:
    """`number` tells families apart and makes their address, telephone and e-mail."""

    number: int
    surname: str
    background: Background
    language: str
    meals_from: int | None  # the calendar year in which free school meals began, if they did
    meals_until: int | None


@dataclass(frozen=True, slots=True)
class Spell:
    """From `starts` to `ends`, both included; `code` is the SEN provision, "" for free meals."""

    starts: date
    ends: date | None
    code: str = ""


@dataclass(frozen=True, slots=True)
class SchoolBefore:
    la: str
    estab: str
    urn: str
    name: str
    entry: date
    leaving: date


@dataclass(frozen=True, slots=True)
class Gifts:
    """How a child learns, in standard deviations: overall, more or less a year, and by subject as SUBJECTS."""

    ability: float
    drift: float
    leans: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Child:
    """`reception` is the year in which the child's cohort began Reception. Without `before` and late: from abroad."""

    family: Family
    upn: str
    forename: str
    sex: str
    born: date
    reception: int
    entry: date
    ethnicity: str
    gifts: Gifts
    surname: str = ""
    middle_names: str = ""
    preferred_forename: str = ""
    preferred_surname: str = ""
    leaving: date | None = None
    before: SchoolBefore | None = None
    from_abroad: bool = False
    temporary_upn: str = ""
    upn_known_on: date | None = None  # with a temporary UPN: when the permanent one came, None while it has not
    meals: tuple[Spell, ...] = ()
    sen: tuple[Spell, ...] = ()
    needs: tuple[str, ...] = ()
    in_care: bool = False
    service: bool = False
    medical: bool = False

    def number_on(self, on: date) -> tuple[str, str]:
        """The UPN and the former UPN as a file of that day gives them."""
        if not self.temporary_upn:
            return self.upn, ""
        settled = self.upn_known_on is not None and self.upn_known_on <= on
        return (self.upn, self.temporary_upn) if settled else (self.temporary_upn, "")

    def year_group(self, year: int) -> str:
        """In the academic year that starts in `year`; "" when too young or too old for the school."""
        place = year - self.reception
        return YEAR_GROUPS[place] if 0 <= place < len(YEAR_GROUPS) else ""
