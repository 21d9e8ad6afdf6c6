"""Somebody at a browser, and what their browser had to complain of."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from playwright.sync_api import expect

from tests.journeys.looking import found_by_axe, found_in_colours

# Milliseconds, for a machine that does much else at once. The first look at /privacy reads the whole program.
LONGEST_WAY = 90_000
expect.set_options(timeout=20_000)

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Browser, ConsoleMessage, Locator, Page, Request, Response

    from tests.journeys.product import Product

WIDE, PHONE = {"width": 1280, "height": 800}, {"width": 390, "height": 844}
TABLET = {"width": 820, "height": 1180}
# Said of an answer such as 403, which is judged where the answer comes.
OF_AN_ANSWER = re.compile(r"Failed to load resource: the server responded with a status of \d+")


FORGETTING = "/mark/?group=&point=&subject=&over=&assessment="
FORGETTING_TOO = "/objectives/?group=&strand=&who="


class Visitor:
    """`page` is their browser's tab; `faults` is what no journey may leave behind."""

    def __init__(self, browser: Browser, tried: Product, *, scripts: bool = True, touch: bool = False) -> None:
        self.product, self.scripts = tried, scripts
        self.faults: list[str] = []
        self.refusals: set[int] = set()
        self.context = browser.new_context(
            viewport=TABLET if touch else WIDE,
            has_touch=touch,
            is_mobile=touch,
            java_script_enabled=scripts,
            base_url=tried.url,
            locale="en-GB",
            timezone_id="Europe/London",
            reduced_motion="reduce",  # a colour on its way from light to dark is no colour of ours
        )
        self.context.set_default_navigation_timeout(LONGEST_WAY)
        self.open_a_page()

    def open_a_page(self) -> None:
        """Another tab, which is theirs from now on."""
        self.page: Page = self.context.new_page()
        self.page.on("console", self._hear)
        self.page.on("pageerror", lambda error: self.faults.append(f"{self.page.url}: {error}"))
        self.page.on("request", self._see_request)
        self.page.on("response", self._see_answer)

    def _hear(self, said: ConsoleMessage) -> None:
        if said.type in ("error", "warning") and not OF_AN_ANSWER.match(said.text):
            self.faults.append(f"{self.page.url}: {said.text}")

    def _see_request(self, request: Request) -> None:
        if not request.url.startswith((f"{self.product.url}/", "data:")):
            self.faults.append(f"{self.page.url} asks {urlsplit(request.url).netloc}")

    def _see_answer(self, answer: Response) -> None:
        if answer.status >= 400 and answer.status not in self.refusals:
            self.faults.append(f"{answer.request.method} {answer.url}: {answer.status}")

    def come_in(self, username: str) -> None:
        """At home, by the sign-in of a journey before if that still holds, else by a new one."""
        if held := self.product.signed_in.get(username):
            self.context.add_cookies(held)
            self.page.goto("/")
            if urlsplit(self.page.url).path == "/":
                self._forget()
                return
        self.sign_in(username)

    def sign_in(self, username: str) -> None:
        self.page.goto("/sign-in")
        self.page.get_by_label("User name").fill(username)
        self.page.get_by_label("Password").fill(self.product.logins[username].password)
        self.page.get_by_role("button", name="Sign in", exact=True).click()
        expect(self.page.get_by_role("heading", level=1)).to_contain_text("Good ")
        self.product.signed_in[username] = self.context.cookies()
        self._forget()

    def _forget(self) -> None:
        """What the journey before chose on the marks page is remembered for the account; an empty choice ends that."""
        for address in (FORGETTING, FORGETTING_TOO):
            self.page.request.get(address, headers={"accept": "application/json"})

    def go(self, *tabs: str) -> None:
        """Follows the links of these names, one page after the other."""
        for name in tabs:
            self.page.get_by_role("link", name=name, exact=True).first.click()

    def press(self, name: str | re.Pattern[str]) -> None:
        self.page.get_by_role("button", name=name).click()

    def expecting(self, *statuses: int) -> None:
        """These refusals are part of the journey."""
        self.refusals |= set(statuses)

    def heading(self) -> Locator:
        return self.page.get_by_role("heading", level=1)

    def sees(self, heading: str | re.Pattern[str]) -> None:
        """The page of this heading is here, and axe finds nothing in it."""
        expect(self.heading()).to_have_text(heading)
        self.looks()

    def looks(self) -> None:
        """axe finds nothing on the page as it is, and it does not scroll sideways. Both take scripts to see."""
        self._look(found_by_axe, found_in_colours, too_wide)

    def looks_everywhere(self, name: str) -> None:
        """The same on a wide screen and a phone, in light and in dark, where only colours differ: ui/test_styles.py."""
        self.page.set_viewport_size(WIDE)
        self.looks()
        self.keep_picture(f"{name}-1280-light")
        self.page.emulate_media(color_scheme="dark")
        self._look(found_in_colours)
        self.keep_picture(f"{name}-1280-dark")
        self.page.set_viewport_size(PHONE)
        self._look(found_in_colours)
        self.keep_picture(f"{name}-390-dark")
        self.page.emulate_media(color_scheme="light")
        self.looks()
        self.keep_picture(f"{name}-390-light")
        self.page.set_viewport_size(WIDE)

    def _look(self, *askings: Callable[[Page], list[str]]) -> None:
        found = [fault for asking in askings for fault in asking(self.page)] if self.scripts else []
        if found:
            scheme = "dark" if self.page.evaluate("matchMedia('(prefers-color-scheme: dark)').matches") else "light"
            where = f"{self.page.url}, {(self.page.viewport_size or WIDE)['width']} wide, {scheme}"
            self.faults += [f"{where}: {fault}" for fault in found]

    def keep_picture(self, name: str) -> None:
        if folder := os.environ.get("ITRACK_SHOTS"):
            self.page.screenshot(path=Path(folder) / f"{name}.png", full_page=True)

    def leave(self) -> None:
        self.context.close()


def too_wide(page: Page) -> list[str]:
    """By how much the page scrolls sideways, which it should not."""
    wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    return [f"{wide}px too wide"] if wide > 0 else []
