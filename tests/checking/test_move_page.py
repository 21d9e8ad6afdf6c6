"""The page that puts marks right: preview, choices, apply, undo; for leaders of this school alone."""

import re

import pytest
from django.test import Client

from tests.assessment.conftest import Classroom
from tests.checking.test_moving import main, place, stands


@pytest.fixture
def sent(room: Classroom) -> dict[str, object]:
    """Reading typed where writing was meant; Mei has a mark in writing already."""
    room.save("tom", {room.cell("Amara"): "E", room.cell("Mei"): "G"})
    room.save("hana", {room.cell("Mei", "Writing"): "B"})
    of = main(room)
    told = {"act": "move", "whose": f"class-{room.group}", "point": room.point, "assessment": of}
    told |= {"subject": room.subjects["Reading"], "to_point": room.point, "to_subject": room.subjects["Writing"]}
    return told | {"to_assessment": of}


def read(client: Client, sent: dict[str, object]) -> str:
    answer = client.get("/mark/move", sent)
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


def shown_of(page: str) -> str:
    found = re.search(r'name="shown" value="(\w+)"', page)
    assert found
    return found[1]


def test_a_head_sees_each_mark_before_and_after_and_moves_those_ticked(room: Classroom, sent) -> None:
    hana = room.cast.client("hana")
    page = read(hana, sent)
    assert "Acorn, Amara" in page
    assert "Another mark stands there" in page
    assert "Replace by G" in page

    ticked = {"pupil": [room.pupils["Amara"], room.pupils["Mei"]], "shown": shown_of(page), "theirs": "each"}
    mei = {f"at-{room.pupils['Mei']}-{room.subjects['Writing']}": "replace"}
    answer = hana.post("/mark/move/apply", sent | ticked | mei)

    assert answer.status_code == 303
    assert stands(room, place(room, room.point)) == {("Amara", "Writing"): "E", ("Mei", "Writing"): "G"}
    after = " ".join(hana.get(answer["Location"]).content.decode().split())
    assert "2 marks moved, 1 mark replaced." in after
    undo = re.search(r'action="(/mark/move/undo/\d+)"', after)
    assert undo
    assert hana.post(undo[1]).status_code == 303
    assert stands(room, place(room, room.point)) == {
        ("Amara", "Reading"): "E",
        ("Mei", "Reading"): "G",
        ("Mei", "Writing"): "B",
    }


def test_a_stale_preview_is_refused_with_a_sentence(room: Classroom, sent) -> None:
    hana = room.cast.client("hana")
    shown = shown_of(read(hana, sent))
    room.save("tom", {room.cell("Amara"): "W"})

    answer = hana.post("/mark/move/apply", sent | {"pupil": [room.pupils["Amara"]], "shown": shown})

    assert answer.status_code == 409
    assert "Nothing was changed." in answer.content.decode()


def test_to_the_same_place_is_told_beside_the_form(room: Classroom, sent) -> None:
    answer = room.cast.client("hana").get("/mark/move", sent | {"to_subject": sent["subject"]})

    assert answer.status_code == 422
    assert "The marks stand there already" in answer.content.decode()


def test_deleting_asks_for_no_place_to_go_to(room: Classroom, sent) -> None:
    told = {name: value for name, value in sent.items() if not name.startswith("to_")} | {"act": "delete"}

    page = read(room.cast.client("hana"), told)

    assert "Marks that would be deleted" in page
    assert "Delete the marks of those ticked" in page


def test_nobody_with_such_a_mark_is_said(room: Classroom, sent) -> None:
    page = read(room.cast.client("hana"), sent | {"subject": 0, "to_subject": 0, "point": room.points[0]})

    assert "There are no such marks" in page


@pytest.mark.parametrize("who", ["sena", "tom", "asha", "olu", "gus", "tara"])
def test_only_leaders_may(room: Classroom, sent, who: str) -> None:
    client = room.cast.client(who)

    assert client.get("/mark/move", sent).status_code == 403
    assert client.post("/mark/move/apply", sent).status_code == 403


def test_the_other_schools_ids_and_words_made_up_are_not_found(room: Classroom, sent) -> None:
    hana, theo, theirs = room.cast.client("hana"), room.cast.client("theo"), room.theirs
    made_up = [{name: theirs[name.removeprefix("to_")]} for name in ("point", "subject", "to_point", "to_subject")]
    made_up += [{"whose": f"class-{theirs['group']}"}, {"act": "burn"}, {"point": "x"}, {"whose": "year-99"}]
    for wrong in [*made_up, {"assessment": 10**9}, {"point": "9" * 40}]:
        assert hana.get("/mark/move", sent | wrong).status_code == 404
        assert hana.post("/mark/move/apply", sent | wrong).status_code == 404
    assert theo.get("/mark/move", sent).status_code == 404

    # A pupil of theirs who is ticked is nobody here.
    shown = shown_of(read(hana, sent))
    answer = hana.post("/mark/move/apply", sent | {"shown": shown, "pupil": [theirs["pupil"], "x", "9" * 30]})
    assert answer.status_code == 409


def test_another_change_is_not_undone_from_here(room: Classroom) -> None:
    made = room.save("hana", {room.cell("Amara"): "E"})

    assert room.cast.client("hana").post(f"/mark/move/undo/{made.change_set}").status_code == 404
