"""Marks copied from the last point: they stand unconfirmed, and count nowhere until somebody says they are right."""

import pytest
import time_machine

from itrack.assessment.actions import copy_last, undo_last
from itrack.assessment.api import judgement_table, pupil_page
from itrack.assessment.models import Judgement
from itrack.assessment.rules.marks import Sheet
from itrack.foundation.refusal import Refused
from itrack.foundation.tenancy.windows import writing
from tests.assessment.conftest import Classroom
from tests.assessment.test_save_page import fields_of, name_of
from tests.cast import NOW, TODAY


@pytest.fixture(autouse=True)
def today():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def copied(room: Classroom) -> Classroom:
    """Amara W and Toby A at the last point; Mei has an E here already. Reading has been copied."""
    room.save("hana", {room.cell("Amara"): "W", room.cell("Toby"): "A", room.cell("Mei"): "G"}, point=room.points[0])
    room.save("tom", {room.cell("Mei"): "E"})
    assert copy(room, "tom") == 1
    return room


def copy(room: Classroom, name: str, subject: str = "Reading") -> int:
    with writing(room.cast.oakfield):
        return copy_last(
            school=room.cast.oakfield,
            point=room.point,
            subject=room.subjects[subject],
            pupils=room.pupils.values(),
            by=room.cast.people[name].member,
            at=NOW,
        )


def counted(room: Classroom) -> set[int]:
    with writing(room.cast.oakfield):
        return {pupil for pupil, *_ in judgement_table(school=room.cast.oakfield, point=room.point)}


def test_a_copy_is_shown_but_counts_nowhere_until_it_is_confirmed(copied: Classroom) -> None:
    tom = copied.cast.client("tom")

    page = tom.get("/mark/").content.decode()

    assert page.count('<td class="m q w" data-b="W">') == 1
    assert "1 copied, not confirmed" in page
    assert '<strong id="entered">1</strong>' in page
    assert counted(copied) == {copied.pupils["Mei"]}
    with writing(copied.cast.oakfield):
        profile = pupil_page(viewer=copied.cast.tom, pupil=copied.pupils["Amara"], on=TODAY)
    assert profile
    assert len(profile.profile.points) == 1
    tom.post("/mark/save", fields_of(page))
    assert counted(copied) == {copied.pupils["Mei"]}
    tom.post("/mark/save", fields_of(page) | {"confirm-column": copied.subjects["Reading"]})
    assert counted(copied) == {copied.pupils["Mei"], copied.pupils["Amara"]}


def test_one_cell_is_confirmed_by_its_name_and_another_typed_over(copied: Classroom) -> None:
    tom = copied.cast.client("tom")
    fields = fields_of(tom.get("/mark/").content.decode())
    cell = name_of(copied, "Amara")

    answer = tom.post("/mark/cells", fields | {"confirm": cell})

    assert answer.json()["saved"] == 1
    assert copied.pupils["Amara"] in counted(copied)
    row = tom.get(f"/mark/standing?group={copied.group}&point={copied.point}").json()
    assert row["rows"][str(copied.pupils["Amara"])] == "W,,,"
    assert row["said"][cell] == "You typed W at 10:00."


def test_copying_again_or_into_an_unknown_subject_changes_nothing(copied: Classroom) -> None:
    assert copy(copied, "tom") == 0
    with pytest.raises(Refused), writing(copied.cast.oakfield):
        copy_last(
            school=copied.cast.oakfield,
            point=copied.point,
            subject=copied.theirs["subject"],
            pupils=copied.pupils.values(),
            by=copied.cast.tom.member,
            at=NOW,
        )


def test_somebody_who_copied_takes_it_back(copied: Classroom) -> None:
    told = {
        "school": copied.cast.oakfield,
        "points": [copied.point],
        "pupils": copied.pupils.values(),
        "at": NOW,
        "sheet": Sheet(),
    }
    with writing(copied.cast.oakfield):
        assert not undo_last(by=copied.cast.hana.member, **told)
        assert undo_last(by=copied.cast.tom.member, **told)
        assert not Judgement.objects.filter(confirmed=False).exists()


def test_the_undo_button_takes_back_ones_own_last_change(room: Classroom) -> None:
    room.save("hana", {room.cell("Toby"): "G"})
    room.save("tom", {room.cell("Amara"): "E"})
    tom, sheet = room.cast.client("tom"), {"group": room.group, "point": room.point}

    assert tom.post("/mark/undo", sheet)["Location"].endswith("undone=1")
    assert tom.post("/mark/undo", sheet)["Location"].endswith("undone=0")

    assert counted(room) == {room.pupils["Toby"]}
    assert tom.post("/mark/undo", sheet | {"group": room.other_group}).status_code == 404
    assert tom.get(f"/mark/standing?group={room.other_group}").status_code == 404


def test_a_script_without_a_session_is_told_so_in_data(room: Classroom) -> None:
    tom = room.cast.client("tom")
    tom.cookies.clear()

    answer = tom.post("/mark/cells", {"point": room.point}, headers={"accept": "application/json"})

    assert answer.status_code == 401
    assert answer.json()["signed_out"] is True
    assert tom.post("/mark/cells", {"point": room.point}, headers={"accept": "text/html"}).status_code == 302


def test_marks_are_never_sent_in_somebody_elses_name(room: Classroom) -> None:
    sent = {"account": room.cast.tom.person, "point": room.point, name_of(room, "Amara"): "E"}
    hana = room.cast.client("hana")

    assert hana.post("/mark/cells", sent).status_code == 401
    assert hana.post("/mark/save", sent).status_code == 409

    assert counted(room) == set()
    assert room.cast.client("tom").post("/mark/cells", sent).json()["saved"] == 1


def test_the_panel_tells_earlier_marks_by_whom_and_flags(room: Classroom) -> None:
    room.save("hana", {room.cell("Amara"): "W"}, point=room.points[0])
    address = f"/mark/results/{room.pupils['Amara']}?subject={room.subjects['Reading']}"

    told = room.cast.client("tom").get(address).json()

    assert told["marks"] == [
        {"point": "Y2 Aut 1", "code": "W", "css": "w", "name": "Working towards", "by": "Hana Head, 23 Nov", "of": ""}
    ]
