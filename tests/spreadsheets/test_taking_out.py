"""Pupils and marks taken out as files: by role, without a formula, and changing nothing when they come back."""

from datetime import date
from io import BytesIO

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from itrack.foundation.models import AuditEntry
from itrack.foundation.tenancy.windows import writing
from itrack.imports.models import Batch
from itrack.spreadsheets import api
from itrack.spreadsheets.rules.kinds import Kind
from itrack.spreadsheets.rules.out import mark_cell
from itrack.spreadsheets.sources.opening import open_book
from itrack.ui.files import Export, Table, as_csv, as_xlsx
from tests.cast import NOW, Cast, a_pupil
from tests.imports.ctf_maker import upn
from tests.spreadsheets.maker import read
from tests.spreadsheets.test_marks_arrive import ANN, apply, class_4, marks, now_open, rows_of, weigh, weighed

__all__ = ["class_4"]
FORMS = ("csv", "xlsx")


def sheet_of(content: bytes) -> list[list[str]]:
    book = open_book(BytesIO(content))
    return book.table(book.names[0]).rows


@pytest.mark.parametrize("form", FORMS)
def test_pupils_taken_out_come_back_unchanged(cast: Cast, form: str) -> None:
    with writing(cast.oakfield):
        deed = cast.deed("olu")
        a_pupil(deed, "=HYPERLINK(1)", "-Ann", upn=upn(1), dob=date(2018, 5, 1), sex="F", first_language="POL")
        a_pupil(deed, "'=Ash", "O’Bo, “Zoë”", "R", upn=upn(2), former_upn=upn(3), preferred_forename="@Bo", sex="M")
    content = cast.client("olu").get(f"/import/sheets/take/pupils.{form}").content

    sheet = read(cast, BytesIO(content))
    with writing(cast.oakfield):
        batch = api.hand_over(school=cast.oakfield, spreadsheet=sheet, by=cast.olu.member, at=NOW)
        assert Batch.objects.get(pk=batch).counts["unchanged"] == 2


@pytest.mark.parametrize("form", FORMS)
def test_marks_taken_out_come_back_unchanged(cast: Cast, class_4, form: str) -> None:
    apply(cast, weighed(cast, [*ANN, "E", "W"]))
    content = cast.client("tom").get(f"/import/sheets/take/marks.{form}", {"point": now_open(cast)}).content

    sheet = read(cast, BytesIO(content), Kind.MARKS, by="tom", point=now_open(cast))
    weigh(cast, sheet)

    assert {row.verdict for row in rows_of(cast, sheet).values()} == {"unchanged"}
    assert sorted(marks(cast)) == ["E", "W"]


def test_a_teacher_takes_out_their_own_classes_and_the_head_everybody(cast: Cast, class_4) -> None:
    def surnames(who: str) -> set[str]:
        return {row[1] for row in sheet_of(cast.client(who).get("/import/sheets/take/pupils.csv").content)[1:]}

    assert surnames("tom") == {"Ash", "Birch"}
    assert surnames("hana") == surnames("olu") == {"Ash", "Birch", "Cedar"}


@pytest.mark.parametrize(("who", "pupils", "marked"), [("olu", 200, 403), ("asha", 403, 403), ("gus", 403, 403)])
def test_who_may_take_what(cast: Cast, who: str, pupils: int, marked: int) -> None:
    client = cast.client(who)

    assert client.get("/import/sheets/take/pupils.csv").status_code == pupils
    assert client.get("/import/sheets/take/marks.csv", {"point": now_open(cast)}).status_code == marked


@pytest.mark.parametrize("asked", [{"point": "x"}, {"point": "999999"}, {"point": "1", "assessment": "999999"}])
def test_marks_of_nothing_we_have_are_not_there(cast: Cast, asked: dict[str, str]) -> None:
    assert cast.client("tom").get("/import/sheets/take/marks.csv", asked).status_code == 404


def test_taking_out_is_logged(cast: Cast) -> None:
    cast.client("olu").get("/import/sheets/take/pupils.csv")

    with writing(cast.oakfield):
        assert AuditEntry.objects.filter(verb="take-pupils-csv.seen", by=cast.olu.member).exists()


@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.lists(
        st.text(st.characters(codec="utf-8", categories=["L", "N", "P", "S"]), min_size=1, max_size=20), min_size=1
    )
)
def test_hostile_text_comes_back_as_it_went(cells: list[str]) -> None:
    table = Table("T", ["Name", "Day"], [[cell, date(2018, 5, 1)] for cell in cells])

    for made in (as_csv(table), as_xlsx(Export("t", [table], []))):
        assert [row[0] for row in sheet_of(made)[1:]] == cells


def test_a_number_is_a_number_and_a_code_is_text() -> None:
    assert [mark_cell(code) for code in ("104", "007", "E", "")] == [104, "007", "E", ""]
