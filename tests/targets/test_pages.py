"""The pages of targets: what they show, to whom, and how the grid answers a save."""

import re

import pytest

from tests.targets.conftest import Aims

PAGE, SET, SAVE = "/targets/", "/targets/set", "/targets/save"


def form(aims: Aims, cells: dict[str, str], shown: dict[str, str] | None = None, group: int = 0) -> dict[str, str]:
    """The grid of 4B as its page sends it: forename → the target in reading."""
    room = aims.room
    was = {f"was-{room.pupils[name]}": code for name, code in (shown or {}).items()}
    typed = {f"{room.pupils[name]}-{room.subjects['Reading']}": code for name, code in cells.items()}
    whose = {"whose": f"class-{group or room.group}", "point": str(aims.end)}
    return {**whose, "columns": str(room.subjects["Reading"]), **was, **typed}


def row(page: str, name: str) -> str:
    """The row of a pupil, in words."""
    found = re.search(rf"<tr><th scope=\"row\">(?:<a [^>]*>)?{name}.*?</tr>", page, re.S)
    assert found, f"no row for {name}"
    return " ".join(re.sub(r"<[^>]+>", " ", found[0]).split())


def test_targets_stand_beside_the_last_mark_with_the_rule_in_words(aims: Aims) -> None:
    room = aims.room
    room.save("tom", {room.cell("Amara"): "E", room.cell("Toby"): "E", room.cell("Zainab"): "W"})
    room.save("tom", {room.cell("Mei"): "A"})
    aims.set("hana", {room.cell(name): code for name, code in (("Amara", "E"), ("Toby", "G"), ("Mei", "E"))})

    page = room.cast.client("tom").get(PAGE).content.decode()

    assert "<h1>Targets for Summer 2, 2026/27</h1>" in page
    assert row(page, "Reading") == "Reading 50% 1 of 2 0 1 1 1 1: only code a, absent for the assessment"
    assert row(page, "Acorn, Amara").startswith("Acorn, Amara E ← , last mark E On track Aut 2")
    assert row(page, "Barleycorn, Toby").startswith("Barleycorn, Toby G ← , last mark E Below Aut 2")
    assert "no mark with a band" in row(page, "Everglade, Mei")
    assert "A pupil is on track when the last mark is in the band wanted by then" in page
    assert "not having met it before then is not the same as missing it" in page
    assert "The band wanted is that of the target itself, at every point on the way." in page
    assert "Candlewick" not in page
    assert "Set targets</a>" not in page


def test_what_is_wanted_on_the_way_changes_the_figure_and_the_words(aims: Aims) -> None:
    room = aims.room
    room.save("tom", {room.cell("Toby"): "E"})
    aims.set("hana", {room.cell("Toby"): "G"})
    aims.settle(steps={"greater": {1: "expected", 2: "expected"}})

    page = room.cast.client("hana").get(f"{PAGE}?whose=class-{room.group}").content.decode()

    assert "On track Aut 2" in row(page, "Barleycorn, Toby")
    assert "On the way to greater depth: expected in Autumn 1, Autumn 2. Otherwise greater depth." in page


def test_the_head_sees_the_school_by_class_and_a_year_group_by_name(aims: Aims) -> None:
    room = aims.room
    room.save("tom", {room.cell("Amara"): "E"})
    room.save("hana", {room.cell("Zainab"): "E"})
    aims.set("hana", {room.cell("Amara"): "E", room.cell("Zainab"): "G"})
    hana = room.cast.client("hana")

    whole = hana.get(PAGE).content.decode()
    year = hana.get(f"{PAGE}?whose=year-4").content.decode()

    assert "Whole school</option>" in whole
    assert "Acorn, Amara" not in whole
    assert row(whole, "4A").startswith("4A Hana Head 0% 0 of 1")
    assert row(whole, "4B").startswith("4B Tom Teacher 100% 1 of 1")
    assert "Acorn, Amara" in year
    assert "Candlewick, Zainab" in year


