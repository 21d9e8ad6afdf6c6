"""Entering Key Stage 2 by keyboard and clipboard with every code, and reading the figure down to its names."""

import re

from playwright.sync_api import Locator, expect

from tests.journeys.conftest import Arrive
from tests.journeys.visitor import Visitor

PARTS = ("reading-scaled", "reading-outcome", "maths-scaled", "maths-outcome", "ks2-writing")
# What was sat, then every code there is; a score only where one can be.
READING = [
    *("50\t112\tAS", "31\t104\tAS", "12\t95\tNS", "40\t101\tCA", "40\t101\tCB"),
    *(f"\t\t{code}" for code in "ABHJQTULMFP"),
]
WRITING = [
    "GDS",
    "exs",
    "EXS",
    "GDS",
    "EXS",
    "EXS",
    "WTS",
    *(f"PK{n}" for n in range(6, 0, -1)),
    "EM",
    "A",
    "L",
    "F",
    "P",
]
NOT_TAKEN, UNCOUNTED = set("ABHJQTU"), {"L", "M", "F", "P"}


def open_sheet(hana: Visitor) -> None:
    hana.go("Mark")
    hana.page.get_by_role("link", name="Statutory results").click()
    hana.page.get_by_label("Assessment", exact=True).select_option(label="Key Stage 2")
    hana.page.get_by_label("Year", exact=True).select_option(label="2026 (2025/26)")
    hana.page.locator("form.filters").get_by_role("button", name="Show").click()
    expect(hana.heading()).to_have_text("Key Stage 2, 2026")


def column(hana: Visitor, part: str) -> Locator:
    return hana.page.locator(f'td.m input[name$="-{part}"]')


def paste(into: Locator, lines: list[str]) -> None:
    """A block arrives from the clipboard at the focused cell."""
    into.focus()
    into.evaluate(
        """(cell, text) => {
            const data = new DataTransfer();
            data.setData("text/plain", text);
            cell.dispatchEvent(new ClipboardEvent("paste", {clipboardData: data, bubbles: true, cancelable: true}));
        }""",
        "\r\n".join(lines) + "\r\n",
    )


def sheet(hana: Visitor) -> dict[str, dict[str, str]]:
    """By name of the pupil, what stands in the cells the combined figure is made of."""
    names = hana.page.locator("table.grid tbody th a").all_inner_texts()
    held = {part: column(hana, part).evaluate_all("cells => cells.map((cell) => cell.value)") for part in PARTS}
    return {name: {part: held[part][n] for part in PARTS} for n, name in enumerate(names)}


def test_at(score: str, outcome: str) -> bool | None:
    if outcome in NOT_TAKEN | UNCOUNTED:
        return False if outcome in NOT_TAKEN else None
    return int(score) >= 100 if score else False if outcome == "NS" else None


test_at.__test__ = False  # type: ignore[attr-defined]


def all_three(row: dict[str, str]) -> bool | None:
    """Reading, writing and maths at the expected standard, on paper; None for whoever is left out."""
    judged = row["ks2-writing"]
    three = [
        test_at(row["reading-scaled"], row["reading-outcome"]),
        test_at(row["maths-scaled"], row["maths-outcome"]),
        None if judged in {"", *UNCOUNTED} else judged in {"EXS", "GDS"},
    ]
    return None if None in three else all(three)


def names_behind(hana: Visitor, year: str, column: int) -> set[str]:
    """The names behind a figure of the measure looked at, as the sheet writes them."""
    row = hana.page.get_by_role("row", name=re.compile(f"^{year}")).first
    link = row.locator("td").nth(column).get_by_role("link")
    if not link.count():
        return set()
    link.click()
    spoken = hana.page.get_by_role("rowheader").all_inner_texts()
    hana.looks()
    hana.page.go_back()
    return set(spoken)


def test_key_stage_2_is_entered_with_every_code_and_its_figure_is_right_to_the_pupil(arrive: Arrive) -> None:
    hana = arrive("hana")
    hana.refusals.add(422)
    open_sheet(hana)
    before = sheet(hana)
    first = column(hana, "reading-raw").first

    # By the keyboard: arrows and Enter move, a code is explained beside its column.
    first.focus()
    hana.page.keyboard.press("ArrowRight")
    hana.page.keyboard.press("ArrowRight")
    expect(hana.page.locator("#scale-outcome")).to_have_attribute("open", "")
    expect(hana.page.locator("#scale-outcome")).to_contain_text("Unable to access the test")
    hana.page.keyboard.type("zz")
    hana.page.keyboard.press("Enter")
    hana.page.keyboard.press("ArrowLeft")
    hana.page.keyboard.type("121")
    expect(hana.page.locator("#state")).to_have_text("2 typed, not saved yet")
    hana.press("Save results")

    expect(hana.page.locator(".banner.bad")).to_contain_text("2 results were not accepted")
    expect(column(hana, "reading-outcome").first).to_have_value("zz")
    expect(hana.page.locator(".banner.bad li").nth(1)).to_contain_text("a mark from 80 to 120")
    hana.looks_everywhere("statutory-entry")

    # From a spreadsheet: every code of the test and of the teachers' judgement.
    paste(column(hana, "reading-raw").first, READING)
    paste(column(hana, "ks2-writing").first, WRITING)
    hana.press("Save results")
    expect(hana.page.get_by_text("Saved.")).to_be_visible()
    typed = sheet(hana)
    said = dict(zip(typed, hana.page.locator("td.m + td.why").all_inner_texts(), strict=True))
    on_paper = {name: all_three(row) for name, row in typed.items()}
    assert len({row["reading-outcome"] for row in typed.values()}) >= 15
    for name, met in on_paper.items():
        assert said[name].startswith(
            {True: ("Expected", "Higher"), False: ("Not met",), None: ("Not counted",)}[met]
        ), name

    # The table, and the names behind the figure.
    hana.go("Reports")
    hana.page.get_by_role("link", name="Statutory outcomes").click()
    hana.looks_everywhere("statutory-outcomes")
    counted = [name for name, met in on_paper.items() if met is not None]
    achieved = {name for name, met in on_paper.items() if met}
    row = hana.page.get_by_role("row", name=re.compile("^Expected in all three")).first
    newest = row.locator("td.n").first
    expect(newest).to_contain_text(f"{len(achieved)} of {len(counted)}")
    spoken = {name: " ".join(reversed(name.split(", "))) for name in on_paper}
    assert names_behind(hana, "2026", 0) == {spoken[name] for name in achieved}
    assert names_behind(hana, "2026", 1) == {spoken[name] for name in set(counted) - achieved}
    assert names_behind(hana, "2026", 2) == {spoken[name] for name in set(on_paper) - set(counted)}

    open_sheet(hana)
    hana.press("Undo last change")
    expect(hana.page.get_by_text("Taken back.")).to_be_visible()
    assert sheet(hana) == before
