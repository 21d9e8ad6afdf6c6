"""The same for the class except a few: shown before it is saved, saved as one deed, taken back whole."""

import re

import pytest
import time_machine

from itrack.objectives.rules.depth import NOT_FOR_THEM, Depth
from itrack.objectives.rules.several import Plan, Wish, plan
from tests.cast import NOW
from tests.objectives.conftest import Classroom

S, N = Depth(1, "S", "Secure", 2, True, True), Depth(2, "N", "Not yet", 0, True)
CODES = ["S", "N", NOT_FOR_THEM.code]


@pytest.fixture(autouse=True)
def today():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.mark.parametrize(
    ("wish", "expected"),
    [
        (Wish("s", (10,)), Plan("S", [(2, 10), (3, 10)], [("N", 1)], 1)),
        (Wish("S", (10,), only_empty=True), Plan("S", [(3, 10)], [], 2)),
        (Wish("S", (10, 11), but=frozenset({2, 3})), Plan("S", [(1, 11)], [], 1)),
        (Wish("Q", (10,)), None),
        (Wish("S", (99,)), None),
        (Wish(), None),
    ],
)
def test_a_plan_counts_what_it_would_replace(wish: Wish, expected: Plan | None) -> None:
    told = plan(wish, [1, 2, 3], [10, 11], {(1, 10): S, (2, 10): N}, CODES)

    assert told == expected
    assert told is None or told.empty == len(told.cells) - sum(n for _, n in told.replaced)


def fields_of(page: str) -> dict[str, str]:
    """The form that would save it."""
    form = page.split('action="/objectives/save"')[1].split("</form>")[0]
    return dict(re.findall(r'type="hidden" name="([^"]+)" value="([^"]*)"', form))


def test_the_class_except_one_is_shown_then_set_then_taken_back(room: Classroom) -> None:
    room.save("tom", {room.cell("Amara"): "N"})
    tom, first = room.cast.client("tom"), room.statements["Maths 4"][0]
    second = room.statements["Maths 4"][1]
    sheet = f"group={room.group}&strand={room.strands['Maths 4']}"
    wish = f"{sheet}&chosen=1&depth=S&statement={first}&statement={second}&but={room.pupils['Toby']}"

    page = tom.get(f"/objectives/several?{wish}").content.decode()
    saved = tom.post("/objectives/save", fields_of(page), follow=True).content.decode()
    undone = tom.post("/objectives/undo", {"group": room.group, "strand": room.strands["Maths 4"]}, follow=True)

    assert "2 cells would say S, secure: 1 is empty now, 1 says N." in page
    assert "Everything on this page is kept." in saved
    assert re.search(rf'name="{room.name("Amara", 2)}" value="S"', saved)
    assert f'name="{room.name("Toby")}" aria' in saved
    assert re.search(rf'name="{room.name("Amara")}" value="N"', undone.content.decode())


def test_what_a_colleague_changed_meanwhile_is_not_replaced(room: Classroom) -> None:
    tom, first = room.cast.client("tom"), room.statements["Maths 4"][0]
    sheet = f"group={room.group}&strand={room.strands['Maths 4']}"
    page = tom.get(f"/objectives/several?{sheet}&depth=S&statement={first}").content.decode()
    room.save("asha", {room.cell("Toby"): "E"})

    answer = tom.post("/objectives/save", fields_of(page))

    assert answer.status_code == 422
    assert "Asha Assistant typed E at 10:00" in answer.content.decode()


def test_nothing_chosen_and_nothing_to_change_are_said(room: Classroom) -> None:
    room.save("tom", {room.cell(who): "S" for who in ("Amara", "Toby")})
    tom, first = room.cast.client("tom"), room.statements["Maths 4"][0]
    sheet = f"/objectives/several?group={room.group}&strand={room.strands['Maths 4']}"

    assert "Nothing is chosen yet." in tom.get(f"{sheet}&chosen=1").content.decode()
    assert "Nothing would change." in tom.get(f"{sheet}&chosen=1&depth=S&statement={first}").content.decode()
    assert tom.get(f"/objectives/several?group={room.other_group}").status_code == 404
