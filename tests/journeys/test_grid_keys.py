"""A class marked from the keyboard alone, with every key counted."""

import re

from playwright.sync_api import Page, expect

from tests.journeys.conftest import Arrive
from tests.journeys.visitor import Visitor

# Letters that differ down a column, so that one key too many or too few shows.
PATTERN = "EWGBEEWA"
MOST_TO_REACH, MOST_TO_MARK = 15, 120
FOCUSED = "document.activeElement.matches('a, button') ? document.activeElement.textContent.trim() : ''"


class Keys:
    """A keyboard that counts."""

    def __init__(self, page: Page) -> None:
        self.page, self.pressed = page, 0

    def press(self, key: str) -> None:
        self.page.keyboard.press(key)
        self.pressed += 1

    def tab_to(self, words: str) -> None:
        for _ in range(40):
            if words in self.page.evaluate(FOCUSED):
                return
            self.press("Tab")
        raise AssertionError(f"no {words} within forty tabs")


def grid(visitor: Visitor) -> list[str]:
    return visitor.page.eval_on_selector_all("td.m input", "cells => cells.map(cell => cell.value)")


def cell(visitor: Visitor, row: int, column: int = 1):
    return visitor.page.locator(f"table.grid tbody tr:nth-child({row}) td.m input").nth(column - 1)


def is_saved(visitor: Visitor) -> None:
    """Nothing waits on this computer any more, and the page says when it was saved."""
    expect(visitor.page.locator("#state")).to_contain_text("Saved at")
    expect(visitor.page.locator("#marks")).to_have_attribute("data-waiting", "0")


def is_ready(visitor: Visitor) -> None:
    """The page's script has taken the grid over; the keys of a browser without it do other things."""
    expect(visitor.page.locator("#marks[data-waiting]")).to_have_count(1)


def open_an_empty_point(visitor: Visitor, name: str = "Summer 2", *, scripts: bool = True) -> None:
    visitor.go("Mark")
    visitor.page.get_by_label("Assessment point").select_option(label=name)
    visitor.page.locator(".filters button").click()
    expect(visitor.heading()).to_contain_text(name)
    if scripts:
        is_ready(visitor)


def test_a_whole_class_takes_one_key_a_mark(arrive: Arrive) -> None:
    tom = arrive("tom")
    keys = Keys(tom.page)

    keys.press("Tab")
    assert tom.page.evaluate(FOCUSED) == "Skip to the page"
    keys.press("Enter")
    keys.tab_to("Carry on marking")
    keys.press("Enter")
    expect(tom.heading()).to_contain_text("Mark 4B")
    expect(tom.page.locator("td.m input:focus")).to_have_count(1)
    keys.press("Control+Home")
    reached, rows = keys.pressed, tom.page.locator("table.grid tbody tr").count()
    typed = [PATTERN[number % len(PATTERN)] for number in range(rows * 4)]
    for letter in typed:
        keys.press(letter.lower())

    assert reached <= MOST_TO_REACH, reached
    assert (keys.pressed - reached) * 30 <= MOST_TO_MARK * rows, keys.pressed
    is_saved(tom)
    tom.page.reload()
    assert grid(tom) == [typed[column * rows + row] for row in range(rows) for column in range(4)]
    tom.looks_everywhere("grid_full")


