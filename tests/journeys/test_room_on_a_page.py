"""What stands where: the foot of a short page, buttons beside a long line, tables on a phone and in a narrow column."""

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import Arrive
from tests.journeys.visitor import PHONE, WIDE, Visitor

# By how much the page is longer than the window, and the foot ends before the window does.
ROOM = """() => [document.documentElement.scrollHeight - innerHeight,
  Math.round(innerHeight - document.querySelector('footer').getBoundingClientRect().bottom)]"""
SIDEWAYS = "table => table.parentElement.scrollWidth - table.parentElement.clientWidth"


@pytest.mark.parametrize("size", [WIDE, PHONE], ids=["wide", "phone"])
def test_a_short_page_ends_where_the_window_ends(size: dict[str, int], arrive: Arrive) -> None:
    somebody = arrive()
    somebody.page.set_viewport_size(size)

    for address in ("/sign-in", "/forgotten/asked"):
        somebody.page.goto(address)
        assert somebody.page.evaluate(ROOM) == [0, 0], address

    somebody.expecting(404)
    somebody.page.goto("/no-such-page")
    assert somebody.page.evaluate(ROOM) == [0, 0]


def test_the_buttons_of_a_page_stand_beside_a_long_line(arrive: Arrive) -> None:
    tom = arrive("tom")

    tom.go("Mark")

    line, button = tom.page.locator(".head p").bounding_box(), tom.page.locator(".head .button").first.bounding_box()
    assert line
    assert button
    assert button["y"] < line["y"] + line["height"]
    assert button["x"] >= line["x"] + line["width"]


def a_target(head: Visitor) -> None:
    """Of the first pupil of 6M in the first subject, unless there is one."""
    head.go("Targets")
    head.page.get_by_label("Pupils").select_option(label="6M")
    head.press("Show")
    if head.page.locator("table.targets tbody th a").count() == 0:
        head.page.get_by_role("link", name="Set targets", exact=True).click()
        head.page.locator("td.m input").first.fill("E")
        head.press("Save targets")
    head.page.locator("table.targets tbody th a").first.click()


@pytest.mark.parametrize("of", ["targets", "objectives"])
def test_a_table_of_one_pupil_is_read_on_a_phone_without_scrolling_sideways(of: str, arrive: Arrive) -> None:
    hana = arrive("hana")
    if of == "targets":
        a_target(hana)
    else:
        hana.go("Objectives", "So far, and next")
        hana.page.locator("table.stacks tbody th a").first.click()

    hana.page.set_viewport_size(PHONE)

    tables = hana.page.locator("table.stacks")
    assert tables.count()
    assert [tables.nth(n).evaluate(SIDEWAYS) for n in range(tables.count())] == [0] * tables.count()
    hana.looks()


def test_the_rules_of_targets_show_every_half_term(arrive: Arrive) -> None:
    hana = arrive("hana")

    hana.page.goto("/school/targets")

    expect(hana.page.get_by_role("columnheader", name="Summer 2")).to_be_in_viewport()
    assert hana.page.locator("main table").evaluate(SIDEWAYS) == 0


def test_the_year_one_looks_at_is_marked_among_the_years_of_statements(arrive: Arrive) -> None:
    hana = arrive("hana")
    hana.go("Objectives", "So far, and next")
    hana.page.locator("table.stacks tbody th a").first.click()

    years = hana.page.get_by_role("navigation", name="Years of the statements")
    years.get_by_role("link", name="Year 3", exact=True).click()

    expect(years.locator("[aria-current]")).to_have_text("Year 3")


def test_tab_goes_along_the_head_of_a_phone_as_it_is_seen(arrive: Arrive) -> None:
    hana = arrive("hana")
    hana.page.set_viewport_size(PHONE)
    hana.page.goto("/")
    placed = []

    for _ in range(5):
        hana.page.keyboard.press("Tab")
        placed.append(hana.page.evaluate("[document.activeElement.innerText, document.activeElement.offsetLeft]"))

    assert [words for words, _ in placed] == ["Skip to the page", "iTRACK", "My account", "Sign out", "Menu"]
    assert [left for _, left in placed[1:]] == sorted(left for _, left in placed[1:])


def test_the_schools_to_change_to_are_listed_below_the_button(arrive: Arrive) -> None:
    tara = arrive("tara")
    button = tara.page.get_by_role("button", name="Change school")

    button.click()

    pressed, listed = button.bounding_box(), tara.page.locator("#schools").bounding_box()
    assert pressed
    assert listed
    assert abs(listed["x"] - pressed["x"]) <= 1
    assert 0 <= listed["y"] - pressed["y"] - pressed["height"] < 12
