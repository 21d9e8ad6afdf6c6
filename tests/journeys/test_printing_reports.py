"""A report is printed by its button where scripts run, and what is printed is the report and not its controls."""

from io import BytesIO

from playwright.sync_api import expect
from pypdf import PdfReader

from tests.journeys.conftest import Arrive
from tests.journeys.visitor import Visitor


def printed(visitor: Visitor) -> PdfReader:
    return PdfReader(BytesIO(visitor.page.pdf(prefer_css_page_size=True)))


def test_the_button_opens_the_printing_of_the_browser(arrive: Arrive) -> None:
    hana = arrive("hana")
    hana.page.goto("/reports/attainment")
    hana.page.evaluate("window.print = () => { document.body.dataset.printed = 'yes'; }")

    hana.press("Print")

    expect(hana.page.locator("body[data-printed=yes]")).to_be_visible()


def test_without_scripts_there_is_no_button_that_does_nothing(arrive: Arrive) -> None:
    hana = arrive("hana", scripts=False)

    hana.page.goto("/reports/attainment")

    expect(hana.page.get_by_role("link", name="PDF")).to_be_visible()
    expect(hana.page.get_by_role("button", name="Print")).to_be_hidden()
    hana.looks()


def test_paper_has_the_report_from_its_first_page_and_no_controls(arrive: Arrive) -> None:
    hana = arrive("hana")
    hana.page.goto("/reports/groups")

    first, *_ = printed(hana).pages

    said = " ".join(first.extract_text().split())
    assert "Group comparison: Whole school, Autumn 2" in said
    assert "Oakfield Primary School" in said
    assert "By kind of group" in said or "Expected or above in" in said
    for control in ("Compared with", "Clear", "CSV", "Excel", "Always begin", "Sign out", "Menu"):
        assert control not in said


def test_a_wide_table_is_printed_across_and_others_upright(arrive: Arrive) -> None:
    hana = arrive("hana")

    hana.page.goto("/reports/meeting-sheet")
    across = printed(hana).pages[0].mediabox
    hana.page.goto("/reports/attainment")
    upright = printed(hana).pages[0].mediabox

    assert across.width > across.height
    assert upright.height > upright.width