def test_moving_filling_and_undoing_as_in_a_spreadsheet(arrive: Arrive) -> None:
    tom = arrive("tom")
    open_an_empty_point(tom)
    press = tom.page.keyboard.press

    cell(tom, 1).focus()
    for key in ("Shift+ArrowDown", "Shift+ArrowDown", "Shift+ArrowRight", "g"):
        press(key)
    assert [cell(tom, row, column).input_value() for row in (1, 2, 3, 4) for column in (1, 2)] == [*"GGGGGG", "", ""]
    cell(tom, 1).focus()
    for key in ("w", "ArrowUp", "Shift+ArrowDown", "Shift+ArrowDown", "Control+d"):
        press(key)
    assert [cell(tom, row).input_value() for row in (1, 2, 3)] == ["W", "W", "W"]
    press("Control+z")
    assert [cell(tom, row).input_value() for row in (1, 2, 3)] == ["W", "G", "G"]
    press("Control+y")
    press("Control+Home")
    press("Delete")
    assert [cell(tom, row).input_value() for row in (1, 2, 3)] == ["", "W", "W"]
    press("e")
    press("ArrowUp")
    press("x")
    expect(cell(tom, 1)).to_have_attribute("aria-invalid", "true")
    press("Escape")
    expect(cell(tom, 1)).to_have_value("E")

    is_saved(tom)
    press("F6")
    assert tom.page.evaluate("document.activeElement.id") == "beside"
    press("F6")
    press("Control+End")
    press("Tab")
    assert not tom.page.evaluate("document.activeElement.closest('table')")
    press("Shift+Tab")
    press("Home")
    press("Shift+Tab")
    assert tom.page.evaluate("document.activeElement.closest('tr').sectionRowIndex") == (
        tom.page.locator("table.grid tbody tr").count() - 2
    )
    tom.page.reload()
    assert [cell(tom, row).input_value() for row in (1, 2, 3)] == ["E", "W", "W"]


def test_the_last_change_is_taken_back_by_its_button(arrive: Arrive) -> None:
    tom = arrive("tom")
    open_an_empty_point(tom, "Summer 1")
    cell(tom, 1).focus()
    tom.page.keyboard.press("e")
    is_saved(tom)

    tom.press("Undo last change")

    expect(tom.page.get_by_text("Taken back.")).to_be_visible()
    expect(cell(tom, 1)).to_have_value("")


def test_only_the_current_cell_is_a_stop_for_tab(arrive: Arrive) -> None:
    tom = arrive("tom")
    open_an_empty_point(tom)

    stops = tom.page.locator("table.grid tbody :is(a, input:not([type=hidden])):not([tabindex='-1'])")
    expect(stops).to_have_count(1)
    expect(cell(tom, 1)).to_have_accessible_name(re.compile("Reading$"))


def test_codes_of_several_letters_are_complete_as_soon_as_they_are_plain(arrive: Arrive) -> None:
    tom = arrive("tom")
    # The page as a school sees it whose scheme has these codes; nothing of it is saved.
    tom.page.route(
        "**/mark/?*", lambda route: route.fulfill(body=with_codes(route.fetch().text()), content_type="text/html")
    )
    tom.page.route("**/mark/cells", lambda route: route.abort())
    open_an_empty_point(tom, "Summer 1")
    cell(tom, 4).focus()

    for key in ("e", "g", "d", "s", "w", "t", "p", "1", "p", "Enter", "p", "2", "p", "ArrowDown"):
        tom.page.keyboard.press(key)

    assert [cell(tom, row).input_value() for row in range(4, 11)] == ["EXS", "GDS", "WTS", "P1", "P", "P2", "P"]
    tom.faults = [fault for fault in tom.faults if "net::ERR" not in fault]


def with_codes(page: str) -> str:
    return re.sub(r'data-codes="[^"]*"', 'data-codes="P: P1: P2: WTS:w EXS:e GDS:g "', page)


def test_marks_that_no_figure_counts_are_said_once_for_all_their_subjects(arrive: Arrive) -> None:
    tom = arrive("tom")
    open_an_empty_point(tom)
    said = tom.page.locator("table.grid tbody tr:nth-child(1) .why")

    cell(tom, 1).focus()
    for key in ("Shift+ArrowRight", "a"):
        tom.page.keyboard.press(key)

    expect(said).to_have_text("Reading, Writing: A, absent for the assessment. Not counted.")
    is_saved(tom)
    tom.page.reload()
    expect(said).to_have_text("Reading, Writing: A, absent for the assessment. Not counted.")
