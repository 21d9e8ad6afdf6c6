"""One subject over the points of the year, by keyboard and without scripts; a past point is for leaders."""

from playwright.sync_api import expect

from tests.journeys.conftest import Arrive
from tests.journeys.test_grid_blocks import paste
from tests.journeys.test_grid_keys import Keys, cell, is_ready, is_saved

CLOSED = "is closed 23 Oct, read only"
COPIED = """() => {
  const event = new ClipboardEvent("copy", { clipboardData: new DataTransfer(), bubbles: true, cancelable: true });
  document.activeElement.dispatchEvent(event);
  return event.clipboardData.getData("text/plain");
}"""


def test_a_teacher_marks_a_subject_over_time_by_keyboard(arrive: Arrive) -> None:
    tom = arrive("tom")
    keys, left = Keys(tom.page), tom.page.locator("#refusals")
    tom.go("Mark")
    is_ready(tom)
    tom.page.locator(".skip").focus()

    keys.tab_to("One subject over time")
    keys.press("Enter")
    expect(tom.heading()).to_have_text("Mark 4B, Reading over 2026/27")
    expect(tom.page.locator("thead th span")).to_have_text(["Autumn 1", "Autumn 2"])
    is_ready(tom)
    past, now = cell(tom, 1, 1).input_value(), cell(tom, 1, 2).input_value()
    new = "B" if now == "G" else "G"
    cell(tom, 1, 2).focus()
    for key in (new.lower(), new.lower(), "ArrowUp", "ArrowUp", "ArrowLeft", new.lower()):
        keys.press(key)

    expect(left).to_have_text(f"1 mark left alone: Autumn 1 {CLOSED}")
    expect(cell(tom, 1, 1)).to_have_value(past)
    expect(cell(tom, 1, 1)).to_have_attribute("readonly", "")
    expect(tom.page.locator("#about-subject")).to_have_text("Reading: earlier marks")
    keys.press("Shift+ArrowDown")
    keys.press("Shift+ArrowRight")
    assert tom.page.evaluate(COPIED).split("\r\n")[0] == f"{past}\t{new}"
    cell(tom, 1, 1).focus()
    paste(tom, "Q\tW\r\nQ\tW")
    expect(left).to_have_text(f"2 marks left alone: Autumn 1 {CLOSED}")
    assert [cell(tom, row, 2).input_value() for row in (1, 2)] == ["W", "W"]
    cell(tom, 1, 2).focus()
    keys.press("Control+z")
    assert [cell(tom, row, 2).input_value() for row in (1, 2)] == [new, new]
    is_saved(tom)
    tom.looks_everywhere("over_time")
    tom.page.reload()
    assert [cell(tom, 1, column).input_value() for column in (1, 2)] == [past, new]


def test_a_head_mends_a_past_point_without_scripts(arrive: Arrive) -> None:
    hana = arrive("hana", scripts=False)
    hana.go("Mark")
    hana.page.get_by_label("Class").select_option(label="4B")
    hana.page.locator(".filters button").click()
    hana.go("One subject over time")
    hana.page.get_by_label("Subject").select_option(label="Writing")
    hana.page.locator(".filters button").click()
    expect(hana.heading()).to_have_text("Mark 4B, Writing over 2026/27")
    new = "W" if cell(hana, 2, 1).input_value() == "E" else "E"

    cell(hana, 2, 1).fill(new)
    hana.page.get_by_role("button", name="Save marks").last.click()

    expect(hana.page.get_by_text("Every mark on this page is kept.")).to_be_visible()
    expect(hana.heading()).to_have_text("Mark 4B, Writing over 2026/27")
    expect(cell(hana, 2, 1)).to_have_value(new)
    hana.press("Undo last change")
    expect(cell(hana, 2, 1)).not_to_have_value(new)
