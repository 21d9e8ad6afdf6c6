"""The entry grid as a page: what it shows, to whom, and how it answers a save."""

import json
import re

import pytest
import time_machine

from itrack.foundation.tenancy.windows import writing
from tests.cast import NOW
from tests.statutory.conftest import Summer, a_child
from tests.statutory.test_entry import type_in

PAGE, SAVE, UNDO = "/mark/statutory", "/mark/statutory/save", "/mark/statutory/undo"


@pytest.fixture(autouse=True)
def today():
    with time_machine.travel(NOW, tick=False):
        yield


def names(page: str) -> list[str]:
    return re.findall(r'<th scope="row" id="p\d+"><a [^>]*>([^<]*)', page)


def form(summer: Summer, name: str, shown: dict[str, str] | None = None, **told: str) -> dict[str, str]:
    pupil = summer.pupils[name]
    cells = {f"{pupil}-{part.replace('_', '-')}": text for part, text in told.items()}
    return {"assessment": "ks2", "year": "2026", f"was-{pupil}": json.dumps(shown or {}), **cells}


def test_a_leader_sees_the_year_group_as_it_was_with_what_stands(summer: Summer) -> None:
    type_in(summer, "hana", {"Ada": {"reading-scaled": "104", "maths-scaled": "112", "ks2-writing": "GDS"}})

    page = summer.cast.client("hana").get(PAGE, {"assessment": "ks2", "year": "2026"}).content.decode()

    assert names(page) == ["Merle, Ada", "Merle, Bea", "Merle, Cem", "Merle, Dot", "Merle, Eve"]
    assert "as it was on 12 May 2026" in page
    assert f'name="{summer.pupils["Ada"]}-reading-scaled" value="104"' in page
    assert '<span class="state ok">Expected</span>' in page
    assert "Left before the day" in page
    assert "Unable to access the test" in page
    assert "Finch" not in page


@pytest.mark.parametrize("assessment", ["eyfsp", "phonics-1", "phonics-2", "ks1", "tables", "ks2"])
def test_each_assessment_has_its_own_grid(summer: Summer, assessment: str) -> None:
    groups = {"eyfsp": "R", "phonics-1": "1", "phonics-2": "2", "ks1": "2", "tables": "4", "ks2": "6"}
    with writing(summer.cast.oakfield):
        a_child(summer.cast, "Wren", "Zoe", groups[assessment])

    page = summer.cast.client("hana").get(PAGE, {"assessment": assessment, "year": "2026"}).content.decode()

    assert "Wren, Zoe" in names(page)
    assert page.count('<td class="m">') == len(names(page)) * page.count("data-scale=")


def test_a_year_without_the_assessment_says_so(summer: Summer) -> None:
    page = summer.cast.client("hana").get(PAGE, {"assessment": "ks2", "year": "2021"}).content.decode()

    assert "all national assessments of 2021 were cancelled" in page
    assert "<table" not in page


@pytest.mark.parametrize(
    "asked",
    [
        {"assessment": "rba"},
        {"assessment": "ks2", "year": "1999"},
        {"assessment": "ks2", "year": "2031"},
        {"assessment": "ks2", "year": "x"},
        {"assessment": "ks2", "year": "2026", "group": "999999"},
        {"assessment": "ks2", "year": "2021", "group": "5"},
    ],
)
def test_what_there_is_not_is_not_found(summer: Summer, asked: dict[str, str]) -> None:
    assert summer.cast.client("hana").get(PAGE, asked).status_code == 404


def test_office_assistant_and_governor_have_no_such_page(summer: Summer) -> None:
    for name in ("olu", "asha", "gus"):
        assert summer.cast.client(name).get(PAGE).status_code == 403


def test_a_teacher_without_these_pupils_sees_nobody(summer: Summer) -> None:
    page = summer.cast.client("tom").get(PAGE, {"assessment": "ks2", "year": "2026"}).content.decode()

    assert "Nobody here" in page
    assert "Merle" not in page


def test_a_senco_reads_a_year_that_is_over(summer: Summer) -> None:
    page = summer.cast.client("sena").get(PAGE, {"assessment": "ks2", "year": "2026"}).content.decode()

    assert "These results can only be read" in page
    assert "readonly" in page
    assert "Save results" not in page


def test_saving_keeps_what_fits_and_shows_the_rest_as_typed(summer: Summer) -> None:
    hana = summer.cast.client("hana")

    answer = hana.post(SAVE, form(summer, "Ada", reading_scaled="104", ks2_writing="ECS"))

    page = answer.content.decode()
    assert answer.status_code == 422
    assert 'value="ECS"' in page
    assert "ECS is not a result of 2026" in page
    assert "Every other change is saved." in page
    assert summer.standing("Ada") == {"reading-scaled": "104"}


def test_a_save_and_its_undo_by_the_page(summer: Summer) -> None:
    hana = summer.cast.client("hana")

    saved = hana.post(SAVE, form(summer, "Ada", reading_scaled="104"))
    told = hana.get(saved["Location"]).content.decode()
    emptied = hana.post(SAVE, form(summer, "Ada", {"reading-scaled": "104"}, reading_scaled=""))
    undone = hana.post(UNDO, {"assessment": "ks2", "year": "2026"})
    again = hana.post(UNDO, {"assessment": "ks2", "year": "2026"})
    nothing = hana.post(UNDO, {"assessment": "ks2", "year": "2026"})

    assert saved.status_code == emptied.status_code == 303
    assert "1 result changed" in told
    assert "undone=1" in undone["Location"]
    assert "undone=1" in again["Location"]
    assert "undone=0" in nothing["Location"]
    assert summer.standing("Ada") == {}


def test_a_sheet_left_open_by_somebody_else_is_refused(summer: Summer) -> None:
    answer = summer.cast.client("hana").post(SAVE, {**form(summer, "Ada", reading_scaled="104"), "account": "999"})

    assert answer.status_code == 409
    assert summer.standing("Ada") == {}


@pytest.mark.parametrize("was", ["[", "7", "[1,2]", '{"reading-scaled": {}}', "[" * 5000])
def test_a_form_that_says_nonsense_of_what_it_showed_stores_what_was_typed(summer: Summer, was: str) -> None:
    sent = form(summer, "Ada", reading_scaled="104") | {f"was-{summer.pupils['Ada']}": was}

    summer.cast.client("hana").post(SAVE, sent)

    assert summer.standing("Ada") in ({"reading-scaled": "104"}, {})


def test_another_schools_pupil_takes_no_result(summer: Summer) -> None:
    with writing(summer.cast.thornhill):
        theirs = a_child(summer.cast, "Quill", "Zeb", "6", school="theo")

    answer = summer.cast.client("hana").post(
        SAVE, {"assessment": "ks2", "year": "2026", f"{theirs}-reading-scaled": "104"}
    )

    assert answer.status_code == 422
    assert "Quill" not in answer.content.decode()
