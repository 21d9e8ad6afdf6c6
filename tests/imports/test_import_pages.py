"""The import pages as the office meets them."""

from io import BytesIO

import pytest
from django.test import Client

from itrack.foundation.models import ChangeSet
from itrack.foundation.tenancy.windows import writing
from itrack.imports.models import Batch, StagedPupil
from itrack.pupils.models import Pupil
from tests.cast import Cast
from tests.imports.ctf_maker import ctf, element, pupil, texts, upn
from tests.imports.desk import Desk

OTTILIE = {"upn": upn(1), "surname": "Thistlewood", "forename": "Ottilie"}
ADDRESS = element("Address", texts({"PostCode": "ZZ99 3VZ"}))


def drop(client: Client, content: bytes | str, name: str = "transfer.xml"):
    file = BytesIO(content if isinstance(content, bytes) else content.encode())
    file.name = name
    return client.post("/import/file", {"file": file})


@pytest.fixture
def olu(cast: Cast) -> Client:
    return cast.client("olu")


def test_the_office_drops_a_file_and_sees_what_it_would_change(olu: Client) -> None:
    answer = drop(olu, ctf(pupil(ADDRESS, **OTTILIE)))

    preview = olu.get(answer["Location"])

    page = preview.content.decode()
    assert "Ottilie Thistlewood: new" in page
    assert "Apply to 1 pupil" in page
    assert "Addresses" in page
    assert "ZZ99" not in page


def test_a_preview_tells_a_years_sessions_by_its_school_year(olu: Client) -> None:
    sessions = {"SessionsPossible": "378", "SessionsAuthorised": "20", "SessionsAttended": "353"}
    year = texts({"Year": "2025", "LEA": "823", "Estab": "2998", **sessions, "SessionsUnauthorised": "5"})
    answer = drop(olu, ctf(pupil(element("Attendance", element("YearData", year)), **OTTILIE)))

    page = olu.get(answer["Location"]).content.decode()

    assert "2025/26: 353 of 378" in page


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "empty"),
        (b"<CTfile", "Nothing"),
        ("<!DOCTYPE x []><CTfile/>", "DOCTYPE"),
        (b"PK\x03\x04broken", "zip"),
        ("<Other/>", "Nothing"),
    ],
)
def test_a_broken_file_gets_a_sentence_and_leaves_nothing(
    olu: Client, cast: Cast, content: bytes | str, sentence: str
) -> None:
    answer = drop(olu, content)

    assert answer.status_code == 422
    assert "This file was not read." in answer.content.decode()
    with writing(cast.oakfield):
        assert not Batch.objects.exists()
        assert not StagedPupil.objects.exists()


def test_a_form_without_a_file_says_so(olu: Client) -> None:
    answer = olu.post("/import/file", {})

    assert answer.status_code == 422
    assert "Choose a file first." in answer.content.decode()


def test_applying_queues_the_file_and_tells_the_second_who_was_first(olu: Client, desk: Desk) -> None:
    batch = desk.preview(pupil(**OTTILIE))

    first = olu.post(f"/import/{batch}/apply")
    second = desk.cast.client("ada").post(f"/import/{batch}/apply")

    assert first.status_code == 302
    assert second.status_code == 409
    assert "Olu Office has already pressed Apply" in second.content.decode()
    with writing(desk.cast.oakfield):
        assert Batch.objects.get().state == Batch.State.QUEUED


def test_an_applied_file_can_be_taken_back_from_its_page(olu: Client, desk: Desk) -> None:
    batch = desk.preview(pupil(**OTTILIE))
    desk.apply(batch)
    assert "Take this import back" in olu.get(f"/import/{batch}").content.decode()

    answer = olu.post(f"/import/{batch}/undo", follow=True)

    assert "This import has been taken back" in answer.content.decode()
    with writing(desk.cast.oakfield):
        assert not Pupil.objects.exists()


def test_a_stale_preview_offers_to_compare_again(olu: Client, desk: Desk) -> None:
    early = desk.preview(pupil(**OTTILIE))
    desk.bring(pupil(**(OTTILIE | {"upn": upn(2), "forename": "Osric"})))

    page = olu.get(f"/import/{early}").content.decode()
    assert "Compare it again" in page
    assert olu.post(f"/import/{early}/apply").status_code == 409

    olu.post(f"/import/{early}/compare")
    assert "Compare it again" not in olu.get(f"/import/{early}").content.decode()


def test_a_thrown_away_file_keeps_no_values(olu: Client, desk: Desk) -> None:
    batch = desk.preview(pupil(**OTTILIE))

    olu.post(f"/import/{batch}/discard")

    page = olu.get(f"/import/{batch}").content.decode()
    assert "This file was thrown away" in page
    assert "Thistlewood" not in page


def test_choices_are_noted_and_counted(olu: Client, desk: Desk) -> None:
    desk.bring(pupil(**OTTILIE))
    batch = desk.preview(pupil(dob="2016-02-11", **OTTILIE))
    with writing(desk.cast.oakfield):
        row = StagedPupil.objects.get(batch_id=batch).pk
    assert "Apply to 0 pupils" in olu.get(f"/import/{batch}").content.decode()

    olu.post(f"/import/{batch}/choose", {f"choice-{row}": "file"})

    assert "Apply to 1 pupil" in olu.get(f"/import/{batch}").content.decode()


@pytest.mark.parametrize("name", ["choice-", "choice-x", "choice-9999999999999999999999", "choice-１"])
def test_a_mangled_choice_is_answered(olu: Client, desk: Desk, name: str) -> None:
    batch = desk.preview(pupil(**OTTILIE))

    assert olu.post(f"/import/{batch}/choose", {name: "ours"}).status_code == 409


@pytest.mark.parametrize("who", ["tom", "asha", "gus", "sena", "hana"])
def test_only_the_office_and_the_administrator_import(cast: Cast, who: str) -> None:
    client = cast.client(who)

    assert client.get("/import/").status_code == 403
    assert drop(client, ctf(pupil(**OTTILIE))).status_code == 403


def test_another_schools_import_does_not_exist(desk: Desk, cast: Cast) -> None:
    batch = desk.preview(pupil(**OTTILIE))
    with writing(cast.thornhill):
        theirs = ChangeSet.objects.first()
    assert theirs is not None
    theo = cast.client("theo")

    # Theo is a head, so he may not import at all; even an office of Thornhill's could not see it.
    assert theo.get(f"/import/{batch}").status_code == 403


def test_the_preview_asks_as_much_for_many_pupils_as_for_few(
    olu: Client, desk: Desk, django_assert_max_num_queries
) -> None:
    few = desk.preview(*[pupil(**(OTTILIE | {"upn": upn(n)})) for n in range(1, 4)])
    many = desk.preview(*[pupil(**(OTTILIE | {"upn": upn(n)})) for n in range(1, 61)])

    for batch in (few, many):
        with django_assert_max_num_queries(24):
            olu.get(f"/import/{batch}")
