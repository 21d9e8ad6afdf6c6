"""Schools made by chance, with real rows: pupils of seven year groups, their circumstances, and marks of Autumn 1."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from random import Random

from itrack.curriculum.api import subjects
from itrack.foundation.models import ChangeSet
from itrack.foundation.tenancy.windows import writing
from itrack.pupils.api import PupilEntry, store_pupils
from tests.cast import Cast
from tests.reports.school import IN_SEPTEMBER, mark

AUTUMN_1 = 1
IN_OCTOBER = datetime(2026, 10, 12, 9, tzinfo=UTC)
YEARS = ("R", "1", "2", "3", "4", "5", "6")
BANDS = {"B": "Below", "W": "Working towards", "E": "Expected", "G": "Greater depth"}


@dataclass(frozen=True)
class Child:
    """What the record says of a pupil, as the breakdown words it."""

    id: int
    groups: Mapping[str, str]


class Generated:
    """`marks` are pupil to code by subject; who is missing there has none."""

    def __init__(self, cast: Cast, seed: int, size: int) -> None:
        self.cast, chance = cast, Random(seed)
        told = [_child(chance) for _ in range(size)]
        with writing(cast.oakfield):
            deed = cast.deed("hana", ChangeSet.Kind.ROLL_IMPORT, at=IN_SEPTEMBER)
            entries = [_entry(number, *one) for number, one in enumerate(told)]
            ids = store_pupils(deed=deed, entries=entries).pupils
            self.children = [Child(pk, groups) for pk, (groups, *_) in zip(ids, told, strict=True)]
            self.marks = {name: self._marked(name, chance) for _, name in subjects(school=cast.oakfield)}

    def _marked(self, subject: str, chance: Random) -> dict[int, str]:
        weights = [chance.randrange(1, 9) for _ in BANDS]
        missing = chance.choice([0.0, 0.03, 0.15])
        codes = {
            child.id: "A" if chance.random() < missing / 2 else chance.choices(list(BANDS), weights)[0]
            for child in self.children
            if chance.random() >= missing
        }
        mark(self.cast.hana, subject, codes, at=IN_OCTOBER, slot=AUTUMN_1)
        return codes

    def change_marks(self, at: datetime) -> None:
        """Some marks of the point are corrected when it is over."""
        with writing(self.cast.oakfield):
            for subject, codes in self.marks.items():
                mark(self.cast.hana, subject, dict.fromkeys(list(codes)[:7], "G"), at=at, slot=AUTUMN_1)

    def count(self, subject: str, kind: str = "", group: str = "", codes: str = "BWEG") -> int:
        """How many of a group have one of these marks, counted one by one."""
        return sum(
            self.marks[subject].get(child.id, "") in tuple(codes)
            for child in self.children
            if not kind or child.groups[kind] == group
        )


def _child(chance: Random) -> tuple[dict[str, str], str, list[tuple[object, ...]], dict[str, str]]:
    year = chance.choice(YEARS)
    sex, sen = chance.choice(("F", "M")), chance.choices(("", "N", "K", "E"), (30, 3, 5, 1))[0]
    polish = chance.random() < 0.12
    groups = {
        "Year group": "Reception" if year == "R" else f"Year {year}",
        "Sex": {"F": "Girls", "M": "Boys"}[sex],
        "SEN": {"K": "SEN support", "E": "EHC plan or statement", "N": "No SEN", "": "None recorded"}[sen],
        "First language": "EAL" if polish else "English",
    }
    facts: list[tuple[object, ...]] = [
        ("year", "2026", year, "", None, date(2026, 9, 1), date(2027, 8, 31), None, True)
    ]
    if sen:
        facts.append(("sen", "2025-09-01", sen, "", None, date(2025, 9, 1), None, None, True))
    if chance.random() < 0.2:
        facts.append(("fsm", "2025-09-01|ENG", "ENG", "", None, date(2025, 9, 1), None, None, True))
    return groups, sex, facts, {"first_language": "POL" if polish else "ENG"}


def _entry(number: int, groups: object, sex: str, facts: list[tuple[object, ...]], said: dict[str, str]) -> PupilEntry:
    born = date(2017, 1 + number % 12, 3)
    fields = {"legal_surname": f"Surname{number}", "legal_forename": "Pupil", "dob": born, "sex": sex, **said}
    return PupilEntry(pupil=None, fields=fields, circumstances=facts, enrolment=(date(2025, 9, 1), None))
