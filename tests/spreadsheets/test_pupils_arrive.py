"""Pupils in a spreadsheet, from the file to the roll: by the importer's own preview, apply and undo."""

from datetime import date
from io import BytesIO

import pytest
from django.test import Client

from itrack.foundation.tenancy.windows import writing
from itrack.imports.models import Batch, StagedPupil
from itrack.pupils.models import Pupil
from itrack.spreadsheets.models import RememberedColumn, Spreadsheet, SpreadsheetRow
from tests.cast import NOW, Cast
from tests.imports.ctf_maker import upn
from tests.imports.desk import Desk
from tests.spreadsheets.maker import HEADS, ottilie, read, text, workbook


@pytest.fixture
def olu(cast: Cast) -> Client:
    return cast.client("olu")


@pytest.fixture
def desk(cast: Cast) -> Desk:
    return Desk(cast)


def drop(client: Client, file: BytesIO, kind: str = "pupils", **more: str):
    file.name = "list.csv"
    return client.post("/import/sheets/file", {"file": file, "kind": kind, **more})


def columns(*fields: str) -> dict[str, str]:
    return {f"column-{place}": field for place, field in enumerate(fields)}


def test_the_office_says_what_the_columns_are_and_sees_the_importers_preview(olu: Client, cast: Cast) -> None:
    answer = drop(olu, workbook([HEADS, ottilie(dob=date(2016, 11, 2))]))

    page = olu.get(answer["Location"]).content.decode()
    assert "What are the columns?" in page
    assert "Thistlewood" in page

    fields = columns("upn", "legal_surname", "legal_forename", "dob", "sex", "year_group")
    preview = olu.post(f"{answer['Location']}/columns", fields, follow=True).content.decode()
    assert "Ottilie Thistlewood: new" in preview
    assert "2 November 2016" in preview
    assert "Year 5" in preview
    assert "From a spreadsheet. Read on" in " ".join(preview.split())
    assert "Pupils in a spreadsheet" in olu.get("/").content.decode(), "among what is due"


def test_a_sheet_with_columns_chosen_before_goes_straight_to_its_preview(olu: Client, cast: Cast) -> None:
    first = drop(olu, text([HEADS, ottilie()]))
    olu.post(
        f"{first['Location']}/columns", columns("upn", "legal_surname", "legal_forename", "dob", "sex", "year_group")
    )

    answer = drop(olu, text([HEADS[::-1], ottilie()[::-1]]))

    assert answer["Location"].startswith("/import/")
    assert "Ottilie Thistlewood: new" in olu.get(answer["Location"]).content.decode()
    looked = drop(olu, text([HEADS, ottilie()]), look="on")
    assert "/import/sheets/" in looked["Location"]


def test_what_is_read_past_is_counted_and_never_stored(olu: Client, cast: Cast) -> None:
    rows = [[*HEADS, "Home address", "Phone"], [*ottilie(), "Zyxwillow Row", "01632 960321"]]
    answer = drop(olu, text(rows))
    with writing(cast.oakfield):
        staged = str(list(SpreadsheetRow.objects.values_list("cells", "told", "reason")))
    assert "Zyxwillow" not in staged
    assert "01632" not in staged

    fields = columns("upn", "legal_surname", "legal_forename", "dob", "sex", "year_group", "", "")
    preview = olu.post(f"{answer['Location']}/columns", fields, follow=True).content.decode()

    assert "Home address" in preview
    assert "Zyxwillow" not in preview
    with writing(cast.oakfield):
        assert not SpreadsheetRow.objects.exists()
        assert Batch.objects.get().ignored == {"column:Home address": 1, "column:Phone": 1}


def test_a_column_read_past_needs_the_file_once_more(olu: Client, cast: Cast) -> None:
    rows = [["UPN", "Surname", "Called", "Born"], [upn(1), "Thistlewood", "Ottilie", "2/11/2016"]]
    answer = drop(olu, text(rows))
    fields = columns("upn", "legal_surname", "legal_forename", "dob")

    without = olu.post(f"{answer['Location']}/columns", fields)
    assert without.status_code == 422
    assert "Choose the file again" in without.content.decode()

    file = text(rows)
    file.name = "again.csv"
    preview = olu.post(f"{answer['Location']}/columns", fields | {"file": file}, follow=True)
    assert "Ottilie Thistlewood: new" in preview.content.decode()
    with writing(cast.oakfield):
        assert dict(RememberedColumn.objects.values_list("name", "field"))["called"] == "legal_forename"


def test_pupils_who_cannot_be_admitted_are_refused_by_row_and_the_rest_kept(olu: Client, cast: Cast) -> None:
    wrong = "B823299822001"
    rows = [
        HEADS,
        ottilie(),
        ottilie(upn=wrong, forename="Osric"),
        ottilie(upn="", forename="Olive", dob="31/02/2016"),
        ottilie(forename="Odette"),
        ottilie(upn="", forename=""),
    ]
    batch = handed(cast, text(rows))

    with writing(cast.oakfield):
        told = {row.line: row for row in StagedPupil.objects.filter(batch_id=batch)}
    assert [row.verdict for row in told.values()] == ["new", "rejected", "rejected", "rejected", "rejected"]
    assert "digits call for" in told[3].conflict["reason"]
    assert "31/02/2016" in told[4].conflict["reason"]
    assert "line 2 has the same UPN" in told[5].conflict["reason"]
    assert "no forename" in told[6].conflict["reason"]


