"""Blocks in the marks grid: pasted from a spreadsheet, and copied from the last point."""

import re
from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Response, expect

from tests.journeys.conftest import Arrive
from tests.journeys.test_grid_keys import cell, grid, is_ready, is_saved, open_an_empty_point
from tests.journeys.visitor import Visitor

PASTE = """text => {
  const carried = new DataTransfer();
  carried.setData("text/plain", text);
  document.activeElement.dispatchEvent(
    new ClipboardEvent("paste", { clipboardData: carried, bubbles: true, cancelable: true }));
}"""
SUBJECTS = 10
BAD = {2: "Q", 140: "EE", 277: "5"}
MORE = ("Art", "Computing", "Geography", "History", "Music", "Physical education")


def paste(visitor: Visitor, text: str) -> None:
    visitor.page.evaluate(PASTE, text)


@contextmanager
def ten_subjects(hana: Visitor) -> Iterator[None]:
    """Six more than the school has, removed again when nobody has a mark in them any more."""
    hana.page.goto("/school/subjects")
    token = hana.page.locator("[name=csrfmiddlewaretoken]").first.input_value()
    post = hana.context.request.post
    for name in MORE:
        assert post("/school/subjects/add", form={"csrfmiddlewaretoken": token, "name": name}).ok
    hana.page.reload()
    links = [hana.page.get_by_role("link", name=name, exact=True).get_attribute("href") for name in MORE]
    yield
    for link in links:
        assert post(f"{link}/remove", form={"csrfmiddlewaretoken": token}).ok


def open_an_unused_point(hana: Visitor) -> None:
    hana.go("Mark")
    hana.page.get_by_label("Class").select_option(label="4B")
    points = hana.page.get_by_label("Assessment point")
    unused = points.locator("optgroup[label='2025/26'] option", has_text="Spring 1")
    points.select_option(value=unused.get_attribute("value"))
    hana.page.locator(".filters button").click()
    expect(hana.heading()).to_have_text("Mark 4B, Spring 1, 2025/26")
    is_ready(hana)


def test_thirty_pupils_by_ten_subjects_are_pasted_with_three_bad_cells(arrive: Arrive) -> None:
    hana = arrive("hana")
    with ten_subjects(hana):
        open_an_unused_point(hana)
        rows = hana.page.locator("table.grid tbody tr").count()
        assert rows == 30
        codes = [BAD.get(number, "BWEGA"[number % 5]) for number in range(rows * SUBJECTS)]
        answers: list[Response] = []
        hana.page.on("response", lambda one: answers.append(one) if "/mark/cells" in one.url else None)

        cell(hana, 1).focus()
        tables = [codes[row * SUBJECTS : (row + 1) * SUBJECTS] for row in range(rows)]
        lines = [f'"Name {row + 1}, of a pupil"\t' + "\t".join(line) for row, line in enumerate(tables)]
        paste(hana, "\r\n".join(lines) + "\r\n")

        expect(hana.page.locator("#refusals")).to_contain_text("3 not accepted")
        expect(hana.page.locator("td.m.refused")).to_have_count(3)
        notes = hana.page.locator("td.why.bad").all_inner_texts()
        assert [re.findall(r"\w+: (\S+) is not a mark here. Not saved.", note) for note in notes] == [
            ["Q"],
            ["EE"],
            ["5"],
        ]
        is_saved(hana)
        (answer,) = answers
        assert (answer.json()["saved"], len(answer.json()["refused"])) == (300 - len(BAD), len(BAD))
        hana.looks()
        hana.page.reload()
        assert grid(hana) == ["" if number in BAD else code for number, code in enumerate(codes)]
        hana.press("Undo last change")
        assert set(grid(hana)) == {""}


def test_last_marks_are_copied_then_confirmed_or_mended(arrive: Arrive) -> None:
    tom = arrive("tom")
    open_an_empty_point(tom, "Spring 2")
    entered = tom.page.locator("#entered")
    already = int(entered.inner_text())
    copy = tom.page.get_by_role("button", name="Copy last marks into Maths")

    copy.click()

    expect(tom.page.get_by_text("Copied, not confirmed.", exact=True)).to_be_visible()
    copied = tom.page.locator("td.m.q")
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
    copied = tom.page.locator("td.m.q").count()
    assert copied > 20

    tom.page.get_by_role("button", name=re.compile("Confirm")).click()

    expect(tom.page.locator("td.m.q")).to_have_count(0)
    expect(tom.page.locator("#entered")).to_have_text(str(copied + 1))
    tom.press("Undo last change")
    expect(tom.page.locator("td.m.q")).to_have_count(copied)