def test_without_targets_the_page_says_who_sets_them(aims: Aims) -> None:
    tom = aims.room.cast.client("tom")

    before = tom.get(PAGE).content.decode()
    aims.settle(teachers_set=True)
    after = tom.get(PAGE).content.decode()

    assert "In this school the head and administrators set targets." in before
    assert "Set them in one grid" in after


def test_a_class_is_set_in_a_plain_form_and_taken_back(aims: Aims) -> None:
    hana = aims.room.cast.client("hana")

    page = hana.get(SET, {"whose": f"class-{aims.room.group}"}).content.decode()
    done = hana.post(SAVE, form(aims, {"Amara": "G", "Toby": "e", "Mei": ""}), follow=True)
    undo = re.search(r'action="(/targets/changes/\d+/undo[^"]*)"', done.content.decode())
    assert undo
    back = hana.post(undo[1].replace("&amp;", "&"), follow=True).content.decode()

    assert "Set targets for 4B, Summer 2, 2026/27" in page
    assert "<kbd>G</kbd> greater depth" in page
    assert "absent" not in page.split("An empty cell")[0].split("Type <kbd>")[1]
    assert "2 targets set." in done.content.decode()
    assert "Taken back:" in back
    assert not aims.standing("Amara", "Toby")


def test_a_refused_cell_keeps_what_was_typed_and_the_rest_is_saved(aims: Aims) -> None:
    answer = aims.room.cast.client("hana").post(SAVE, form(aims, {"Amara": "Z", "Toby": "E", "Zainab": "E"}))

    page = answer.content.decode()
    assert answer.status_code == 422
    assert 'value="Z"' in page
    assert "Z is not a mark here. Not saved. Type B, W, E, G or A." in page
    assert aims.standing("Amara", "Toby") == {aims.room.cell("Toby"): ("E", "expected")}


def test_a_page_left_open_by_somebody_else_saves_nothing(aims: Aims) -> None:
    sent = form(aims, {"Amara": "E"}) | {"account": str(aims.who("ada").person)}

    answer = aims.room.cast.client("hana").post(SAVE, sent)

    assert answer.status_code == 409
    assert not aims.standing("Amara")


def test_nothing_changed_is_said(aims: Aims) -> None:
    page = aims.room.cast.client("hana").post(SAVE, form(aims, {"Amara": ""}), follow=True).content.decode()

    assert "Nothing had changed," in page


def test_suggestions_fill_empty_cells_and_are_not_stored(aims: Aims) -> None:
    room = aims.room
    room.save("tom", {room.cell("Amara"): "E", room.cell("Toby"): "W", room.cell("Mei"): "A"})
    room.save("hana", {room.cell("Amara"): "B"}, point=room.points[0])
    aims.set("hana", {room.cell("Toby"): "G"})
    hana, asked = room.cast.client("hana"), {"whose": f"class-{room.group}", "point": str(aims.end)}

    last = hana.get(SET, asked | {"from": "last"}).content.decode()
    nothing = hana.get(SET, asked | {"from": "results"}).content.decode()

    cell = f"{room.pupils['Amara']}-{room.subjects['Reading']}"
    assert f'<td class="m q"><input name="{cell}" value="E"' in last
    assert "1 empty cell is filled in italics" in last
    assert "Save, with 1 suggestion" in last
    assert "Nothing to suggest." in nothing
    assert aims.standing("Amara") == {}


def test_suggestions_come_from_a_chosen_point(aims: Aims) -> None:
    room = aims.room
    room.save("tom", {room.cell("Amara"): "G"})
    room.save("hana", {room.cell("Amara"): "W"}, point=room.points[12])
    asked = {"whose": f"class-{room.group}", "point": str(aims.end)}

    page = room.cast.client("hana").get(SET, asked | {"from": f"point-{room.points[12]}"}).content.decode()

    assert f'name="{room.pupils["Amara"]}-{room.subjects["Reading"]}" value="W"' in page


def test_a_pupils_targets_are_told_with_who_set_them(aims: Aims) -> None:
    room, cell = aims.room, aims.room.cell("Amara")
    aims.set("hana", {cell: "E"})
    aims.set("ada", {cell: "G"}, shown={cell: "E"})

    page = room.cast.client("tom").get(f"/targets/pupils/{cell[0]}").content.decode()

    assert "Targets of Amara Acorn" in page
    assert "Hana Head, 23 November 2026" in page
    assert "no mark yet" in page
    assert room.cast.client("tom").get(f"/targets/pupils/{room.pupils['Zainab']}").status_code == 404


