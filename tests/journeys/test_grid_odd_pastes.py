"""What else a clipboard can hold: signs nobody sees, a picture, a book."""

from playwright.sync_api import expect

from tests.journeys.conftest import Arrive
from tests.journeys.test_grid_blocks import paste
from tests.journeys.test_grid_keys import cell, grid, is_saved, open_an_empty_point


def test_marks_from_a_page_in_another_script_are_marks(arrive: Arrive) -> None:
    tom = arrive("tom")
    open_an_empty_point(tom)

    cell(tom, 1).focus()
    paste(tom, "\u200fE\tW\u200e\r\n\u202eB\u202c\t\ufeffG\u00a0\r\n")

    is_saved(tom)
    expect(tom.page.locator("td.m.refused")).to_have_count(0)
    tom.page.reload()
    width = tom.page.locator("table.grid tbody tr").first.locator("td.m").count()
    assert (grid(tom)[:2], grid(tom)[width : width + 2]) == (["E", "W"], ["B", "G"])


def test_a_picture_on_the_clipboard_clears_no_mark(arrive: Arrive) -> None:
    tom = arrive("tom")
    open_an_empty_point(tom)
    cell(tom, 3).focus()
    paste(tom, "G")
    is_saved(tom)
    paste(tom, "G")
    expect(tom.page.locator("#state")).to_have_text("1 mark pasted.")

    cell(tom, 3).focus()
    paste(tom, "")

    assert cell(tom, 3).input_value() == "G"
    tom.page.reload()
    assert cell(tom, 3).input_value() == "G"


def test_a_megabyte_in_one_cell_is_refused_in_a_few_words_and_holds_up_nothing(arrive: Arrive) -> None:
    tom = arrive("tom")
    open_an_empty_point(tom)

    cell(tom, 4).focus()
    paste(tom, "E\t" + "x" * 1_000_000 + "\r\n")

    expect(tom.page.locator("td.m.refused")).to_have_count(1)
    assert len(cell(tom, 4, 2).input_value()) <= 40
    is_saved(tom)
    assert cell(tom, 4).input_value() == "E"
