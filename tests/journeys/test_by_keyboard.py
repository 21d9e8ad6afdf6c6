"""From signing in to the names behind a figure without a mouse, and the focus can always be seen."""

import re

from playwright.sync_api import expect

from tests.journeys import steps
from tests.journeys.conftest import Arrive
from tests.journeys.visitor import Visitor

MOST_STOPS = 400
# The small parts of a date field are the browser's own, and so is the ring round them.
FOCUS = """() => {
  const here = document.activeElement, style = getComputedStyle(here), box = here.getBoundingClientRect();
  const ring = here.matches(":focus-visible") && style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
  const words = here.getAttribute("aria-label") || here.labels?.[0]?.innerText || here.innerText || "";
  return {
    tag: here.tagName, words: words.trim(), cell: here.matches("td.m input"), seen: ring || here.type === "date",
    inside: box.width > 0 && box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth,
  };
}"""


def test_the_work_can_be_done_by_keyboard(arrive: Arrive) -> None:
    tom = arrive()

    signs_in(tom)
    skips_to_the_page(tom)
    enters_a_mark(tom)
    opens_a_report(tom)


def tab_to(visitor: Visitor, words: str = "", *, cell: bool = False, key: str = "Tab") -> None:
    """Presses Tab until the thing of these words has the focus. Each stop on the way must be seen."""
    for _ in range(MOST_STOPS):
        visitor.page.keyboard.press(key)
        here = visitor.page.evaluate(FOCUS)
        if here["tag"] != "BODY":
            assert here["seen"], f"the focus cannot be seen on {here} of {visitor.page.url}"
            assert here["inside"], f"the focus is out of sight on {here} of {visitor.page.url}"
        if here["cell"] if cell else here["words"].splitlines()[:1] == [words]:
            return
    raise AssertionError(f"no stop says {words!r} on {visitor.page.url}")


def signs_in(tom: Visitor) -> None:
    tom.page.goto("/")
    expect(tom.page.get_by_label("User name")).to_be_focused()
    tom.page.keyboard.type("tom")
    tom.page.keyboard.press("Tab")
    tom.page.keyboard.type(tom.product.logins["tom"].password)
    tom.page.keyboard.press("Enter")
    expect(tom.heading()).to_contain_text("Tom Teacher")


def skips_to_the_page(tom: Visitor) -> None:
    tab_to(tom, "Skip to the page")
    tom.page.keyboard.press("Enter")
    expect(tom.page.locator("main")).to_be_focused()
    tab_to(tom, "Carry on marking")
    tom.page.keyboard.press("Enter")
    expect(tom.heading()).to_have_text(re.compile("^Mark 4B"))


def enters_a_mark(tom: Visitor) -> None:
    steps.is_ready(tom)
    first = tom.page.locator("table.grid tbody td.m input").first
    tab_to(tom, cell=True)
    tom.page.keyboard.press("Control+Home")
    expect(first).to_be_focused()
    tom.page.keyboard.press("ArrowRight")
    tom.page.keyboard.press("ArrowLeft")
    expect(first).to_be_focused()
    mark = steps.other_than(first.input_value())
    tom.page.keyboard.press(mark.lower())
    steps.is_saved(tom)
    expect(first).to_have_value(mark)
    expect(tom.page.locator("table.grid tbody tr").nth(1).locator("td.m input").first).to_be_focused()


def opens_a_report(tom: Visitor) -> None:
    tab_to(tom, "Reports", key="Shift+Tab")
    tom.page.keyboard.press("Enter")
    expect(tom.heading()).to_have_text("Reports")
    tab_to(tom, "Attainment overview")
    tom.page.keyboard.press("Enter")
    expect(tom.heading()).to_have_text(re.compile("^Attainment overview: 4B"))
    tab_to(tom, "Assessment point")
    tom.page.keyboard.type("Autumn 1")
    tab_to(tom, "Show")
    tom.page.keyboard.press("Enter")
    expect(tom.heading()).to_have_text("Attainment overview: 4B, Autumn 1")
    stop_at_a_figure(tom)
    tom.page.keyboard.press("Enter")
    expect(tom.heading()).to_have_text(re.compile(r"in reading: \d+ pupils?$"))


def stop_at_a_figure(tom: Visitor) -> None:
    table = tom.page.get_by_role("row", name=re.compile("^Reading"))
    figure = table.get_by_role("link").first.inner_text()
    tab_to(tom, figure.splitlines()[0])
