"""A scheme of codes of several letters, made by the head and typed by a teacher; and the steps of a ladder."""

import re

from playwright.sync_api import expect

from tests.journeys.conftest import Arrive
from tests.journeys.test_grid_keys import cell, is_ready, is_saved
from tests.journeys.visitor import Visitor

CODES = (("WTS", "Working towards"), ("EXS", "Expected"), ("GDS", "Greater depth"))


def adds_an_assessment(head: Visitor, name: str, kind: str) -> None:
    head.go("School", "Assessments")
    head.page.get_by_label("Name").fill(name)
    head.page.get_by_label("Marked by").select_option(label=kind)
    head.press("Add the assessment")
    row = head.page.locator("tbody tr", has=head.page.get_by_role("link", name=name, exact=True))
    row.locator("td a").first.click()
    expect(head.heading()).to_have_text(name)


def opens_the_grid(tom: Visitor, assessment: str) -> None:
    tom.go("Mark")
    tom.page.get_by_label("Assessment", exact=True).select_option(label=assessment)
    tom.page.get_by_label("Assessment point").select_option(label="Summer 2")
    tom.page.locator(".filters button").click()
    expect(tom.heading()).to_contain_text(assessment)
    is_ready(tom)


def types(tom: Visitor, row: int, keys: str) -> None:
    cell(tom, row).focus()
    for key in keys:
        tom.page.keyboard.press(key)


def bands(tom: Visitor, count: int) -> list[str]:
    """The class of the band of each cell of the first subject, as it is seen now."""
    found = [cell(tom, row).locator("..").get_attribute("class") or "" for row in range(1, count + 1)]
    return [next((name for name in classes.split() if name in "bweg"), "") for classes in found]


def test_codes_the_school_made_take_one_key_or_all_their_letters(arrive: Arrive) -> None:
    hana = arrive("hana")
    adds_an_assessment(hana, "Key stage codes", "Codes")
    for code, band in CODES:
        form = hana.page.locator("form", has=hana.page.get_by_role("button", name="Add the mark"))
        form.get_by_label("Code").fill(code)
        form.get_by_label("Name").fill(f"{band}, as tests have it")
        form.get_by_label("Band").select_option(label=band)
        hana.press("Add the mark")
    expect(hana.page.get_by_role("table", name="Marks in their order")).to_contain_text("GDS")
    tom = arrive("tom")
    opens_the_grid(tom, "Key stage codes")

    types(tom, 1, "exsgwtsgdsea")  # EXS, G alone, WTS, GDS, E alone, A

    written = ["EXS", "GDS", "WTS", "GDS", "EXS", "A"]
    assert [cell(tom, row).input_value() for row in range(1, 7)] == written
    is_saved(tom)
    assert bands(tom, 6) == ["e", "g", "w", "g", "e", ""]
    tom.looks_everywhere("grid_codes")
    types(tom, 7, "z")
    expect(tom.page.locator("tbody tr").nth(6).locator(".why")).to_contain_text("Z is not a mark here. Not saved.")
    tom.page.keyboard.press("Escape")
    tom.page.reload()
    assert [cell(tom, row).input_value() for row in range(1, 8)] == [*written, ""]
    assert bands(tom, 6) == ["e", "g", "w", "g", "e", ""]


def test_a_step_of_a_ladder_never_shows_another_band_than_the_record_has(arrive: Arrive) -> None:
    adds_an_assessment(arrive("hana"), "Ladder of steps", "Steps of a ladder that goes on from year to year")
    tom = arrive("tom")
    opens_the_grid(tom, "Ladder of steps")

    types(tom, 1, "3s4b4d4s5b")

    assert [cell(tom, row).input_value() for row in range(1, 6)] == ["3S", "4B", "4D", "4S", "5B"]
    is_saved(tom)
    seen = bands(tom, 5)
    assert seen == ["b", "w", "w", "e", "g"], "of pupils in Year 4"
    expect(tom.page.locator(".filters .key")).to_have_text(
        re.compile("Below.*Working towards.*Expected.*Greater", re.DOTALL)
    )
    tom.page.reload()
    assert bands(tom, 5) == seen
    tom.looks()
