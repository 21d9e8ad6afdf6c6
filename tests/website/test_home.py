"""Home: what is due, who has not started, and one's own subjects. Worked out at each look, in a fixed number of
questions."""

from datetime import UTC, datetime

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from itrack.assessment.api import save_marks
from itrack.curriculum.api import subjects
from itrack.foundation.tenancy.windows import writing
from itrack.pupils.api import ClassFacts, add_class, classes, edit_class, make_classes
from itrack.schools.api import points
from tests.cast import NOW, Cast, a_pupil
from tests.imports.ctf_maker import pupil
from tests.imports.desk import Desk

YEAR = 2026


@pytest.fixture(autouse=True)
def today():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def taught(cast: Cast) -> dict[str, int]:
    """Year 4, taught by Tom, with two pupils; Year 1 with one, and no teacher."""
    with writing(cast.oakfield):
        deed = cast.deed("olu")
        pupils = {
            name: a_pupil(deed, name, "Al", group) for name, group in (("Acorn", "4"), ("Birch", "4"), ("Elm", "1"))
        }
        make_classes(school=cast.oakfield, year=YEAR, by=cast.hana.member, at=NOW)
        year_4 = next(row.id for row in classes(school=cast.oakfield, year=YEAR) if row.name == "Year 4")
        was, now = ClassFacts("Year 4", None), ClassFacts("Year 4", cast.tom.member)
        edit_class(school=cast.oakfield, group=year_4, seen=was, facts=now, by=cast.hana.member, at=NOW)
    return pupils


def mark(cast: Cast, pupil: int) -> None:
    """Reading, in this autumn's second point."""
    with writing(cast.oakfield):
        point = next(p.id for p in points(school=cast.oakfield) if (p.year, p.slot) == (YEAR, 2))
        cells = {(pupil, subjects(school=cast.oakfield)[0][0]): "E"}
        save_marks(school=cast.oakfield, point=point, cells=cells, by=cast.hana.member, at=NOW)


def home(cast: Cast, who: str) -> str:
    answer = cast.client(who).get("/")
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


def test_a_leader_sees_when_marks_close_and_who_has_not_started(cast: Cast, taught: dict[str, int]) -> None:
    mark(cast, taught["Acorn"])

    said = home(cast, "hana")

    assert "Autumn 2 marks" in said
    assert "11 marks to go; 1 class not started" in said
    assert "Fri 18 Dec" in said
    not_started = said.split("Who has not started")[1]
    assert "Year 1" in not_started
    assert "no teacher yet" in not_started
    assert "Year 4" not in not_started


def test_a_teacher_sees_their_subjects_and_what_of_theirs_is_due(cast: Cast, taught: dict[str, int]) -> None:
    mark(cast, taught["Acorn"])

    said = home(cast, "tom")

    assert "7 marks to go" in said
    assert "Reading: 1 of 2" in said
    assert "Science: 0 of 2" in said
    assert "Year 1" not in said
    assert "Who has not started" not in said


def test_a_teacher_of_two_classes_sees_the_subjects_of_both(cast: Cast, taught: dict[str, int]) -> None:
    with writing(cast.oakfield):
        facts = ClassFacts("Nurture", cast.tom.member)
        add_class(school=cast.oakfield, year=YEAR, facts=facts, by=cast.hana.member, at=NOW)

    said = home(cast, "tom")

    assert ">Nurture</h2>" in said
    assert ">Year 4</h2>" in said


def test_a_closed_point_with_marks_missing_is_said(cast: Cast, taught: dict[str, int]) -> None:
    with time_machine.travel(datetime(2026, 12, 21, 10, tzinfo=UTC), tick=False):
        said = home(cast, "tom")

    assert "Closed Fri 18 Dec" in said
    assert 'class="state bad"' in said


def test_the_office_sees_the_files_that_wait_and_no_marks(cast: Cast, taught: dict[str, int]) -> None:
    desk = Desk(cast)
    desk.preview(pupil(surname="Acorn", forename="Al", dob="2018-05-01"))

    said = home(cast, "olu")

    assert "Transfer file from" in said
    assert "1 pupil in it; nothing is stored yet" in said
    assert "to go" not in said
    assert "Transfer file" not in home(cast, "hana")
    assert "Transfer file" not in home(cast, "theo")


def test_the_office_goes_from_home_to_a_class(cast: Cast, taught: dict[str, int]) -> None:
    with writing(cast.oakfield):
        year_4 = next(row.id for row in classes(school=cast.oakfield, year=YEAR) if row.name == "Year 4")

    said = home(cast, "olu")

    assert f'<a href="/school/classes/{year_4}">Year 4</a>' in said
    assert cast.client("olu").get(f"/school/classes/{year_4}").status_code == 200


def test_an_assistant_without_a_class_is_told_whom_to_ask(cast: Cast, taught: dict[str, int]) -> None:
    said = home(cast, "asha")

    assert "You help in no class yet" in said
    assert "Ask the office or the head to add you" in said


def test_home_tells_the_day_with_its_weekday(cast: Cast) -> None:
    assert "Monday 23 November 2026." in home(cast, "hana")


@pytest.mark.parametrize("who", ["ada", "hana", "sena", "tom", "olu"])
def test_home_asks_as_much_for_many_as_for_few(cast: Cast, taught: dict[str, int], who: str) -> None:
    client = cast.client(who)
    with CaptureQueriesContext(connection) as few:
        client.get("/")
    with writing(cast.oakfield):
        deed = cast.deed("olu")
        for n in range(12):
            a_pupil(deed, f"Birch{n}", "Bo", str(1 + n % 6))
        make_classes(school=cast.oakfield, year=YEAR, by=cast.hana.member, at=NOW)
    desk = Desk(cast)
    for n in range(3):
        desk.preview(pupil(surname=f"Cedar{n}"))

    with CaptureQueriesContext(connection) as many:
        client.get("/")

    assert len(many) == len(few)
