"""Who is in which class, in a spreadsheet: row by row before anything is stored, one change, taken back."""

import re
from datetime import date

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile

from itrack.foundation.refusal import Refused
from itrack.foundation.tenancy.windows import reading, writing
from itrack.pupils.actions.classes import ClassFacts
from itrack.pupils.api import add_class, classes, make_classes, move_pupils, pupils_on_roll, set_leaving
from itrack.spreadsheets import api
from itrack.spreadsheets.models import Spreadsheet, SpreadsheetRow
from itrack.spreadsheets.rules.classes import told_of_class
from itrack.spreadsheets.rules.kinds import Kind
from tests.cast import NOW, TODAY, Cast, a_pupil
from tests.imports.ctf_maker import upn
from tests.spreadsheets.maker import read, text

HEADS = ["UPN", "Name", "DOB", "Class"]


@pytest.fixture(autouse=True)
def today():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def school(cast: Cast) -> dict[str, int]:
    """Ann and Ben are in Year 4's class, Cy in none; there is a class 4 Birch beside it."""
    with writing(cast.oakfield):
        deed = cast.deed("olu")
        pupils = {
            "Ann": a_pupil(deed, "Ash", "Ann", upn=upn(1)),
            "Ben": a_pupil(deed, "Birch", "Ben", dob=date(2018, 5, 2)),
        }
        when = {"by": cast.hana.member, "at": NOW}
        make_classes(school=cast.oakfield, year=2026, **when)
        add_class(school=cast.oakfield, year=2026, facts=ClassFacts("4 Birch", None), **when)
        pupils["Cy"] = a_pupil(deed, "Cedar", "Cy", upn=upn(3))
    return pupils


def weighed(cast: Cast, *rows: list[str]) -> int:
    sheet = read(cast, text([HEADS, *rows]), Kind.CLASSES)
    with writing(cast.oakfield):
        api.weigh_classes(school=cast.oakfield, spreadsheet=sheet, at=NOW)
    return sheet


def apply(cast: Cast, sheet: int) -> int | None:
    with writing(cast.oakfield):
        return api.apply_classes(school=cast.oakfield, spreadsheet=sheet, by=cast.olu.member, at=NOW)


def told(cast: Cast, sheet: int) -> list[tuple[str, str]]:
    with writing(cast.oakfield):
        rows = SpreadsheetRow.objects.filter(spreadsheet_id=sheet).order_by("line")
        return [(row.verdict, row.reason) for row in rows]


def where(cast: Cast) -> dict[str, str]:
    with reading(cast.oakfield):
        return {line.forename: line.class_name for line in pupils_on_roll(school=cast.oakfield, on=TODAY, year=2026)}


ANN, BEN, CY = [upn(1), "", ""], ["", "Ben Birch", "02/05/2018"], [upn(3), "Cy Cedar", ""]


def test_pupils_go_into_the_classes_of_the_sheet_as_one_change_and_back(cast: Cast, school) -> None:
    before = where(cast)
    sheet = weighed(cast, [*ANN, " 4  birch"], [*BEN, before["Ben"]], [*CY, "4 Birch"])
    assert [verdict for verdict, _ in told(cast, sheet)] == ["changed", "unchanged", "new"]

    assert apply(cast, sheet)

    assert where(cast) == {"Ann": "4 Birch", "Ben": before["Ben"], "Cy": "4 Birch"}
    with writing(cast.oakfield):
        api.undo_sheet(school=cast.oakfield, spreadsheet=sheet, by=cast.olu.member, at=NOW)
    assert where(cast) == before


