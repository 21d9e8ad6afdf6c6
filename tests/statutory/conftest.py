"""A Year 6 of last summer whose results are being entered, a Year 4 of this year, and their files."""

from dataclasses import dataclass
from datetime import date, datetime

import pytest

from itrack.assessment.api import standing_results
from itrack.foundation.tenancy.windows import reading, writing
from itrack.pupils.api import PupilEntry, store_pupils
from itrack.statutory.queries.entry import texts_of
from tests.cast import NOW, Cast


@dataclass(frozen=True)
class Summer:
    """Oakfield's pupils by forename; those of Year 6 were there until July 2026."""

    cast: Cast
    pupils: dict[str, int]

    def standing(self, forename: str, year: int = 2026) -> dict[str, str]:
        """What stands of this pupil, by component."""
        with reading(self.cast.oakfield):
            lines = standing_results(school=self.cast.oakfield, pupils=[self.pupils[forename]])
        return texts_of(lines.get(self.pupils[forename], []), year)


def a_child(
    cast: Cast,
    surname: str,
    forename: str,
    group: str,
    *,
    school: str = "hana",
    year: int = 2025,
    since: int = 2024,
    until: date | None = None,
    upn: str = "",
    at: datetime = NOW,
) -> int:
    """In that year group of the academic year `year`, on roll from September of `since` to `until`."""
    deed = cast.deed(school, at=at)
    born = date(year - (4 if group == "R" else int(group) + 4), 5, 1)
    entry = PupilEntry(
        pupil=None,
        fields={"legal_surname": surname, "legal_forename": forename, "dob": born, "sex": "F", "upn": upn},
        circumstances=[("year", str(year), group, "", None, date(year, 9, 1), date(year + 1, 8, 31), None, True)],
        enrolment=(date(since, 9, 1), until),
    )
    return store_pupils(deed=deed, entries=[entry]).pupils[0]


@pytest.fixture
def summer(cast: Cast) -> Summer:
    gone = date(2026, 7, 22)
    with writing(cast.oakfield):
        six = {name: a_child(cast, "Merle", name, "6", until=gone) for name in ("Ada", "Bea", "Cem", "Dot")}
        left = {"Eve": a_child(cast, "Merle", "Eve", "6", until=date(2026, 3, 1))}
        four = {
            "Fay": a_child(cast, "Finch", "Fay", "4", year=2026),
            "Gus": a_child(cast, "Finch", "Gus", "4", year=2026),
        }
    return Summer(cast, {**six, **left, **four})
