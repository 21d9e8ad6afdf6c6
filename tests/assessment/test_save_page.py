"""Saving from the page: as a form without scripts, and cell by cell from the page's own script."""

import re

import pytest
import time_machine
from django.test import Client

from itrack.assessment.models import Judgement
from itrack.foundation.models import ChangeSet
from itrack.foundation.tenancy.windows import writing
from tests.assessment.conftest import Classroom
from tests.cast import NOW


@pytest.fixture(autouse=True)
def today():
    with time_machine.travel(NOW, tick=False):
        yield


def fields_of(page: str) -> dict[str, str]:
    """The marks form as a browser without scripts would send it back untouched."""
    form = re.search(r'<form action="/mark/save".*?</form>', page, re.S)
    assert form
    inputs = re.findall(r"<input ([^>]*)>", form[0])
    told = [dict(re.findall(r'(\w+)="([^"]*)"', attributes)) for attributes in inputs]
    return {one["name"]: one.get("value", "") for one in told}


def name_of(room: Classroom, pupil: str, subject: str = "Reading") -> str:
    return f"{room.pupils[pupil]}-{room.subjects[subject]}"


def codes(room: Classroom) -> dict[str, str]:
    with writing(room.cast.oakfield):
        rows = Judgement.objects.filter(ended_at=None).values_list("pupil_id", "subject_id", "code")
        return {f"{pupil}-{subject}": code for pupil, subject, code in rows}


def opened(room: Classroom, name: str = "tom", query: str = "") -> tuple[Client, dict[str, str]]:
    client = room.cast.client(name)
    return client, fields_of(client.get(f"/mark/{query}").content.decode())


def test_a_form_without_scripts_saves_and_comes_back_to_the_same_page(room: Classroom) -> None:
    tom, fields = opened(room, query=f"?subject={room.subjects['Reading']},{room.subjects['Maths']}")

    answer = tom.post("/mark/save", fields | {name_of(room, "Amara"): "e", name_of(room, "Toby", "Maths"): "G"})

    assert answer.status_code == 303
    assert re.fullmatch(r"/mark/\?group=\d+&point=\d+&subject=\d+%2C\d+&saved=1", answer["Location"])
    assert codes(room) == {name_of(room, "Amara"): "E", name_of(room, "Toby", "Maths"): "G"}
    page = tom.get(answer["Location"]).content.decode()
    assert "Every mark on this page is kept." in page
    assert "Saved at 10:00:00" in page


def test_a_form_sent_back_untouched_changes_nothing(room: Classroom) -> None:
    room.save("tom", {room.cell("Amara"): "E"})
    tom, fields = opened(room)

    answer = tom.post("/mark/save", fields)

    assert answer["Location"].endswith("saved=0")
    assert "Nothing had changed" in tom.get(answer["Location"]).content.decode()
    with writing(room.cast.oakfield):
        assert ChangeSet.objects.filter(kind=ChangeSet.Kind.MARKS).count() == 1


def test_a_refused_mark_stays_struck_through_with_its_reason_and_the_rest_is_saved(room: Classroom) -> None:
    tom, fields = opened(room)

    answer = tom.post("/mark/save", fields | {name_of(room, "Amara"): "E", name_of(room, "Mei"): "<script>"})

    page = answer.content.decode()
    assert answer.status_code == 422
    assert "<strong>1 mark was not accepted.</strong> Every other change is saved." in page
    refused = re.search(rf'<td class="m refused"><input name="{name_of(room, "Mei")}" value="([^"]*)"', page)
    assert refused
    assert refused[1] == "&lt;script&gt;"
    assert "Reading: &lt;SCRIPT&gt; is not a mark here. Not saved. Type B, W, E, G or A." in page
    assert "<SCRIPT" not in page
    assert codes(room) == {name_of(room, "Amara"): "E"}


def test_the_second_of_two_forms_is_told_and_shows_the_mark_that_stands(room: Classroom) -> None:
    tom, toms = opened(room)
    hana, hanas = opened(room, "hana", f"?group={room.group}")
    tom.post("/mark/save", toms | {name_of(room, "Amara"): "E"})

    answer = hana.post("/mark/save", hanas | {name_of(room, "Amara"): "W", name_of(room, "Toby"): "G"})

    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Tom Teacher typed E at 10:00, after you opened this page. Your W is not saved." in page
    assert codes(room) == {name_of(room, "Amara"): "E", name_of(room, "Toby"): "G"}
    # Saving what the page shows now leaves Tom's mark; typing W again replaces it.
    again = fields_of(page)
    assert hana.post("/mark/save", again)["Location"].endswith("saved=0")
    assert hana.post("/mark/save", again | {name_of(room, "Amara"): "W"})["Location"].endswith("saved=1")
    assert codes(room)[name_of(room, "Amara")] == "W"