def test_the_table_is_taken_away_with_everybody_left_out(aims: Aims) -> None:
    room = aims.room
    room.save("tom", {room.cell("Amara"): "E"})
    aims.set("hana", {room.cell("Amara"): "G"})

    answer = room.cast.client("tom").get("/targets/targets.csv")

    lines = answer.content.decode("utf-8-sig").splitlines()
    assert answer["Content-Disposition"] == 'attachment; filename="targets-summer-2-2026-27.csv"'
    assert lines[1] == (
        '"Acorn, Amara",4B,Reading,Main assessment,"Summer 2, 2026/27",G,Greater depth,Hana Head,2026-11-23,'
        'E,Expected,"Autumn 2, 2026/27",below,no,'
    )
    assert len(lines) == 1 + 3 * 4
    assert lines[2].endswith("No target set")


@pytest.mark.parametrize(
    "asked",
    [
        {"whose": "class-999999"},
        {"whose": "year-9"},
        {"whose": "nobody"},
        {"point": "999999"},
        {"point": "x"},
        {"assessment": "999999"},
    ],
)
def test_what_there_is_not_is_not_found(aims: Aims, asked: dict[str, str]) -> None:
    hana = aims.room.cast.client("hana")

    assert hana.get(PAGE, asked).status_code == 404
    assert hana.get(SET, asked).status_code == 404
    assert hana.get("/targets/targets.csv", asked).status_code == 404


def test_a_teacher_asks_in_vain_for_another_class(aims: Aims) -> None:
    aims.settle(teachers_set=True)
    tom, other = aims.room.cast.client("tom"), {"whose": f"class-{aims.room.other_group}"}

    assert tom.get(PAGE, other).status_code == 404
    assert tom.get(PAGE, {"whose": "all"}).status_code == 404
    assert tom.get(SET, other).status_code == 404
    assert tom.post(SAVE, form(aims, {"Zainab": "E"}, group=aims.room.other_group)).status_code == 404
    assert tom.get(SET).status_code == 200
    assert (
        aims.room.cast.client("hana").get(SET, {"whose": "all"}).status_code == 404
    )  # of the whole school there is no grid
    assert aims.room.cast.client("hana").get(SET, {"from": "dice", **other}).status_code == 404


def test_a_teacher_who_sets_none_is_led_from_the_grid_to_the_targets(aims: Aims) -> None:
    tom = aims.room.cast.client("tom")

    answer = tom.get(SET)

    assert (answer.status_code, answer.headers["Location"]) == (302, PAGE)
    assert "the head and administrators set targets" in tom.get(PAGE).content.decode()
    assert tom.get(SET, {"whose": f"class-{aims.room.group}"}).status_code == 404


def test_the_school_says_who_sets_and_what_is_wanted_on_the_way(aims: Aims) -> None:
    hana = aims.room.cast.client("hana")
    sent = {"teachers": "yes", "greater-1": "expected", "greater-2": "expected", "expected-1": "x"}

    page = hana.post("/school/targets/save", sent, follow=True).content.decode()
    same = hana.post("/school/targets/save", sent, follow=True).content.decode()
    refused = hana.post("/school/targets/save", {"greater-3": "expected"})
    undo = re.search(r'action="(/targets/changes/\d+/undo[^"]*)"', page)
    assert undo
    back = hana.post(undo[1], follow=True).content.decode()

    assert "On the way to greater depth: expected in Autumn 1, Autumn 2." in page
    assert "Nothing had changed," in same
    assert refused.status_code == 409
    assert "Taken back:" in back
    assert "at every point on the way" in back


def test_a_change_of_another_kind_is_not_taken_back_here(aims: Aims) -> None:
    made = aims.room.save("hana", {aims.room.cell("Amara"): "E"}).change_set

    assert aims.room.cast.client("hana").post(f"/targets/changes/{made}/undo").status_code == 404
