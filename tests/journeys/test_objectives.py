"""Objectives by block with the keyboard, the same without scripts, and what a class can do afterwards."""

import re

from playwright.sync_api import expect

from tests.journeys.conftest import Arrive
from tests.journeys.steps import is_ready, is_saved
from tests.journeys.visitor import Visitor

LAST_OF_MATHS = "Statistics"


def open_strand(visitor: Visitor, subject: str, strand: str) -> None:
    visitor.go("Objectives", subject)
    choice = visitor.page.get_by_label("Strand", exact=True)
    option = choice.locator("optgroup[label='Year 4'] option", has_text=strand).first
    choice.select_option(value=option.get_attribute("value"))
    visitor.page.get_by_role("button", name="Show", exact=True).click()
    expect(visitor.heading()).to_have_text(re.compile(f"^4B, {subject}: {strand}"))


def column(visitor: Visitor, number: int) -> list[str]:
    rows = visitor.page.locator("table.grid tbody tr")
    cells = rows.locator(f"td.m:nth-of-type({number}) input")
    return [cell.input_value() for cell in cells.all()]


def test_a_class_is_judged_by_block_with_the_keyboard(arrive: Arrive) -> None:
    tom = arrive("tom")
    open_strand(tom, "Maths", LAST_OF_MATHS)
    is_ready(tom)
    keyboard, first = tom.page.keyboard, tom.page.locator("td.m input").first
    pupils = len(column(tom, 1))
    assert pupils > 20
    tom.looks_everywhere("objectives")

    first.focus()
    keyboard.press("Control+Space")
    keyboard.press("s")
    is_saved(tom)
    assert column(tom, 1) == ["S"] * pupils

    # The same as the class except two: the next cells are theirs alone.
    first.focus()
    keyboard.press("n")
    keyboard.press("/")
    keyboard.press("Control+Home")
    keyboard.press("ArrowRight")
    keyboard.press("Shift+ArrowDown")
    keyboard.press("Shift+ArrowDown")
    keyboard.press("d")
    is_saved(tom)
    tom.page.reload()
    assert column(tom, 1) == ["N", "/", *["S"] * (pupils - 2)]
    assert column(tom, 2)[:4] == ["D", "D", "D", ""]

    tom.press("Undo last change")
    expect(tom.page.get_by_text("Taken back.")).to_be_visible()
    assert column(tom, 2)[:3] == ["", "", ""]

    tom.go("So far, and next")
    expect(tom.heading()).to_have_text("4B, Maths, Year 4: so far, and next")
    tom.looks_everywhere("objectives_so_far")
    tom.page.get_by_role("table", name=re.compile("^Figures")).get_by_role("link").first.click()
    expect(tom.page.get_by_role("heading", name="Next steps")).to_be_visible()
    tom.looks_everywhere("objectives_pupil")


def test_the_class_except_one_is_set_without_scripts(arrive: Arrive) -> None:
    tom = arrive("tom", scripts=False)
    open_strand(tom, "Reading", "Comprehension")
    pupils = len(column(tom, 1))

    tom.page.locator("td.m input").first.fill("e")
    tom.page.get_by_role("button", name="Save judgements").last.click()
    expect(tom.page.locator("#entered")).to_have_text("1")

    tom.go("Set several")
    tom.page.locator("input[name=statement]").nth(1).check()
    tom.page.locator("input[name=depth][value=S]").check()
    tom.page.locator("input[name=but]").nth(0).check()
    tom.press("Show what changes")
    expect(tom.page.get_by_text(f"{pupils - 1} cells would say S")).to_be_visible()
    tom.press(f"Set {pupils - 1} cells")
    assert column(tom, 2) == ["", *["S"] * (pupils - 1)]

    tom.press("Undo last change")
    assert column(tom, 2) == [""] * pupils
    assert column(tom, 1)[0] == "E"


def test_the_head_sees_what_objectives_ask(arrive: Arrive) -> None:
    hana = arrive("hana")
    hana.page.goto("/school/objectives")
    hana.page.get_by_role("row", name=re.compile("^Maths")).get_by_role("combobox").select_option("3")
    hana.press("Show what this asks")

    expect(hana.page.get_by_text("This is a great deal.")).to_be_visible()
    expect(hana.page.get_by_text("Not kept yet.")).to_be_visible()
    hana.looks_everywhere("objectives_use")
    hana.page.get_by_role("link", name="Leave it as it was").click()
    expect(hana.page.get_by_text("Not kept yet.")).to_have_count(0)
