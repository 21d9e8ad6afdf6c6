"""The grid where it is hard to show: by touch, at 400 % zoom, in colours the person has forced, in an older browser."""

import re
from collections.abc import Callable

from playwright.sync_api import Route, expect

from tests.journeys.conftest import Arrive
from tests.journeys.test_grid_keys import cell, is_ready, is_saved, open_an_empty_point
from tests.journeys.visitor import Visitor

ZOOMED = {"width": 320, "height": 256}  # 1280 by 1024 at 400 %
COVERED = """input => {
  const box = input.getBoundingClientRect();
  const top = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
  return top !== input;
}"""


def test_marks_are_tapped_on_a_tablet(arrive: Arrive) -> None:
    tom = arrive("tom", touch=True)
    tom.page.get_by_role("button", name="Menu").tap()
    open_an_empty_point(tom, "Summer 1")
    pad = tom.page.get_by_role("group", name="Marks to tap")

    cell(tom, 5, 2).tap()
    for mark in ("B", "W", "E", "A"):
        pad.get_by_role("button", name=mark, exact=True).tap()

    assert [cell(tom, row, 2).input_value() for row in (5, 6, 7, 8)] == ["B", "W", "E", "A"]
    expect(cell(tom, 9, 2)).to_be_focused()
    expect(cell(tom, 9, 2)).to_have_attribute("inputmode", "none")
    cell(tom, 7, 2).tap()
    pad.get_by_role("button", name="Clear").tap()
    is_saved(tom)
    box = pad.get_by_role("button", name="G", exact=True).bounding_box()
    assert box
    assert min(box["width"], box["height"]) >= 44
    tom.looks()
    tom.keep_picture("touch-820")
    tom.page.reload()
    assert [cell(tom, row, 2).input_value() for row in (5, 6, 7, 8)] == ["B", "W", "", "A"]


def test_the_grid_reads_at_four_hundred_per_cent(arrive: Arrive) -> None:
    tom = arrive("tom")
    open_an_empty_point(tom, "Summer 1")
    tom.page.set_viewport_size(ZOOMED)

    cell(tom, 3).focus()
    for key in ("b", "ArrowRight", "x", "End", "ArrowDown", "Home"):
        tom.page.keyboard.press(key)
        assert not tom.page.locator("td.m input:focus").evaluate(COVERED), key

    expect(tom.page.locator("#refusals")).to_contain_text("1 not accepted")
    tom.looks()
    tom.keep_picture("zoomed-320")


def test_states_are_told_apart_in_forced_colours(arrive: Arrive) -> None:
    tom = arrive("tom")
    open_an_empty_point(tom, "Summer 1")
    tom.page.emulate_media(forced_colors="active")
    cell(tom, 15).focus()
    for key in ("b", "x"):
        tom.page.keyboard.press(key)
    refused = tom.page.locator("td.m.refused")
    expect(refused).to_have_count(1)

    style = "(node, name) => getComputedStyle(node)[name]"
    assert refused.evaluate(style, "outlineStyle") == "solid"
    assert refused.locator("input").evaluate(style, "textDecorationLine") == "line-through"
    for key in ("ArrowDown", "Shift+ArrowDown"):
        tom.page.keyboard.press(key)
    chosen = tom.page.locator("td.m[aria-selected]").last
    assert chosen.evaluate(style, "outlineStyle") == "dashed"
    assert tom.page.locator("td.m input:focus").evaluate(style, "outlineStyle") == "solid"
    expect(cell(tom, 15)).to_have_value("B")
    here, other = (tom.page.locator(".tabs a").nth(number) for number in (0, 1))
    assert here.evaluate(style, "borderBottomColor") != other.evaluate(style, "borderBottomColor")
    assert other.evaluate(style, "borderBottomColor") == tom.page.locator("body").evaluate(style, "backgroundColor")
    tom.keep_picture("forced-colours")


def older(changes: Callable[[str], str]) -> Callable[[Route], None]:
    def answer(route: Route) -> None:
        told = route.fetch()
        route.fulfill(response=told, body=changes(told.text()))

    return answer


def in_an_older_browser(visitor: Visitor) -> None:
    """It knows neither light-dark() nor popovers: a tablet of 2021."""
    names = "['showPopover', 'hidePopover', 'togglePopover', 'popover']"
    visitor.page.add_init_script(f"for (const name of {names}) delete HTMLElement.prototype[name];")
    visitor.page.route(
        re.compile(r"\.css"),
        older(lambda css: css.replace("light-dark(", "unknown(").replace(":popover-open", ":unknown")),
    )
    visitor.page.route(
        re.compile(r"/mark/(\?.*)?$"), older(lambda page: re.sub(r" popover(target=\"\w+\")?(?=[ >])", "", page))
    )


COLOURS = """() => ["body", "header.spine", "td.m.e", "thead th", ".button.primary"].map((where) => {
  const style = getComputedStyle(document.querySelector(where));
  return [style.color, style.backgroundColor];
})"""


def colours(visitor: Visitor, scheme: str) -> object:
    visitor.page.emulate_media(color_scheme=scheme)
    return visitor.page.evaluate(COLOURS)


def test_an_older_tablet_shows_the_same(arrive: Arrive) -> None:
    tom = arrive("tom")
    tom.page.goto("/mark/")
    is_ready(tom)
    usual = {scheme: colours(tom, scheme) for scheme in ("light", "dark")}
    tom.page.goto("about:blank")  # one account, one browser at a time

    older_tom = arrive("tom", touch=True)
    in_an_older_browser(older_tom)
    older_tom.page.goto("/mark/")
    is_ready(older_tom)
    for scheme, seen in usual.items():
        assert colours(older_tom, scheme) == seen
        older_tom.looks()
        older_tom.keep_picture(f"older-{scheme}")
    assert older_tom.page.evaluate("!CSS.supports('color', 'unknown(#000, #fff)')")
    expect(older_tom.page.get_by_role("button", name="Menu")).to_be_hidden()
    expect(older_tom.page.get_by_role("link", name="Reports", exact=True)).to_be_visible()
    cell(older_tom, 1).tap()
    expect(older_tom.page.get_by_role("group", name="Marks to tap")).to_be_visible()
