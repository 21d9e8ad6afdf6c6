"""A primary school in November: one class a year group, Reception to Year 6, and what a test wants of it."""

from datetime import UTC, date, datetime

from itrack.foundation.tenancy.windows import reading, writing
from itrack.pupils.api import ClassFacts, PupilEntry, add_class, move_pupils, store_pupils
from itrack.rollover.api import Plan, apply_plan, plan_of
from tests.cast import NOW, Cast

YEAR = 2027
JULY = datetime(2027, 7, 5, 10, 0, tzinfo=UTC)
NAMES = ("Reception", "1 Ash", "2 Ash", "3 Birch", "4 Birch", "5 Cedar", "6 Cedar")
BORN = {"N2": 2022, "R": 2021, "1": 2020, "2": 2019, "3": 2018, "4": 2017, "5": 2016, "6": 2015}


def entry(surname: str, year_group: str, **more) -> PupilEntry:
    fields = {"legal_surname": surname, "legal_forename": "Al", "sex": "F"}
    return PupilEntry(
        pupil=None,
        fields=fields | {"dob": date(BORN[year_group], 11, 5)},
        circumstances=[("year", "2026", year_group, "", None, date(2026, 9, 1), date(2027, 8, 31), None, True)],
        enrolment=more.get("enrolment", (date(2025, 9, 1), None)),
    )


def fill(cast: Cast, classes: dict[str, dict[str, int]], school: int = 0) -> dict[str, list[int]]:
    """Classes of 2026/27 with so many pupils of each year group: {"3/4 Oak": {"3": 4, "4": 5}}; ids by class."""
    school = school or cast.oakfield
    made: dict[str, list[int]] = {}
    with writing(school):
        deed = cast.deed("olu")
        for name, years in classes.items():
            entries = [entry(f"{name} {code} {n:02d}", code) for code, number in years.items() for n in range(number)]
            made[name] = store_pupils(deed=deed, entries=entries).pupils
            facts = ClassFacts(name, None)
            group, _ = add_class(school=school, year=2026, facts=facts, by=cast.olu.member, at=NOW)
            move_pupils(
                school=school, year=2026, pupils=made[name], seen_in=None, to=group, on=date(2026, 9, 1),
                by=cast.olu.member, at=NOW,
            )  # fmt: skip
    return made


def primary(cast: Cast, size: int = 3) -> dict[str, list[int]]:
    codes = ("R", "1", "2", "3", "4", "5", "6")
    return fill(cast, {name: {code: size} for name, code in zip(NAMES, codes, strict=True)})


def the_plan(cast: Cast, year: int = YEAR) -> Plan:
    with reading(cast.oakfield):
        return plan_of(school=cast.oakfield, year=year)


def applied(cast: Cast, by: str = "olu") -> int:
    """Applies what is planned, as it stands."""
    digest = the_plan(cast).outcome.digest
    with writing(cast.oakfield):
        member = cast.people[by].member
        return apply_plan(school=cast.oakfield, year=YEAR, digest=digest, by=member, at=JULY)
