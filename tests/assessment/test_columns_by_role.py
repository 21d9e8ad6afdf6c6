"""Special needs and care are told to the roles that the matrix names, and to no other that opens the record."""

import re
from datetime import date

import pytest

from itrack.accounts.api import settle_role
from itrack.accounts.rules_sessions import Limits
from itrack.foundation.tenancy.windows import writing
from itrack.foundation.viewer import Role
from itrack.pupils.api import PupilEntry, store_pupils
from itrack.pupils.rules_circumstances import KINDS
from itrack.pupils.rules_columns import COLUMNS, hidden_from
from tests.cast import NOW, STAFF, Cast, a_pupil

SHOWS = {
    "SEN provision and types of need": "Speech, language",
    "Looked-after status": "In care",
    "Why a pupil is disadvantaged or brings pupil premium": "Disadvantaged Yes In care",
}


@pytest.fixture
def amara(cast: Cast) -> int:
    with writing(cast.oakfield):
        settle_role(school=cast.oakfield, role=Role.TEACHER, limits=Limits(whole_school=True), by=None, at=NOW)
        deed = cast.deed("olu")
        pupil = a_pupil(deed, "Acorn", "Amara")
        start = date(2025, 9, 1)
        told = [
            ("care", "", "yes", "", None, start, None, None, True),
            ("sen_need", "SLCN", "SLCN", "", 1, start, None, None, True),
        ]
        store_pupils(deed=deed, entries=[PupilEntry(pupil=pupil, fields={}, circumstances=told)])
    return pupil


@pytest.mark.parametrize("name", sorted(STAFF))
def test_a_role_is_told_the_columns_the_matrix_gives_it(cast: Cast, amara: int, name: str) -> None:
    answer = cast.client(name).get(f"/pupils/{amara}")
    said = " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())

    for column, (_, roles) in COLUMNS.items():
        expected = answer.status_code == 200 and cast.people[name].role in roles
        assert (SHOWS[column] in said) == expected, column


def test_some_role_opens_the_record_without_seeing_every_column(cast: Cast, amara: int) -> None:
    opened = [name for name in STAFF if cast.client(name).get(f"/pupils/{amara}").status_code == 200]

    assert {"ada", "hana", "sena", "tom", "olu"} == set(opened)
    assert hidden_from(Role.OFFICE) > hidden_from(Role.TEACHER) > hidden_from(Role.SENCO) == set()


def test_every_column_is_of_kinds_there_are() -> None:
    assert {kind for kinds, _ in COLUMNS.values() for kind in kinds} <= set(KINDS)
    assert set(SHOWS) == set(COLUMNS)