def handed(cast: Cast, file: BytesIO) -> int:
    """Reads a file of pupils and hands them over; returns the import's id."""
    from itrack.spreadsheets import api

    sheet = read(cast, file)
    with writing(cast.oakfield):
        return api.hand_over(school=cast.oakfield, spreadsheet=sheet, by=cast.olu.member, at=NOW)


def test_applied_pupils_stand_on_the_roll_and_can_be_taken_back(cast: Cast, desk: Desk) -> None:
    change_set = desk.apply(handed(cast, workbook([HEADS, ottilie()])))

    with writing(cast.oakfield):
        assert Pupil.objects.get().legal_surname == "Thistlewood"
    desk.undo(change_set or 0)
    with writing(cast.oakfield):
        assert not Pupil.objects.exists()


def test_the_same_sheet_again_changes_nothing_and_a_blank_cell_takes_nothing_away(cast: Cast, desk: Desk) -> None:
    desk.apply(handed(cast, text([HEADS, ottilie()])))

    again = handed(cast, text([HEADS, ottilie(sex="", year="")]))

    with writing(cast.oakfield):
        assert Batch.objects.get(pk=again).counts["unchanged"] == 1


def test_a_birthday_that_differs_is_asked_about_as_with_a_transfer_file(cast: Cast, desk: Desk) -> None:
    desk.apply(handed(cast, text([HEADS, ottilie()])))

    again = handed(cast, text([HEADS, ottilie(dob="3/11/2016")]))

    with writing(cast.oakfield):
        assert Batch.objects.get(pk=again).counts["conflict"] == 1


def test_when_the_pupil_joined_is_the_first_day_on_the_roll(cast: Cast, desk: Desk) -> None:
    desk.apply(handed(cast, text([[*HEADS, "Admission date"], [*ottilie(), "04/09/2023"]])))

    with writing(cast.oakfield):
        from itrack.pupils.models import Enrolment

        assert Enrolment.objects.get().starts == date(2023, 9, 4)


@pytest.mark.parametrize(
    ("file", "sentence"),
    [
        (BytesIO(b""), "empty"),
        (BytesIO(b"PK\x03\x04broken"), "damaged"),
        (BytesIO(b"Ottilie,Thistlewood\nOsric,Ashdown"), "names the columns"),
        (BytesIO(b"UPN,Surname\n,\n"), "has no row"),
    ],
)
def test_a_file_that_cannot_be_read_gets_a_sentence_and_leaves_nothing(
    olu: Client, cast: Cast, file: BytesIO, sentence: str
) -> None:
    file.seek(0)
    answer = drop(olu, file)

    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    with writing(cast.oakfield):
        assert not Spreadsheet.objects.exists()


def test_a_form_that_says_too_little_is_told_so(olu: Client) -> None:
    assert "Choose a file first." in olu.post("/import/sheets/file", {"kind": "pupils"}).content.decode()
    assert drop(olu, text([HEADS, ottilie()]), kind="weather").status_code == 422
    assert drop(olu, text([HEADS, ottilie()]), kind="marks").status_code == 422


@pytest.mark.parametrize(
    "fields",
    [
        {"column-0": "nonsense"},
        columns("upn", "upn", "", "", "", ""),
        columns("upn", "", "", "", "", ""),
    ],
)
def test_columns_that_cannot_be_are_answered(olu: Client, fields: dict[str, str]) -> None:
    answer = drop(olu, text([HEADS, ottilie()]))

    assert olu.post(f"{answer['Location']}/columns", fields).status_code == 422


def test_a_sheet_thrown_away_keeps_no_cell(olu: Client, cast: Cast) -> None:
    answer = drop(olu, text([HEADS, ottilie()]))

    olu.post(f"{answer['Location']}/discard")

    with writing(cast.oakfield):
        assert not SpreadsheetRow.objects.exists()
        assert Spreadsheet.objects.get().state == "discarded"
    assert olu.post(f"{answer['Location']}/discard").status_code == 409


def test_a_sheet_nobody_decides_on_is_forgotten_after_two_days(cast: Cast) -> None:
    from datetime import timedelta

    from itrack.spreadsheets import api

    read(cast, text([HEADS, ottilie()]))
    with writing(cast.oakfield):
        assert api.forget_undecided(school=cast.oakfield, at=NOW + timedelta(days=1)) == 0
        assert api.forget_undecided(school=cast.oakfield, at=NOW + timedelta(days=3)) == 1
        assert not SpreadsheetRow.objects.exists()


@pytest.mark.parametrize(("who", "status"), [("tom", 422), ("asha", 403), ("gus", 403), ("tara", 403), ("hana", 422)])
def test_only_the_office_and_the_administrator_bring_pupils(cast: Cast, who: str, status: int) -> None:
    assert drop(cast.client(who), text([HEADS, ottilie()])).status_code == status


def test_another_schools_sheet_does_not_exist(cast: Cast, olu: Client) -> None:
    sheet = read(cast, text([HEADS, ottilie()]))
    theirs = cast.client("theo")

    assert olu.get(f"/import/sheets/{sheet}").status_code == 200
    assert theirs.get(f"/import/sheets/{sheet}").status_code == 404
    assert theirs.post(f"/import/sheets/{sheet}/columns", {}).status_code == 404
    assert theirs.post(f"/import/sheets/{sheet}/discard").status_code == 404
