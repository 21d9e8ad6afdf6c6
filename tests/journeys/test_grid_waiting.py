"""Marks that could not be sent: they wait on this computer, for their own person, and are sent when they can be."""

import json
import re

import pytest
from playwright.sync_api import Error, expect

from tests.journeys.arranging import leaves_the_desk
from tests.journeys.conftest import Arrive
from tests.journeys.product import Product
from tests.journeys.test_grid_keys import cell, is_ready, is_saved, open_an_empty_point
from tests.journeys.visitor import Visitor

LEFT = "JSON.stringify(Object.entries(localStorage))"


def kept(visitor: Visitor) -> list[tuple[str, str]]:
    return json.loads(visitor.page.evaluate(LEFT))


def type_marks(visitor: Visitor, letters: str, *, row: int = 1) -> None:
    is_ready(visitor)
    cell(visitor, row).focus()
    for letter in letters:
        visitor.page.keyboard.press(letter)


def lose_the_network(visitor: Visitor) -> None:
    """Saves do not get through, though pages do: as with a school's network that comes and goes."""
    visitor.page.route("**/mark/cells", lambda route: route.abort())


def find_the_network(visitor: Visitor) -> None:
    visitor.page.unroute("**/mark/cells")


def forgive_the_network(visitor: Visitor) -> None:
    visitor.faults = [fault for fault in visitor.faults if "net::ERR" not in fault]


def test_marks_typed_without_a_connection_survive_a_reload(arrive: Arrive) -> None:
    tom = arrive("tom")
    open_an_empty_point(tom, "Summer 1")
    lose_the_network(tom)
    type_marks(tom, "ewg", row=20)
    expect(tom.page.locator("#state")).to_contain_text("No connection: 3 marks wait on this computer")
    tom.looks()

    names = tom.page.locator("table.grid tbody th a").all_inner_texts()
    told = str(kept(tom))
    assert "itrack.waiting." in told
    assert not [name for name in names if name.split(",")[0] in told]
    tom.page.reload()
    expect(tom.page.locator("#state")).to_contain_text("3 marks wait")
    assert [cell(tom, row).input_value() for row in (20, 21, 22)] == ["E", "W", "G"]
    find_the_network(tom)
    tom.page.evaluate("window.dispatchEvent(new Event('online'))")

    is_saved(tom)
    assert kept(tom) == []
    forgive_the_network(tom)
    tom.page.reload()
    assert [cell(tom, row).input_value() for row in (20, 21, 22)] == ["E", "W", "G"]


def test_marks_typed_offline_are_sent_when_the_page_is_opened_online_again(arrive: Arrive) -> None:
    tom = arrive("tom")
    open_an_empty_point(tom, "Summer 1")
    where = tom.page.url
    tom.context.set_offline(True)
    type_marks(tom, "gbw", row=24)
    expect(tom.page.locator("#state")).to_contain_text("No connection: 3 marks wait on this computer")
    expect(tom.page.locator("#state")).to_have_class("state wait")

    # The browser is closed while there is no network; nothing of the page is left but what it kept.
    tom.page.close()
    tom.open_a_page()
    with pytest.raises(Error, match="ERR_INTERNET_DISCONNECTED"):
        tom.page.goto(where)
    tom.context.set_offline(False)
    tom.page.goto("/")
    expect(tom.page.get_by_text("3 marks not saved yet.")).to_be_visible()
    tom.page.get_by_role("link", name="Open and save").click()

    is_saved(tom)
    assert kept(tom) == []
    forgive_the_network(tom)
    tom.page.reload()
    assert [cell(tom, row).input_value() for row in (24, 25, 26)] == ["G", "B", "W"]


def test_a_page_left_open_offline_sends_by_itself_when_the_network_is_back(arrive: Arrive) -> None:
    tom = arrive("tom")
    open_an_empty_point(tom, "Summer 1")
    tom.context.set_offline(True)
    type_marks(tom, "ge", row=27)
    expect(tom.page.locator("#state")).to_contain_text("No connection: 2 marks wait on this computer")

    tom.context.set_offline(False)

    is_saved(tom)
    assert kept(tom) == []
    forgive_the_network(tom)


def taken_elsewhere(arrive: Arrive, visitor: Visitor) -> None:
    """The session ends on the server, at another device that holds it; this browser has not heard of it."""
    elsewhere = arrive()
    elsewhere.context.add_cookies(visitor.context.cookies())
    elsewhere.page.goto("/")
    elsewhere.press("Sign out")
    expect(elsewhere.heading()).to_have_text("Sign in")


def test_a_session_taken_elsewhere_costs_no_mark(arrive: Arrive) -> None:
    tom = arrive("tom")
    tom.expecting(401)
    open_an_empty_point(tom, "Summer 1")
    taken_elsewhere(arrive, tom)
    new = "B" if cell(tom, 29).input_value() == "G" else "G"

    type_marks(tom, new, row=29)
    expect(tom.page.locator("#state")).to_contain_text("You are signed out. 1 mark waits on this computer.")
    tom.looks()
    # As a hand does it, and not in no time: leaving the cell for the link must not take the link away.
    tom.page.get_by_role("link", name="Sign in to save").click(delay=1500)
    tom.page.get_by_label("User name").fill("tom")
    tom.page.get_by_label("Password").fill(tom.product.logins["tom"].password)
    tom.page.get_by_role("button", name="Sign in", exact=True).click()

    expect(tom.heading()).to_contain_text("Summer 1")
    is_saved(tom)
    assert kept(tom) == []
    tom.page.reload()
    expect(cell(tom, 29)).to_have_value(new)


