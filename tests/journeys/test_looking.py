"""What a visitor's look finds, so that a page it finds nothing in is fit to be seen."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from tests.journeys.looking import found_by_axe, found_in_colours
from tests.journeys.visitor import PHONE

SHEET = """<!doctype html><html lang="en"><head><title>A page</title><style>
  :root { color-scheme: light dark; }
  body { color: light-dark(#111, #eee); background: light-dark(#fff, #111); }
  .faint { color: #bbb; background: #fff; }
  .faint-in-the-dark { color: light-dark(#222, #333); }
  @media (max-width: 500px) { .faint-on-a-phone { color: #ccc; background: #fff; } }
</style></head><body><main><h1>A page</h1>%s</main></body></html>"""
ROWS = "<tr><td>Plain</td></tr>" * 60


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context()
    yield context.new_page()
    context.close()


@pytest.mark.parametrize(
    "body", ["<p class='faint'>Faint</p>", f"<table>{ROWS}<tr><td class='faint'>Faint</td></tr></table>"]
)
def test_faint_text_is_found_wherever_it_stands(page: Page, body: str) -> None:
    page.set_content(SHEET % "<p>Plain</p>")
    assert found_in_colours(page) == []

    page.set_content(SHEET % f"<p>Plain</p>{body}")

    for _ in range(2):  # what was found once is found again
        (fault,) = found_in_colours(page)
        assert "color-contrast" in fault
        assert "Faint" in fault


def test_text_that_is_faint_in_the_dark_alone_is_found_there(page: Page) -> None:
    page.set_content(SHEET % "<p>Plain</p><p class='faint-in-the-dark'>Faint</p>")
    assert found_in_colours(page) == []

    page.emulate_media(color_scheme="dark")

    (fault,) = found_in_colours(page)
    assert "faint-in-the-dark" in fault


def test_text_that_is_faint_on_a_phone_alone_is_found_there(page: Page) -> None:
    page.set_content(SHEET % "<p>Plain</p><p class='faint-on-a-phone'>Faint</p>")
    assert found_in_colours(page) == []

    page.set_viewport_size(PHONE)

    (fault,) = found_in_colours(page)
    assert "faint-on-a-phone" in fault


def test_a_link_that_only_its_colour_tells_from_the_text_is_found(page: Page) -> None:
    page.set_content(SHEET % "<p>Plain, with <a href='#' style='color: #333; text-decoration: none'>more</a> of it</p>")

    (fault,) = found_in_colours(page)

    assert "link-in-text-block" in fault


def test_a_picture_without_words_is_found(page: Page) -> None:
    page.set_content(SHEET % "<img src='data:image/gif;base64,R0lGODlhAQABAAAAACw='>")

    (fault,) = found_by_axe(page)

    assert "image-alt" in fault
