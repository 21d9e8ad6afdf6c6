"""A class of two year groups: each pupil is judged by their own year, whichever class they sit in."""

import re

from playwright.sync_api import expect

from tests.journeys.conftest import Arrive
from tests.journeys.steps import cell_of, choose_marks, is_ready, is_saved, row_of, take_back
from tests.journeys.visitor import Visitor


def moves_the_first_of(hana: Visitor, group: str, to: str) -> str:
    """Moves the first pupil of one class into another, and says who it is."""
    hana.go("School", group)
    box = hana.page.locator("table.ticks input[type=checkbox]").first
    name = hana.page.locator(f"label[for={box.get_attribute('id')}]").inner_text()
    box.check()
    hana.page.get_by_label("To", exact=True).select_option(label=to)
    hana.press("Move the ticked pupils")
    expect(hana.page.locator(".toast")).to_contain_text("moved")
    return name


def test_each_pupil_of_a_mixed_class_is_judged_by_their_own_year(arrive: Arrive) -> None:
    hana, tom = arrive("hana"), arrive("tom")
    younger = moves_the_first_of(hana, "3E", "4B")

    choose_marks(tom, "4B", "Summer 2", "Writing")
    is_ready(tom)
    older = tom.page.locator("table.grid tbody th", has_text="Y4").locator("a").first.inner_text()
    expect(row_of(tom, younger).locator("th")).to_contain_text("Y3")
    tom.looks_everywhere("mixed_ages")
    for name in (younger, older):
        cell_of(tom, name).focus()
        for key in ("3", "e"):
            tom.page.keyboard.press(key)
    is_saved(tom)

    assert cell_of(tom, younger).input_value() == "E", "Year 3 is this pupil's own year"
    expect(cell_of(tom, younger).locator("..")).to_have_class(re.compile(r"\be\b"))
    assert cell_of(tom, older).input_value() == "3:E"
    expect(cell_of(tom, older).locator("..")).to_have_class(re.compile(r"\bb\b"))

    tom.page.get_by_label("Pupils", exact=True).select_option(label="Year 3")
    tom.page.locator("form.filters").get_by_role("button", name="Show").click()
    expect(tom.page.locator("table.grid tbody tr")).to_have_count(1)
    tom.page.get_by_label("Pupils", exact=True).select_option(index=0)
    tom.page.locator("form.filters").get_by_role("button", name="Show").click()
    is_ready(tom)
    tom.press("Undo last change")
    expect(tom.page.locator("main")).to_contain_text("Taken back.")
    take_back(hana)