def test_an_idle_session_keeps_marks_for_their_own_person(arrive: Arrive, product: Product) -> None:
    tom = arrive("tom")
    tom.expecting(401)
    open_an_empty_point(tom, "Summer 1")
    new = "B" if cell(tom, 1).input_value() == "G" else "G"
    leaves_the_desk(product, "tom")
    type_marks(tom, new * 2)
    expect(tom.page.locator("#state")).to_contain_text("You are signed out. 2 marks wait on this computer.")
    where = tom.page.url

    tom.page.reload()
    expect(tom.heading()).to_have_text("Sign in")
    expect(tom.page.locator("#waiting")).to_contain_text("2 marks typed on this computer wait to be saved.")
    tom.looks()
    # Somebody else signs in at the same computer, opens the same class, and saves nothing of Tom's.
    tom.sign_in("hana")
    tom.page.goto(where)
    assert [cell(tom, row).input_value() for row in (1, 2)] != [new] * 2
    tom.press("Sign out")
    expect(tom.heading()).to_have_text("Sign in")
    assert len(kept(tom)) == 1

    tom.sign_in("tom")
    expect(tom.page.get_by_text("2 marks not saved yet.")).to_be_visible()
    tom.page.get_by_role("link", name="Open and save").click()
    is_saved(tom)
    assert [cell(tom, row).input_value() for row in (1, 2)] == [new] * 2


def test_signing_out_asks_before_it_erases_what_waits(arrive: Arrive) -> None:
    tom = arrive("tom")
    open_an_empty_point(tom, "Spring 1")
    lose_the_network(tom)
    type_marks(tom, "b")
    expect(tom.page.locator("#state")).to_contain_text("1 mark waits")

    tom.press("Sign out")
    tom.looks()
    tom.press("Stay signed in")
    expect(tom.page.get_by_role("dialog")).to_have_count(0)
    tom.press("Sign out")
    tom.press("Sign out and erase 1 mark")

    expect(tom.heading()).to_have_text("Sign in")
    assert kept(tom) == []
    forgive_the_network(tom)


def hears_nothing_yet(visitor: Visitor) -> None:
    """The page's look for what others do brings nothing: somebody was quicker than it."""
    nothing: dict[str, object] = {"columns": [], "rows": {}, "said": {}, "wanted": {}, "shown": {}}
    visitor.page.route("**/mark/standing*", lambda route: route.fulfill(json=nothing))


def test_two_people_in_one_cell_both_learn_of_it(arrive: Arrive) -> None:
    tom, hana = arrive("tom"), arrive("hana")
    open_an_empty_point(tom, "Summer 2")
    hears_nothing_yet(hana)
    hana.page.goto(tom.page.url)
    type_marks(tom, "e", row=10)
    is_saved(tom)

    type_marks(hana, "w", row=10)
    notes = "table.grid tbody tr:nth-child(10) td.why"
    expect(hana.page.locator(notes)).to_contain_text("Tom Teacher typed E at")
    expect(cell(hana, 10)).to_have_value("E")
    expect(tom.page.locator(notes)).to_contain_text("Hana Head wanted another mark here at")
    type_marks(hana, "w", row=10)
    is_saved(hana)

    expect(tom.page.locator(notes)).to_contain_text("Hana Head typed W at", timeout=30_000)
    expect(cell(tom, 10)).to_have_value("W")
    tom.looks()


def test_both_learn_when_two_type_in_one_cell_at_the_same_moment(arrive: Arrive) -> None:
    tom, hana = arrive("tom"), arrive("hana")
    open_an_empty_point(tom, "Summer 2")
    hana.page.goto(tom.page.url)
    both = {"Tom Teacher": (tom, "b"), "Hana Head": (hana, "g")}
    is_ready(hana)
    for visitor, _ in both.values():
        cell(visitor, 12).focus()
    for visitor, letter in both.values():
        visitor.page.keyboard.press(letter)

    notes = "table.grid tbody tr:nth-child(12) td.why"
    for visitor, _ in both.values():
        expect(visitor.page.locator(notes)).to_contain_text(re.compile("typed [BG] at|wanted another mark here at"))
    told = {name: visitor.page.locator(notes).inner_text() for name, (visitor, _) in both.items()}
    first = next(name for name, words in told.items() if "Yours stands." in words)
    (second,) = set(both) - {first}
    stands = both[first][1].upper()
    assert f"{second} wanted another mark here at" in told[first]
    assert f"{first} typed {stands} at" in told[second]
    assert [cell(visitor, 12).input_value() for visitor, _ in both.values()] == [stands] * 2
    expect(both[first][0].page.locator("#state")).to_contain_text("Two of you in one cell")
    tom.looks()


def test_the_form_saves_without_scripts(arrive: Arrive) -> None:
    tom = arrive("tom", scripts=False)
    open_an_empty_point(tom, "Summer 2", scripts=False)
    tom.expecting(422)
    cell(tom, 5).fill("g")
    cell(tom, 6).fill("x")

    cell(tom, 6).press("Enter")

    expect(tom.page.get_by_text("1 mark was not accepted.")).to_be_visible()
    expect(cell(tom, 5)).to_have_value("G")
    expect(cell(tom, 6)).to_have_value("x")
