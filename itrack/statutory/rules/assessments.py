"""Which statutory assessments there are, for which year group, in which years, and of what each is made.

    ASSESSMENTS["ks2"].held(2021)   → "Not held: all national assessments of 2021 were cancelled."
    slot_of(line)                   → "reading-scaled"

A component is one field of the entry grid and one row of a transfer file. A result typed here and one imported meet in
the same component: its key alone is compared, and where files do not agree on the qualifier it is left aside.
The Reception baseline is not here: a school is given no score of it, so there is none to keep.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Final

from itrack.assessment.rules.result_words import GOALS, PHONICS_STANDARD, PHONICS_STANDARD_UNTIL
from itrack.statutory.rules.codes import SCALES, Scale

if TYPE_CHECKING:
    from collections.abc import Mapping

    from itrack.assessment.rules.results import ResultLine

NEW_GOALS_FROM: Final = 2022  # E01 to E17; until then G01 to G17
FIRST_PHONICS: Final = 2012
CANCELLED: Final = (2020, 2021)
MEASURED_GOALS: Final = 12


@dataclass(frozen=True, slots=True)
class Component:
    """`key` is stage, subject, method, component and the qualifier it is written with."""

    name: str
    title: str
    short: str
    key: tuple[str, str, str, str, str]
    scale_name: str
    any_qualifier: bool = True

    @property
    def scale(self) -> Scale:
        return SCALES[self.scale_name]


@dataclass(frozen=True, slots=True)
class Assessment:
    """`month` and `day`: whoever is on roll then belongs to the cohort. `first` and `last` bound the years held."""

    name: str
    title: str
    year_group: str
    month: int
    day: int
    first: int
    parts: tuple[Component, ...]
    statutory_until: int = 9999

    def day_in(self, year: int) -> date:
        return date(year, self.month, self.day)

    def components(self, year: int) -> list[Component]:
        """The early learning goals were renewed in 2022; everything else has kept its parts."""
        if self.name != "eyfsp":
            return list(self.parts)
        letter = "e" if year >= NEW_GOALS_FROM else "g"
        return [part for part in self.parts if part.name[0] == letter]

    def held(self, year: int) -> str:
        """ "" when it was held in that year, else why not."""
        if year < self.first:
            return f"Not held: first held in {self.first}."
        if year in CANCELLED:
            return f"Not held: all national assessments of {year} were cancelled.{_LATE.get((self.name, year), '')}"
        return ""

    def note(self, year: int) -> str:
        """What a reader has to know of that year."""
        if year > self.statutory_until:
            return f"Optional since {self.statutory_until + 1}: the school need not have these."
        return _NOTES.get((self.name, year), "")


_LATE: Final = {("phonics-1", 2021): " This cohort took the check in autumn 2021, in Year 2: see Year 2 of 2022."}
_NOTES: Final = {
    ("phonics-2", 2022): (
        "This cohort took its first check in autumn 2021. A transfer file has one place for the year, so the result of "
        "June 2022 takes the place of that of the autumn."
    ),
}
_AREAS: Final = {
    "e": ((2, "COM"), (5, "PSE"), (7, "PHY"), (10, "LIT"), (12, "MAT"), (15, "UTW"), (17, "EXP")),
    "g": ((3, "COM"), (5, "PHY"), (8, "PSE"), (10, "LIT"), (12, "MAT"), (15, "UTW"), (17, "EXP")),
}


def _goals() -> tuple[Component, ...]:
    return tuple(
        Component(code.lower(), title, code, ("FSP", _area(code), "TA", code, "NL"), "goal")
        for code, title in GOALS.items()
    )


def _area(code: str) -> str:
    return next(area for last, area in _AREAS[code[0].lower()] if int(code[1:]) <= last)


_TESTED: Final = (
    ("reading", "Reading", ("ENG", "REA"), 50),
    ("maths", "Maths", ("MAT", "SUB"), 110),
    ("gps", "GPS", ("ENG", "GPS"), 70),
)
_JUDGED: Final = {
    "reading": ("Reading", ("ENG", "REA")),
    "writing": ("Writing", ("ENG", "WRI")),
    "maths": ("Maths", ("MAT", "SUB")),
    "science": ("Science", ("SCI", "SUB")),
}


def _test(name: str, title: str, key: tuple[str, str], most: int) -> tuple[Component, ...]:
    stage, method = "KS2", "TT"
    kinds = (("raw", "raw", "NM", f"raw-{most}"), ("scaled", "scaled", "NS", "scaled"), ("outcome", "code", "NO", ""))
    return tuple(
        Component(
            f"{name}-{kind}",
            f"{title}, {_KINDS[kind]}",
            f"{title} {short}",
            (stage, key[0], method, key[1], qualifier),
            scale or kind,
            any_qualifier=False,
        )
        for kind, short, qualifier, scale in kinds
    )


_KINDS: Final = {"raw": "raw mark", "scaled": "scaled score", "outcome": "outcome code"}


def _judged(stage: str, subject: str, scale: str) -> Component:
    title, (code, component) = _JUDGED[subject]
    name = f"{stage.lower()}-{subject}"
    return Component(name, f"{title}, teacher assessment", f"{title} TA", (stage, code, "TA", component, "NL"), scale)


def _old_test(subject: str) -> Component:
    title, (code, component) = _JUDGED[subject]
    key = ("KS1", code, "TT", component, "NS")
    return Component(
        f"ks1-{subject}-scaled", f"{title}, scaled score", f"{title} scaled", key, "ks1-scaled", any_qualifier=False
    )


PHONICS: Final = Component("phonics", "Phonics check, mark", "Mark", ("KS1", "ENG", "TT", "PHO", "NM"), "phonics")
TABLES: Final = Component(
    "tables", "Multiplication tables check, mark", "Mark", ("KS2", "MAT", "TT", "MTC", "MT"), "tables"
)
_KS1: Final = (
    *(_judged("KS1", subject, "ks1-teacher") for subject in ("reading", "writing", "maths")),
    _judged("KS1", "science", "ks1-science"),
    *(_old_test(subject) for subject in ("reading", "maths")),
)
_KS2: Final = (
    *(part for told in _TESTED for part in _test(*told)),
    _judged("KS2", "writing", "writing"),
    _judged("KS2", "science", "science"),
    *(_judged("KS2", subject, "below") for subject in ("reading", "maths")),
)
ASSESSMENTS: Final = {
    one.name: one
    for one in (
        Assessment("eyfsp", "Early years foundation stage profile", "R", 6, 30, 2013, _goals()),
        Assessment("phonics-1", "Phonics check, Year 1", "1", 6, 12, FIRST_PHONICS, (PHONICS,)),
        Assessment("phonics-2", "Phonics check, Year 2", "2", 6, 12, FIRST_PHONICS + 1, (PHONICS,)),
        Assessment("ks1", "Key Stage 1", "2", 5, 31, 2016, _KS1, statutory_until=2023),
        Assessment("tables", "Multiplication tables check", "4", 6, 12, 2022, (TABLES,)),
        Assessment("ks2", "Key Stage 2", "6", 5, 12, 2016, _KS2),
    )
}
_EXACT: Final = {part.key: part.name for one in ASSESSMENTS.values() for part in one.parts}
_ANY_QUALIFIER: Final = {
    part.key[:4]: part.name for one in ASSESSMENTS.values() for part in one.parts if part.any_qualifier
}
_BY_GOAL: Final = {code: code.lower() for code in GOALS}


def slot_of(line: ResultLine) -> str:
    """The component a row belongs to; "" when it is none of these. A goal is known by its number alone."""
    key = (line.stage, line.subject, line.method, line.component)
    if line.stage == "FSP" and line.method == "TA":
        return _BY_GOAL.get(line.component, "")
    return _EXACT.get((*key, line.qualifier)) or _ANY_QUALIFIER.get(key, "")


def phonics_standard(year: int, given: Mapping[int, int]) -> int | None:
    """The mark that meets the standard; None when it is not known. `given` are the school's own entries by year.

    Announced after each check; 32 every year from 2012 to 2025.
    """
    known = PHONICS_STANDARD if FIRST_PHONICS <= year <= PHONICS_STANDARD_UNTIL else None
    return given.get(year, known)


def last_year(day: date) -> int:
    """The last statutory year there can be figures of: a year's results are out on 1 July."""
    return day.year if day.month >= 7 else day.year - 1
