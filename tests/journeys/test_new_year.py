"""A new year is prepared, set up and taken back; once a mark is in it, it stays."""

import re

from playwright.sync_api import expect

from tests.journeys.conftest import Arrive
from tests.journeys.steps import is_ready, is_saved, take_back
from tests.journeys.visitor import Visitor

STEPS = ("Dates", "Classes", "Moving up")


def test_somebody_leaves_and_does_not_after_all(arrive: Arrive) -> None:
    olu = arrive("olu")
    olu.go("Pupils", "Leavers", "3E")
    olu.sees("Leavers")
    olu.page.locator("table.ticks input[type=checkbox]").first.check()
    olu.press("Mark the ticked pupils as leaving")
    expect(olu.page.locator(".toast")).to_contain_text("1 pupil marked as leaving.")
    olu.looks_everywhere("leavers")

    olu.page.locator("main table").first.get_by_role("link").first.click()
    expect(olu.page.locator("main")).to_contain_text("Put the last day right")
    olu.looks()
    olu.go("Leavers")
    olu.page.get_by_role("button", name=re.compile("^Undo")).first.click()

    expect(olu.page.locator("main")).to_contain_text("The roll is as it was before.")


def test_a_new_year_is_set_up_and_taken_back_until_its_first_mark(arrive: Arrive) -> None:
    hana = arrive("hana")
    hana.expecting(409)
    hana.go("School", "New year")
    hana.sees("New year 2027/28")
    goes_through_the_first_steps(hana)
    keeps_one_child_back(hana)
    hana.page.get_by_role("link", name="Go on to the leavers").click()
    hana.sees("Leavers")
    hana.press("Save and go on")
    hana.sees("Staff")
    hana.press("Save and go on")

    hana.sees("Check and apply")
    hana.looks_everywhere("new-year-check")
    expect(hana.page.locator("main")).to_contain_text("Kept back, deferred or moved on")
    sets_it_up(hana)
    hana.looks()
    take_back(hana)

    expect(hana.page.locator("main")).to_contain_text("Everything is as it was before; your choices are still here.")

    hana.page.get_by_role("link", name="Check what would happen").click()
    sets_it_up(hana)
    goes_to_the_first_point_of_the_new_year(hana)
    marks_somebody(hana)
    hana.page.goto("/school/new-year")
    hana.page.get_by_role("button", name=re.compile("Undo the new year")).first.click()

    expect(hana.page.locator("main")).to_contain_text("has begun 2027/28: marks are entered.")
    puts_everything_back(hana)


def goes_through_the_first_steps(hana: Visitor) -> None:
    hana.page.get_by_role("link", name="Begin with the dates").click()
    for step in STEPS:
        hana.sees(step)
        hana.press("Save and go on")


def keeps_one_child_back(hana: Visitor) -> None:
    hana.sees("Single pupils")
    hana.page.get_by_label(re.compile("^Year group of")).first.select_option(label="Reception")
    hana.press("Save these pupils")


def sets_it_up(hana: Visitor) -> None:
    hana.page.get_by_role("button", name=re.compile("^Set up ")).click()
    expect(hana.page.locator(".toast")).to_contain_text("pupils placed")


def goes_to_the_first_point_of_the_new_year(hana: Visitor) -> None:
    hana.go("Mark")
    points = hana.page.get_by_label("Assessment point")
    first = points.locator("optgroup[label='2027/28'] option").first.get_attribute("value")
    points.select_option(value=first)
    hana.page.locator("form.filters").get_by_role("button", name="Show").click()
    expect(hana.heading()).to_have_text(re.compile("Autumn 1"))
    is_ready(hana)


def marks_somebody(hana: Visitor) -> None:
    cell = hana.page.locator("table.grid tbody td.m input").first
    cell.focus()
    cell.press("e")
    is_saved(hana)


def puts_everything_back(hana: Visitor) -> None:
    goes_to_the_first_point_of_the_new_year(hana)
    hana.press("Undo last change")
    expect(hana.page.locator("main")).to_contain_text("Taken back.")
    hana.page.goto("/school/new-year")
    hana.page.get_by_role("button", name=re.compile("Undo the new year")).click()
    expect(hana.page.locator("main")).to_contain_text("your choices are still here.")
    hana.press("Throw the choices away")
    expect(hana.page.get_by_role("link", name="Begin with the dates")).to_be_visible()
