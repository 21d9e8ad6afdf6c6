"""A report that takes longer than a moment says that it is being worked out."""

import re
from pathlib import Path

from playwright.sync_api import Locator, expect

from tests.journeys.conftest import Arrive
from tests.journeys.visitor import Visitor

WORDS = "Working it out…"
LONG = 500  # milliseconds, of which 300 are a moment


def at_a_report_that_never_comes(visitor: Visitor) -> None:
    """On the overview, of which nothing asked from now on is answered: the page stays, as one does that waits."""
    visitor.page.goto("/reports/attainment")
    visitor.page.route(re.compile(r"/reports/attainment.*\?"), lambda route: route.abort("aborted"))


def state(visitor: Visitor) -> Locator:
    return visitor.page.locator("#working")


def test_a_slow_report_says_that_it_is_being_worked_out(arrive: Arrive) -> None:
    hana = arrive("hana")
    at_a_report_that_never_comes(hana)

    hana.page.get_by_role("button", name="Show", exact=True).click(no_wait_after=True)

    expect(state(hana)).to_have_text(WORDS)
    expect(state(hana).locator("p")).to_be_in_viewport()
    assert state(hana).get_attribute("aria-live") == "polite"
    hana.page.keyboard.press("Escape")
    expect(state(hana)).to_have_text("")


def test_a_link_within_the_report_says_so_and_coming_back_takes_it_away(arrive: Arrive) -> None:
    hana = arrive("hana")
    at_a_report_that_never_comes(hana)

    hana.page.locator("main td a").first.click(no_wait_after=True)
    expect(state(hana)).to_have_text(WORDS)
    hana.page.evaluate("dispatchEvent(new PageTransitionEvent('pageshow', {persisted: true}))")

    expect(state(hana)).to_have_text("")


def test_a_file_is_not_waited_for(arrive: Arrive, tmp_path: Path) -> None:
    hana = arrive("hana")
    hana.page.goto("/reports/attainment")

    with hana.page.expect_download() as told:
        hana.go("CSV")
    told.value.save_as(tmp_path / "taken.csv")
    hana.page.wait_for_timeout(LONG)

    expect(state(hana)).to_have_text("")


def test_without_scripts_the_filters_work_and_nothing_waits(arrive: Arrive) -> None:
    hana = arrive("hana", scripts=False)
    hana.page.goto("/reports/attainment")

    hana.press("Show")

    hana.sees("Attainment overview: Whole school, Autumn 2")
    expect(hana.page.get_by_text(WORDS)).to_be_hidden()
