"""A pupil's page: the record in words, for those who may see it, and each look noted."""

from datetime import date

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from itrack.assessment.api import store_results
from itrack.assessment.rules.result_words import GOALS
from itrack.foundation.models import AuditEntry
from itrack.foundation.tenancy.windows import writing
from itrack.pupils.api import PupilEntry, store_pupils
from tests.assessment.conftest import Classroom
from tests.cast import NOW

GUARDED = ("SEN support", "Speech, language", "In care", "38 of 40", 'title="Expected"')


@pytest.fixture(autouse=True)
def today():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def amara(room: Classroom) -> int:
    """Amara with something of every kind."""
    pupil = room.pupils["Amara"]
    told = PupilEntry(
        pupil,
        {"upn": "H823200014001", "former_upn": "H823200014009", "first_language": "POL", "middle_names": "Rose"},
        circumstances=[
            ("fsm", "2022-04-25|ENG", "ENG", "TFSM", None, date(2022, 4, 25), date(2024, 7, 1), date(2022, 5, 3), True),
            ("sen", "2024-09-01", "K", "", None, date(2024, 9, 1), None, None, True),
            ("sen", "2020-09-01", "Z9", "", None, date(2020, 9, 1), date(2024, 8, 31), None, False),
            ("sen_need", "SLCN", "SLCN", "", 1, None, None, None, True),
            ("care", "", "yes", "823", None, None, None, None, True),
        ],
        attendance=[(2025, "823", "2998", 378, 20, 353, 5)],
        schools=[("823", "2998", "Larkfield Primary", date(2022, 9, 1), "", date(2025, 7, 21), "", True)],
    )
    with writing(room.cast.oakfield):
        deed = room.cast.deed("olu")
        store_pupils(deed=deed, entries=[told])
        phonics = (pupil, "KS1", 2024, "ENG", "TT", "PHO", "NM", "ENG", "R", "38", None, True)
        store_results(deed=deed, rows=[phonics, (*phonics[:5], "ZZZ", *phonics[6:])])
    room.save("tom", {room.cell("Amara"): "E"})
    room.save("hana", {room.cell("Amara"): "A"}, point=room.points[6])
    return pupil


def test_the_class_teacher_reads_the_whole_record(room: Classroom, amara: int) -> None:
    answer = room.cast.client("tom").get(f"/pupils/{amara}")

    page = answer.content.decode()
    assert answer.status_code == 200
    assert "<title>Pupil record · iTRACK</title>" in page
    for words in (
        "<h1>Amara Acorn</h1>",
        "Year 4, 4B. Born 1 May 2018, a summer birthday. On roll since 1 September 2025.",
        "H823200014001",
        "Amara Rose Acorn",
        "Polish",
        "England, category TFSM",
        "25 April 2022",
        "checked 3 May 2022",
        "Speech, language and communication needs, the main need",
        "Year 1, 2024",
        "Met the standard of 32",
        "353 of 378",
        "Larkfield Primary",
        ">Y3 Aut 1<",
        '<span class="band e" title="Expected">E</span>',
        '<abbr class="tag" title="Absent for the assessment">A</abbr>',
    ):
        assert words in page, words
    assert page.count("not recognised") == 2


def test_each_look_is_noted_without_the_name(room: Classroom, amara: int) -> None:
    room.cast.client("tom").get(f"/pupils/{amara}")

    with writing(room.cast.oakfield):
        entry = AuditEntry.objects.get(verb="pupil.seen")
        assert (entry.by_id, entry.subject, entry.subject_id, entry.fields) == (
            room.cast.tom.member,
            "pupil",
            amara,
            [],
        )


@pytest.mark.parametrize("name", ["hana", "ada", "sena"])
def test_leaders_and_the_senco_read_the_whole_record(room: Classroom, amara: int, name: str) -> None:
    page = room.cast.client(name).get(f"/pupils/{amara}").content.decode()

    assert all(words in page for words in GUARDED)


def test_the_office_reads_the_record_without_marks_needs_and_care(room: Classroom, amara: int) -> None:
    page = room.cast.client("olu").get(f"/pupils/{amara}").content.decode()

    assert "England, category TFSM" in page
    assert "Larkfield Primary" in page
    assert [words for words in GUARDED if words in page] == []
    assert "are shown to the head, the SENCO, administrators and the class teacher" in page


@pytest.mark.parametrize("name", ["asha", "gus"])
def test_who_sees_no_records_is_turned_away(room: Classroom, amara: int, name: str) -> None:
    assert room.cast.client(name).get(f"/pupils/{amara}").status_code == 403


def test_another_class_another_school_and_nobody_are_not_found(room: Classroom) -> None:
    tom, hana = room.cast.client("tom"), room.cast.client("hana")

    assert tom.get(f"/pupils/{room.pupils['Zainab']}").status_code == 404
    for pupil in (room.theirs["pupil"], 0, 10**17, 10**30):
        assert tom.get(f"/pupils/{pupil}").status_code == 404
        assert hana.get(f"/pupils/{pupil}").status_code == 404


def test_a_pupil_of_whom_little_is_known_has_a_page_too(room: Classroom) -> None:
    page = room.cast.client("hana").get(f"/pupils/{room.pupils['Zainab']}").content.decode()

    for words in ("No mark has been entered yet", "Nothing is recorded.", "None yet", "No result is recorded"):
        assert words in page, words


def test_a_page_costs_the_same_questions_whatever_it_holds(room: Classroom, amara: int) -> None:
    hana = room.cast.client("hana")
    asked = []
    for pupil in (amara, room.pupils["Zainab"]):
        with CaptureQueriesContext(connection) as questions:
            hana.get(f"/pupils/{pupil}")
        asked.append(len(questions))

    assert asked[0] == asked[1]


def test_the_early_learning_goals_are_folded_below_what_they_come_to(room: Classroom, amara: int) -> None:
    goals = [
        (amara, "FSP", 2023, "LIT", "TA", goal, "", "ENG", "R", "2", None, True) for goal in GOALS if goal[0] == "E"
    ]
    with writing(room.cast.oakfield):
        store_results(deed=room.cast.deed("olu"), rows=goals[:11])
    unsummed = room.cast.client("tom").get(f"/pupils/{amara}").content.decode()
    with writing(room.cast.oakfield):
        store_results(deed=room.cast.deed("olu"), rows=goals)

    shown, folded = room.cast.client("tom").get(f"/pupils/{amara}").content.decode().split("The early learning goals")

    assert "Early years: good level of development" in shown
    assert "Early years: Word reading" not in shown
    assert "Early years: Word reading" in folded
    assert "The early learning goals" not in unsummed, "nothing sums eleven of them up, so they stand by themselves"
    assert unsummed.count("Early years: ") == 11
