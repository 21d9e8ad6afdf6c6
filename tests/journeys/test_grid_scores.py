"""Test scores typed on the figures of a keyboard and tapped on a tablet, and marks against another year."""

import re

from playwright.sync_api import expect

from tests.journeys.conftest import Arrive
from tests.journeys.test_grid_keys import cell, is_ready, is_saved
from tests.journeys.visitor import Visitor


def with_the_usual_assessments(head: Visitor) -> None:
    """One press for the whole school; whoever comes second finds it done."""
    head.go("School", "Assessments")
    button = head.page.get_by_role("button", name="Add the usual ones")
    if button.count():
        button.click()
        expect(head.page.locator("main")).to_contain_text("Standardised test")


def open_the_test(visitor: Visitor, point: str) -> None:
    visitor.go("Mark")
    for label, choice in (("Assessment", "Standardised test"), ("Assessment point", point), ("Subjects", "Reading")):
        visitor.page.get_by_label(label, exact=True).select_option(label=choice)
    visitor.page.locator(".filters button").click()
    expect(visitor.heading()).to_contain_text(f"{point}, Standardised test")
    is_ready(visitor)


def on_the_number_pad(visitor: Visitor, figures: str) -> None:
    """As the keys right of the keyboard send them with Num Lock on, which the driver's own names do not say."""
    browser = visitor.context.new_cdp_session(visitor.page)
    for figure in figures:
        key = {"key": figure, "code": f"Numpad{figure}", "windowsVirtualKeyCode": 96 + int(figure), "isKeypad": True}
        browser.send("Input.dispatchKeyEvent", {"type": "keyDown", "text": figure, **key})
        browser.send("Input.dispatchKeyEvent", {"type": "keyUp", **key})


def test_a_class_of_scores_needs_the_figures_and_hardly_ever_enter(arrive: Arrive) -> None:
    with_the_usual_assessments(arrive("hana"))
    tom = arrive("tom")
    open_the_test(tom, "Spring 2")
    rows = tom.page.locator("table.grid tbody tr").count()
    scores = [("104", "112", "98", "87", "70", "130", "79")[number % 7] for number in range(rows)]
    tom.page.get_by_label("Day of the test").fill("2026-11-20")

    cell(tom, 1).focus()
    on_the_number_pad(tom, "".join(scores))
    is_saved(tom)

    assert [cell(tom, row + 1).input_value() for row in range(rows)] == scores, "no other key was needed"
    expect(cell(tom, 1).locator("..")).to_have_class(re.compile(r"\be\b"))
    expect(cell(tom, 1).locator("..")).to_have_attribute("data-p", "61%")
    tom.looks_everywhere("grid_scores")

    cell(tom, 2).focus()
    on_the_number_pad(tom, "14")
    expect(tom.page.locator("tbody tr").nth(1).locator(".why")).to_contain_text("14 is out of range. Not saved.")
    tom.page.keyboard.press("ArrowUp")
    on_the_number_pad(tom, "88")
    is_saved(tom)
    tom.page.reload()
    assert [cell(tom, row).input_value() for row in (1, 2, 3)] == ["104", "88", "98"]
    expect(cell(tom, 1).locator("..")).to_have_attribute("data-p", "61%")

    tom.page.get_by_label("Order by").select_option(label="Reading")
    tom.page.locator(".filters button").click()
    is_ready(tom)
    assert cell(tom, 1).input_value() == "70"


def test_scores_are_tapped_on_a_tablet(arrive: Arrive) -> None:
    with_the_usual_assessments(arrive("hana"))
    hana = arrive("hana", touch=True)
    hana.page.get_by_role("button", name="Menu").tap()
    open_the_test(hana, "Summer 1")
    pad = hana.page.get_by_role("group", name="Marks to tap")

    cell(hana, 1).tap()
    for figure in "119":
        pad.get_by_role("button", name=figure, exact=True).tap()
    for figure in "84":
        pad.get_by_role("button", name=figure, exact=True).tap()

    is_saved(hana)
    assert [cell(hana, row).input_value() for row in (1, 2, 3)] == ["119", "84", ""]
    hana.looks()


def test_a_pupil_is_judged_against_another_year_with_one_key_more(arrive: Arrive) -> None:
    tom = arrive("tom")
    tom.go("Mark")
    tom.page.get_by_label("Assessment point").select_option(label="Summer 1")
    tom.page.locator(".filters button").click()
    is_ready(tom)
    cell(tom, 1).focus()

    for key in ("2", "e", "w"):
        tom.page.keyboard.press(key)

    is_saved(tom)
    assert [cell(tom, row).input_value() for row in (1, 2)] == ["2:E", "W"]
    expect(cell(tom, 1).locator("..")).to_have_class(re.compile(r"\bb\b"))
    tom.page.reload()
    expect(cell(tom, 1)).to_have_value("2:E")
    expect(cell(tom, 1).locator("..")).to_have_class(re.compile(r"\bb\b"))
