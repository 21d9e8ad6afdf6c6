"""The guide for screen readers, walked: what it says is announced is compared with what the browser tells one."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from time import monotonic
from typing import Any

from playwright.sync_api import CDPSession, expect

from tests.journeys.conftest import Arrive
from tests.journeys.test_grid_keys import is_ready
from tests.journeys.visitor import Visitor

GUIDE = Path(__file__).parents[2] / "docs" / "guide" / "marks-with-a-screen-reader.md"
STEP = re.compile(r"^\| (?!you \|)(?P<does>[^|]+?) \|(?P<hears>[^|]*)\|$", re.M)
HEARD = re.compile(r"\*\*(page|focus|status|alert)\*\* (.+?)(?=<br>|\s*$)")
CLOCK = re.compile(r"\d\d:\d\d:\d\d")
ROLES = {"textbox": "edit", "link": "link", "complementary": "panel", "heading": "heading"}
SECONDS = 8
PAUSE = 50  # milliseconds: to tell the whole tree keeps the browser from what it is waited for


@dataclass(frozen=True)
class Step:
    does: str
    hears: dict[str, str]


def steps() -> Iterator[Step]:
    for found in STEP.finditer(GUIDE.read_text()):
        if set(found["does"]) != {"-"}:
            yield Step(found["does"], dict(HEARD.findall(found["hears"])))


class Ear:
    """What Chromium's accessibility tree has to say of a page."""

    def __init__(self, visitor: Visitor) -> None:
        self.page = visitor.page
        self.tree: CDPSession = visitor.context.new_cdp_session(visitor.page)

    def nodes(self) -> list[dict[str, Any]]:
        told = self.tree.send("Accessibility.getFullAXTree")["nodes"]
        self.by_id = {node["nodeId"]: node for node in told}
        return [node for node in told if not node.get("ignored")]

    def says(self, kind: str, words: str) -> bool:
        end = monotonic() + SECONDS
        while self.hears(kind) != words:
            if monotonic() > end:
                return False
            self.page.wait_for_timeout(PAUSE)
        return True

    def hears(self, kind: str) -> str:
        nodes = self.nodes()
        if kind == "page":
            return next(spoken_name(node) for node in nodes if role_of(node) == "heading")
        if kind == "focus":
            focused = [node for node in nodes if property_of(node, "focused")]
            return spoken(focused[-1]) if focused else ""
        said = "".join(text_in(node, self.by_id) for node in nodes if role_of(node) == kind)
        return CLOCK.sub("14:32:07", said).strip()


def role_of(node: dict[str, Any]) -> str:
    return str(node.get("role", {}).get("value", ""))


def spoken_name(node: dict[str, Any]) -> str:
    return str(node.get("name", {}).get("value", ""))


def property_of(node: dict[str, Any], name: str) -> Any:
    return next((one["value"].get("value") for one in node.get("properties", []) if one["name"] == name), None)


def spoken(node: dict[str, Any]) -> str:
    """Name, role, value, state and description, in that order."""
    words = [spoken_name(node), ROLES.get(role_of(node), role_of(node))]
    if role_of(node) == "textbox":
        words.append(str(node.get("value", {}).get("value", "")) or "blank")
    words += ["read only"] if property_of(node, "readonly") else []
    words += ["invalid entry"] if property_of(node, "invalid") in (True, "true") else []
    description = node.get("description", {}).get("value", "")
    return ", ".join([*words, *([description] if description else [])])


def text_in(node: dict[str, Any], by_id: dict[str, dict[str, Any]]) -> str:
    if role_of(node) == "StaticText":
        return spoken_name(node)
    return "".join(text_in(by_id[child], by_id) for child in node.get("childIds", []) if child in by_id)


def open_sheet(visitor: Visitor, group: str, point: str) -> None:
    visitor.go("Mark")
    visitor.page.get_by_label("Class").select_option(label=group)
    visitor.page.get_by_label("Assessment point").select_option(label=point)
    visitor.page.locator(".filters button").click()
    is_ready(visitor)


def open_over_time(tom: Visitor) -> None:
    tom.go("Mark", "One subject over time")
    is_ready(tom)


def copy_maths(hana: Visitor) -> None:
    hana.page.get_by_role("button", name="Copy last marks into Maths").press("Enter")
    expect(hana.page.get_by_text("Copied, not confirmed.", exact=True)).to_be_visible()
    is_ready(hana)


DEEDS: dict[str, Callable[[Visitor], Any]] = {
    "open 5C, Summer 2": lambda hana: open_sheet(hana, "5C", "Summer 2"),
    "lose the network": lambda hana: hana.context.set_offline(True),
    "get it back": lambda hana: hana.context.set_offline(False),
    "press Copy last marks into Maths": copy_maths,
    "go to the third pupil’s maths": lambda hana: (
        hana.page.locator("table.grid tr:nth-child(3) td.m input").nth(2).focus()
    ),
    "open 4B, Reading over time": open_over_time,
}


def do(visitor: Visitor, what: str) -> None:
    if what.startswith("`"):
        visitor.page.keyboard.press(what.strip("`"))
    else:
        DEEDS[what](visitor)


def test_the_guide_for_screen_readers_says_what_is_announced(arrive: Arrive) -> None:
    hana, tom = arrive("hana"), arrive("tom")
    ears = {"hana": Ear(hana), "tom": Ear(tom)}
    walked, wrong = list(steps()), []
    who, ear = hana, ears["hana"]
    assert len(walked) > 20
    assert sum(len(step.hears) for step in walked) > 20

    for number, step in enumerate(walked, start=1):
        if step.does.startswith("open 4B"):
            hana.press("Undo last change")
            who, ear = tom, ears["tom"]
        do(who, step.does)
        for kind, words in step.hears.items():
            if not ear.says(kind, words):
                wrong.append(f"step {number}, {step.does}: {kind} {ear.hears(kind)!r}, the guide says {words!r}")

    assert not wrong, "\n".join(wrong)
    for visitor in (hana, tom):
        visitor.faults = [fault for fault in visitor.faults if "net::ERR" not in fault]
