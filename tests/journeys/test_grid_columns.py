"""A sheet left open while the school's subjects are put in another order: every mark stays in its own column."""

from playwright.sync_api import Page, expect

from tests.journeys.conftest import Arrive
from tests.journeys.test_grid_keys import grid, is_ready


def move_up(settings: Page, subject: str) -> None:
    settings.goto("/school/subjects")
    row = settings.get_by_role("row", name=subject)
    before = row.evaluate("row => row.rowIndex")
    row.get_by_role("button").click()
    expect(settings.locator(f"tbody tr:nth-child({before - 1})")).to_contain_text(subject)


def test_subjects_that_change_places_do_not_move_the_marks_of_an_open_sheet(arrive: Arrive) -> None:
    hana = arrive("hana")
    hana.go("Mark")
    is_ready(hana)
    shown = grid(hana)
    assert shown[2::4] != shown[3::4]
    settings = hana.context.new_page()

    move_up(settings, "Science")
    with hana.page.expect_response("**/mark/standing*"):
        hana.page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    hana.page.wait_for_timeout(500)
    kept, state = grid(hana), hana.page.locator("#state").inner_text()
    move_up(settings, "Maths")

    assert kept == shown
    assert "somebody else" not in state
