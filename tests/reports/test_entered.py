"""How many marks are in: the same figures on the page, as CSV, as a workbook and on the command line."""

import pytest

from itrack.foundation.models import AuditEntry
from itrack.foundation.refusal import Refused
from itrack.foundation.tenancy.windows import writing
from tests.assessment.conftest import Classroom, room  # noqa: F401
from tests.reports.test_exports import csv_rows, xlsx_rows
from tests.reports.test_report_data import data as report


class Held:
    """What `report` takes for the school of the reports."""

    def __init__(self, room: Classroom) -> None:  # noqa: F811
        self.cast = room.cast


def data(room: Classroom, who: str = "hana", **said: object) -> dict:  # noqa: F811
    return report(Held(room), who, "completeness", **said)


@pytest.fixture
def begun(room: Classroom) -> Classroom:  # noqa: F811
    room.save("tom", {room.cell("Amara"): "E", room.cell("Toby"): "W", room.cell("Mei", "Maths"): "A"})
    return room


def test_the_files_and_the_command_line_say_what_the_page_says(begun: Classroom) -> None:
    found = data(begun)
    hana = begun.cast.client("hana")
    listed = csv_rows(hana.get("/mark/completeness.csv"))
    sheet = xlsx_rows(hana.get("/mark/completeness.xlsx"))

    told = [(row["class"], row["subject"], row["expected"], row["entered"]) for row in found["rows"]]
    assert ("4B", "Reading", 3, 2) in told
    assert [(r["Class"], r["Subject"], int(r["Expected"]), int(r["Entered"])) for r in listed] == told
    assert [(r["Class"], r["Subject"], r["Expected"], r["Entered"]) for r in sheet] == told
    assert next(row["Entered %"] for row in listed if row["Class"] == "4B") == "66.7"
    assert found["not_started"] == ["4A"]
    assert [(row["class"], row["entered"], row["expected"]) for row in found["classes"]] == [
        ("4A", 0, 4),
        ("4B", 3, 12),
    ]
    with writing(begun.cast.oakfield):
        assert AuditEntry.objects.filter(verb="completeness-csv.seen").count() == 1


def test_one_class_and_one_subject_can_be_asked_for(begun: Classroom) -> None:
    found = data(begun, group="4B", subject="Maths")

    assert [(row["class"], row["subject"], row["entered"]) for row in found["rows"]] == [("4B", "Maths", 1)]


def test_a_teacher_is_told_of_their_own_class(begun: Classroom) -> None:
    assert {row["class"] for row in data(begun, "tom")["rows"]} == {"4B"}


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ({"as_at": "2026-11-20"}, "as they are today"),
        ({"names": True}, "names no pupils"),
        ({"group": "Year 4"}, "class by class"),
    ],
)
def test_what_has_no_place_is_refused_with_a_sentence(begun: Classroom, said: dict[str, object], why: str) -> None:
    with pytest.raises(Refused, match=why):
        data(begun, **said)


@pytest.mark.parametrize("who", ["asha", "olu", "gus", "tara"])
def test_the_files_are_for_those_who_mark(begun: Classroom, who: str) -> None:
    assert begun.cast.client(who).get("/mark/completeness.csv").status_code == 403
    with pytest.raises(Refused, match="not open to this role"):
        data(begun, who)


def test_a_point_of_the_other_school_is_not_found(begun: Classroom) -> None:
    assert begun.cast.client("hana").get("/mark/completeness.csv", {"point": begun.theirs["point"]}).status_code == 404
