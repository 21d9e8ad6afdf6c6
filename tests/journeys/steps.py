"""What several journeys do alike, with and without scripts."""

import re

from playwright.sync_api import Locator, expect

from tests.journeys.transfer import as_upload
from tests.journeys.visitor import Visitor


def drop(olu: Visitor, content: bytes) -> None:
    """Chooses the file on Import and has it checked."""
    olu.go("Import")
    olu.sees("Import")
    olu.page.get_by_label("The file, as .xml or in a .zip").set_input_files(as_upload(content))
    olu.press("Check this file")
    expect(olu.heading()).to_have_text("Check this file before it changes anything")


def counts(visitor: Visitor) -> dict[str, str]:
    """The numbers at the head of a preview: {"new": "1"}."""
    pairs = visitor.page.locator("dl.counts > div").all()
    return {pair.locator("dt").inner_text(): pair.locator("dd").inner_text() for pair in pairs}


def choose_marks(tom: Visitor, group: str, point: str, subject: str) -> None:
    tom.go("Mark")
    tom.page.get_by_label("Class", exact=True).select_option(label=group)
    points = tom.page.get_by_label("Assessment point")
    this_year = points.locator("optgroup[label='2026/27'] option", has_text=re.compile(f"^{point}$"))
    points.select_option(value=this_year.get_attribute("value"))
    tom.page.get_by_label("Subjects").select_option(label=subject)
    tom.page.locator("form.filters").get_by_role("button", name="Show").click()
    expect(tom.heading()).to_have_text(f"Mark {group}, {point}")


def is_ready(tom: Visitor) -> None:
    """The page's script has taken the grid over."""
    expect(tom.page.locator("#marks[data-waiting]")).to_have_count(1)


def is_saved(tom: Visitor) -> None:
    """What was typed is in the record, and the page says since when."""
    expect(tom.page.locator("#state")).to_have_text(re.compile(r"^Saved at \d\d:\d\d:\d\d"))
    expect(tom.page.locator("#marks")).to_have_attribute("data-waiting", "0")


def row_of(visitor: Visitor, name: str) -> Locator:
    return visitor.page.locator("table.grid tbody tr", has=visitor.page.get_by_role("link", name=name, exact=True))


def cell_of(visitor: Visitor, name: str) -> Locator:
    """The pupil's cell in the one subject shown."""
    return row_of(visitor, name).locator("td.m input")


def names_in_grid(visitor: Visitor) -> list[str]:
    return visitor.page.locator("table.grid tbody th a").all_inner_texts()


def other_than(mark: str) -> str:
    return "W" if mark == "E" else "E"


def take_back(visitor: Visitor) -> None:
    """Presses Undo beside what was just done."""
    visitor.page.locator(".toast").get_by_role("button", name="Undo").click()
