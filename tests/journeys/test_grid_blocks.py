"""Blocks in the marks grid: pasted from a spreadsheet, and copied from the last point."""

import re

from playwright.sync_api import expect

from tests.journeys.conftest import Arrive
from tests.journeys.test_grid_keys import cell, grid, is_ready, is_saved, open_an_empty_point
from tests.journeys.visitor import Visitor

PASTE = """text => {
  const carried = new DataTransfer();
  carried.setData("text/plain", text);
  document.activeElement.dispatchEvent(
    new ClipboardEvent("paste", { clipboardData: carried, bubbles: true, cancelable: true }));
}"""
BAD = {2: "Q", 40: "EE", 77: "5"}


def paste(visitor: Visitor, text: str) -> None:
    visitor.page.evaluate(PASTE, text)


def test_a_class_is_pasted_with_three_bad_cells(arrive: Arrive) -> None:
    hana = arrive("hana")
    hana.go("Mark")
    hana.page.get_by_label("Class").select_option(label="5C")
    hana.page.get_by_label("Assessment point").select_option(label="Summer 2")
    hana.page.locator(".filters button").click()
    expect(hana.heading()).to_have_text("Mark 5C, Summer 2")
    rows = hana.page.locator("table.grid tbody tr").count()
    codes = [BAD.get(number, "BWEGA"[number % 5]) for number in range(rows * 4)]
    is_ready(hana)
    sent: list[str] = []
    hana.page.on("request", lambda request: sent.append(request.url) if "/mark/cells" in request.url else None)

    cell(hana, 1).focus()
    lines = [f'"Name {row + 1}, of a pupil"\t' + "\t".join(codes[row * 4 : row * 4 + 4]) for row in range(rows)]
    paste(hana, "\r\n".join(lines) + "\r\n")

    expect(hana.page.locator("#refusals")).to_contain_text("3 not accepted")
    expect(hana.page.locator("td.m.refused")).to_have_count(3)
    notes = hana.page.locator("td.why.bad").all_inner_texts()
    assert [re.findall(r"\w+: (\S+) is not a mark here. Not saved.", note) for note in notes] == [["Q"], ["EE"], ["5"]]
    is_saved(hana)
    assert len(sent) == 1
    hana.looks()
    hana.page.reload()
    assert grid(hana) == ["" if number in BAD else code for number, code in enumerate(codes)]


def test_last_marks_are_copied_then_confirmed_or_mended(arrive: Arrive) -> None:
    tom = arrive("tom")
    open_an_empty_point(tom, "Spring 2")
    entered = tom.page.locator("#entered")
    already = int(entered.inner_text())
    copy = tom.page.get_by_role("button", name="Copy last marks into Maths")

    copy.click()

    expect(tom.page.get_by_text("Copied, not confirmed.", exact=True)).to_be_visible()
    copied = tom.page.locator("td.m.copied")
    before = copied.count()
    assert before > 20
    expect(entered).to_have_text(str(already))
    tom.looks_everywhere("grid_copied")

    copied.first.locator("input").focus()
    tom.page.keyboard.press("Space")
    expect(copied).to_have_count(before - 1)
    copied.first.locator("input").focus()
    tom.page.keyboard.press("g")
    expect(copied).to_have_count(before - 2)
    is_saved(tom)
    expect(entered).to_have_text(str(already + 2))
    tom.press(re.compile(f"Confirm {before - 2}"))
    expect(copied).to_have_count(0)
    is_saved(tom)
    tom.page.reload()
    expect(copied).to_have_count(0)
    expect(entered).to_have_text(str(already + before))


def test_a_copy_is_made_and_confirmed_without_scripts(arrive: Arrive) -> None:
    tom = arrive("tom", scripts=False)
    open_an_empty_point(tom, "Spring 1", scripts=False)

    tom.page.get_by_role("button", name="Copy last marks into Science").click()
    expect(tom.page.get_by_text("Copied, not confirmed.", exact=True)).to_be_visible()
    cell(tom, 1, 1).fill("e")
    tom.page.get_by_role("button", name="Save marks").last.click()
    expect(tom.page.locator("#entered")).to_have_text("1")
    copied = tom.page.locator("td.m.copied").count()
    assert copied > 20

    tom.page.get_by_role("button", name=re.compile("Confirm")).click()

    expect(tom.page.locator("td.m.copied")).to_have_count(0)
    expect(tom.page.locator("#entered")).to_have_text(str(copied + 1))
    tom.press("Undo last change")
    expect(tom.page.locator("td.m.copied")).to_have_count(copied)