def test_what_cannot_be_is_refused_by_row_and_the_rest_is_kept(cast: Cast, school) -> None:
    with writing(cast.oakfield):
        gone = a_pupil(cast.deed("olu"), "Dale", "Di", upn=upn(4))
        last_day = {"last_days": {gone: date(2026, 10, 9)}, "seen": {gone: None}}
        set_leaving(school=cast.oakfield, by=cast.olu.member, at=NOW, **last_day)
    rows = [[*ANN, "4 Beech"], [*BEN, "4 Birch"], ["", "Eve Elm", "01/01/2018", "4 Birch"], [*BEN, "4 Birch"]]

    sheet = weighed(cast, *rows, [upn(4), "", "", "4 Birch"], [*CY, '=HYPERLINK("x")'])

    assert told(cast, sheet) == [
        (
            "refused",
            "Class: There is no class of this name this year. Add it under School, Classes, or put the name right.",
        ),
        ("new" if not where(cast)["Ben"] else "changed", ""),
        ("refused", "No pupil you may see has this name and date of birth."),
        ("refused", "The pupil of row 3 again. That row is read, this one is not."),
        ("refused", "The pupil is not on roll today."),
        (
            "refused",
            "Class: There is no class of this name this year. Add it under School, Classes, or put the name right.",
        ),
    ]
    apply(cast, sheet)
    assert (where(cast)["Ben"], where(cast)["Cy"]) == ("4 Birch", "")


def test_somebody_moved_since_the_preview_stops_it_whole(cast: Cast, school) -> None:
    sheet = weighed(cast, [*ANN, "4 Birch"], [*CY, "4 Birch"])
    before = where(cast)["Ann"]
    with writing(cast.oakfield):
        ids = {row.name: row.id for row in classes(school=cast.oakfield, year=2026)}
        moved = {"pupils": [school["Ann"]], "seen_in": ids[before], "to": None, "on": TODAY, "at": NOW}
        move_pupils(school=cast.oakfield, year=2026, by=cast.hana.member, **moved)

    with pytest.raises(Refused, match="somebody may have moved them"):
        apply(cast, sheet)

    assert where(cast)["Cy"] == ""


def test_a_sheet_that_says_what_stands_changes_nothing_and_has_nothing_to_take_back(cast: Cast, school) -> None:
    sheet = weighed(cast, [*ANN, where(cast)["Ann"]])

    assert apply(cast, sheet) is None
    with writing(cast.oakfield), pytest.raises(Refused, match="changed nothing"):
        api.undo_sheet(school=cast.oakfield, spreadsheet=sheet, by=cast.olu.member, at=NOW)


def test_pupils_taken_out_are_a_sheet_of_classes_too(cast: Cast, school) -> None:
    olu = cast.client("olu")
    body = olu.get("/import/sheets/take/pupils.csv").content

    sheet = _uploaded(cast, olu, body.replace(b"Year 4", b"4 Birch"))
    page = olu.get(f"/import/sheets/{sheet}").content.decode()

    assert "Check these classes before they are saved" in page
    assert "into their classes" in page
    olu.post(f"/import/sheets/{sheet}/apply")
    assert {where(cast)["Ann"], where(cast)["Ben"]} == {"4 Birch"}
    olu.post(f"/import/sheets/{sheet}/undo")
    assert where(cast)["Ann"] == "Year 4"


def _uploaded(cast: Cast, olu, body: bytes) -> str:
    """Chooses the file, then the columns as they are suggested."""
    file = SimpleUploadedFile("pupils.csv", body)
    answer = olu.post("/import/sheets/file", {"kind": "classes", "file": file})
    number = re.search(r"/sheets/(\d+)", answer["Location"])
    assert number
    with writing(cast.oakfield):
        columns = Spreadsheet.objects.get(pk=int(number[1])).columns
    olu.post(f"/import/sheets/{number[1]}/columns", {f"column-{n}": field for n, (_, field, _) in enumerate(columns)})
    return number[1]


@pytest.mark.parametrize(("who", "status"), [("tom", 404), ("asha", 403), ("gus", 403), ("hana", 200)])
def test_classes_are_for_leaders_and_the_office(cast: Cast, school, who: str, status: int) -> None:
    sheet = weighed(cast, [*ANN, "4 Birch"])

    assert cast.client(who).get(f"/import/sheets/{sheet}").status_code == status


@pytest.mark.parametrize(
    ("typed", "stood", "verdict"),
    [("4B", "4B", "unchanged"), (" 4b ", "", "new"), ("4b", "3E", "changed"), ("", "3E", "refused")],
)
def test_a_class_is_known_however_it_is_spelt(typed: str, stood: str, verdict: str) -> None:
    assert told_of_class(typed, stood, {"4b": "4B", "3e": "3E"})[0] == verdict