def test_two_savers_of_different_cells_both_keep_their_marks(room: Classroom) -> None:
    tom, toms = opened(room)
    hana, hanas = opened(room, "hana", f"?group={room.group}")
    tom.post("/mark/save", toms | {name_of(room, "Amara"): "E"})

    answer = hana.post("/mark/save", hanas | {name_of(room, "Toby"): "G"})

    assert answer.status_code == 303
    assert codes(room) == {name_of(room, "Amara"): "E", name_of(room, "Toby"): "G"}


def test_the_script_saves_a_cell_and_is_told_when(room: Classroom) -> None:
    tom, fields = opened(room)
    sent = {name: fields[name] for name in ("point", "columns", f"was-{room.pupils['Amara']}")}

    answer = tom.post("/mark/cells", sent | {name_of(room, "Amara"): "E", name_of(room, "Toby"): "Q"})

    assert answer.status_code == 200
    assert answer.json() == {
        "at": "10:00:00",
        "saved": 1,
        "refused": [
            {
                "cell": name_of(room, "Toby"),
                "reason": "Q is not a mark here. Not saved. Type B, W, E, G or A.",
                "stands": "",
                "overtaken": False,
            }
        ],
        "shown": {},
    }


@pytest.mark.parametrize("address", ["/mark/save", "/mark/cells"])
def test_a_save_needs_the_token_of_the_page(room: Classroom, address: str) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = room.cast.client("tom").cookies

    answer = strict.post(address, {"point": room.point, name_of(room, "Amara"): "E"})

    assert answer.status_code == 403
    assert codes(room) == {}


@pytest.mark.parametrize("address", ["/mark/save", "/mark/cells"])
@pytest.mark.parametrize("name", ["olu", "asha", "gus"])
def test_who_does_not_mark_cannot_save(room: Classroom, address: str, name: str) -> None:
    assert room.cast.client(name).post(address, {"point": room.point}).status_code == 403
    assert room.cast.client("hana").get(address).status_code == 405


def test_another_schools_cells_and_another_class_are_refused_without_saying_what_stands(room: Classroom) -> None:
    room.save("hana", {room.cell("Zainab"): "G"})
    foreign = f"{room.theirs['pupil']}-{room.theirs['subject']}"

    answer = room.cast.client("tom").post(
        "/mark/cells", {"point": room.point, foreign: "E", name_of(room, "Zainab"): "G"}
    )

    assert answer.json()["saved"] == 0
    assert [cell["stands"] for cell in answer.json()["refused"]] == ["", ""]
    theirs = {"group": room.theirs["group"], "point": room.theirs["point"], foreign: "E"}
    assert room.cast.client("tom").post("/mark/save", theirs).status_code == 404


def test_a_class_that_is_not_theirs_saves_nothing_of_what_came_with_it(room: Classroom) -> None:
    sent = {"group": room.theirs["group"], "point": room.point, name_of(room, "Amara"): "E", name_of(room, "Toby"): "Q"}

    assert room.cast.client("tom").post("/mark/save", sent).status_code == 404

    assert codes(room) == {}


def test_hostile_fields_are_answered_and_store_nothing(room: Classroom) -> None:
    tom = room.cast.client("tom")
    huge = 10**40
    sent = {
        "group": "1e9",
        "point": str(room.point),
        "columns": "x,,٣,9" * 50,
        f"{huge}-1": "E",
        f"1-{huge}": "E",
        "1-1-1": "E",
        "٣-٣": "E",
        f"{10**17}-{10**17}": "E",
        f"was-{huge}": "E",
        f"was-{room.pupils['Amara']}": "," * 5000,
        name_of(room, "Amara"): "\x00",
        name_of(room, "Toby"): "E" * 100_000,
        name_of(room, "Mei"): "🙂'; drop table assessment_judgement; --",
    }

    answer = tom.post("/mark/cells", sent)

    assert answer.status_code == 200
    assert len(answer.json()["refused"]) == 4
    assert all(len(cell["reason"]) < 120 for cell in answer.json()["refused"])
    assert codes(room) == {}


def test_ten_thousand_cells_are_too_many_for_one_form(room: Classroom) -> None:
    many = {f"{number}-1": "E" for number in range(10_000)}

    answer = room.cast.client("tom").post("/mark/cells", {"point": room.point} | many)

    assert answer.status_code == 400
    assert codes(room) == {}
