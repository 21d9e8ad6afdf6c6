"""How many marks are in: the same figures on the page, in files and on the command line, each open to its names."""

import pytest

from itrack.foundation.refusal import Refused
from itrack.foundation.tenancy.windows import reading
from itrack.reports.catalogue.answering import understand
from itrack.reports.catalogue.marks_entered import REPORT
from itrack.reports.rules.answer import Answer
from itrack.reports.rules.marks_entered import InClass, told
from tests.assessment.conftest import Classroom, room  # noqa: F401
from tests.cast import NOW
from tests.reports.test_exports import csv_rows
from tests.reports.test_report_data import data as report


class Held:
    """What `report` takes for the school of the reports."""

    def __init__(self, room: Classroom) -> None:  # noqa: F811
        self.cast = room.cast


def data(room: Classroom, who: str = "hana", **said: object) -> dict:  # noqa: F811
    return report(Held(room), who, "marks-entered", **said)


def answer(room: Classroom, who: str = "hana", **said: str) -> Answer:  # noqa: F811
    with reading(room.cast.oakfield):
        asked, _ = understand(REPORT, viewer=room.cast.people[who], said=said, now=NOW)
        return REPORT.work_out(asked)


@pytest.fixture
def begun(room: Classroom) -> Classroom:  # noqa: F811
    room.save("tom", {room.cell("Amara"): "E", room.cell("Toby"): "W", room.cell("Mei", "Maths"): "A"})
    return room


def test_the_file_and_the_command_line_say_what_the_page_says(begun: Classroom) -> None:
    [classes, _] = data(begun)["tables"]
    listed = csv_rows(begun.cast.client("hana").get("/reports/marks-entered.csv"))

    told_of = {row["Class"]: (row["Marks entered"], row["Marks expected"]) for row in classes["rows"]}
    assert told_of == {"4A": (0, 4), "4B": (3, 12)}
    row = next(row for row in listed if row["Divided by"] == "4B" and row["Subject"] == "Reading")
    assert (row["Entered"], row["Entered %"], row["Waiting for a mark"], row["Expected"]) == ("2", "66.7", "1", "3")


def test_a_figure_leads_to_those_who_wait(begun: Classroom) -> None:
    found = answer(begun)
    reading_of = next(row for row in found.tables[1].rows if row.group == "4B" and row.cells[0] == "Reading")

    waiting = reading_of.cells[2]

    assert {found.people[pupil].forename for pupil in waiting.pupils} == {"Mei"}
    assert found.standing[waiting.about][next(iter(waiting.pupils))] == (
        "1 of 4 subjects entered; waiting: Reading, Writing, Science"
    )


def test_who_has_not_started_is_said(begun: Classroom) -> None:
    found = answer(begun)

    assert found.finding == "3 of 16 marks of Autumn 2 are entered (19%). 4A has not started."
    assert found.tables[0].rows[0].note == "not started"


def test_one_class_can_be_asked_for_and_a_teacher_is_told_of_their_own(begun: Classroom) -> None:
    assert [row.cells[0] for row in answer(begun, pupils="4B").tables[0].rows] == ["4B"]
    assert [row.cells[0] for row in answer(begun, "tom").tables[0].rows] == ["4B"]


def test_a_day_has_no_place_here(begun: Classroom) -> None:
    with pytest.raises(Refused, match="does not ask for as_at"):
        data(begun, as_at="2026-11-20")


@pytest.mark.parametrize("who", ["asha", "olu", "gus", "tara"])
def test_it_is_for_those_who_mark(begun: Classroom, who: str) -> None:
    assert begun.cast.client(who).get("/reports/marks-entered.csv").status_code == 403
    with pytest.raises(Refused, match="not open to this role"):
        data(begun, who)


def test_the_sentence_counts_marks_and_names_classes() -> None:
    [finding] = told([InClass("4A", 30, 30), InClass("4B", 0, 30), InClass("5C", 0, 30)], "Autumn 2")

    assert finding.text == "30 of 90 marks of Autumn 2 are entered (33%). 4B and 5C have not started."
    assert told([InClass("4A", 0, 0)], "Autumn 2") == []
