"""Each kind of address with a part that varies, found as people find it, by links: fit to be looked at as well."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from html import unescape
from urllib.parse import urljoin, urlsplit

from playwright.sync_api import expect

from tests.journeys.conftest import Arrive
from tests.journeys.product import Product
from tests.journeys.steps import take_back
from tests.journeys.visitor import Visitor

VARIES = re.compile(r"<(\w+):\w+>")
LIKE = {"int": "[0-9]+"}
LINK = re.compile(r'<a [^>]*?href="([^"]*)"')
FILES = (".csv", ".xlsx", ".json", ".pdf", ".png", ".<file:kind>", ".<tables:kind>")
# What no link on a page leads to.
NOT_LINKED = {
    "import/<int:batch>/progress",  # a part of a page, which that page fetches
    "mark/results/<int:pupil>",  # answers a script, in data
    "parents/runs/<int:run>",  # comes of printing reports to parents, which the demo has not done
    "parents/runs/<int:run>/progress",  # a part of it
    "invitation/<token:token>",  # these are links in mails, followed by the journeys by mail
    "new-password/<token:token>",
    "sign-in/with/<slug:provider>/back",  # from another company's page
}
SHEET = {"name": "marks.csv", "mimeType": "text/csv", "buffer": b"UPN,Surname,Forename,Reading\n,Nobody,Known,E\n"}


def test_every_kind_of_page_that_a_link_leads_to_is_fit_to_see(arrive: Arrive, product: Product) -> None:
    ada = arrive("ada")
    role, told = product.logins["ada"].role, product.asked("pages")
    looked_at = {page["route"]: page["may"] for page in told if not page["writes"]}
    pages = {route: may for route, may in looked_at.items() if not route.endswith(FILES)}
    kinds = {route: pattern(route) for route in pages if "<" in route}
    plain = [f"/{route}" for route, may in pages.items() if "<" not in route and role in may]

    with something_of_each(ada) as shown:
        seen = walk(ada, [*shown, *plain], kinds)

    assert kinds.keys() - seen.keys() == NOT_LINKED


def pattern(route: str) -> re.Pattern[str]:
    return re.compile(VARIES.sub(lambda part: LIKE.get(part[1], "[^/]+"), f"/{route}"))


def walk(ada: Visitor, addresses: list[str], kinds: dict[str, re.Pattern[str]]) -> dict[str, str]:
    """Follows the first link to each kind of page; kind → where it was looked at. Others are read for links."""
    seen: dict[str, str] = {}
    for address in addresses:  # grows while it is walked through
        kind = next((route for route, like in kinds.items() if like.fullmatch(urlsplit(address).path)), None)
        if kind in seen:
            continue
        if kind:
            seen[kind] = address
            ada.page.goto(address)
            ada.looks_everywhere(f"kind_{VARIES.sub('n', kind).replace('/', '_')}")
        addresses += links(ada, address, kinds)
    return seen


def links(ada: Visitor, address: str, kinds: dict[str, re.Pattern[str]]) -> list[str]:
    """To pages of these kinds, as addresses of ours."""
    answer = ada.page.request.get(address)
    assert answer.status == 200, address
    here = [urljoin(answer.url, unescape(link)) for link in LINK.findall(answer.text())]
    ours = [link.removeprefix(ada.product.url) for link in here if link.startswith(f"{ada.product.url}/")]
    return [link for link in ours if any(like.fullmatch(urlsplit(link).path) for like in kinds.values())]


@contextmanager
def something_of_each(ada: Visitor) -> Iterator[list[str]]:
    """What the demo has none of, until it is taken back again: the pages on which it stands or is linked."""
    deeds = [a_target(ada), a_draft_of_the_scheme(ada)]
    framework = a_framework(ada)
    yield [*deeds, *framework, a_past_point(ada), a_sheet(ada)]
    ada.page.goto("/import/sheets")
    ada.page.locator("main table a").first.click()
    ada.press("Throw the sheet away")
    for address in (*deeds, framework[0]):
        ada.page.goto(address)
        take_back(ada)
        expect(ada.page.locator("main")).to_contain_text("Taken back")


def a_target(ada: Visitor) -> str:
    ada.page.goto("/targets/set")
    ada.page.locator("td.m input").first.fill("E")
    ada.press("Save targets")
    return done(ada)


def a_draft_of_the_scheme(ada: Visitor) -> str:
    ada.page.goto("/school/scheme")
    ada.press("Begin version 2")
    return done(ada)


def a_framework(ada: Visitor) -> list[str]:
    """The school's own beside the one it was copied from, and how the two differ."""
    ada.page.goto("/school/frameworks")
    ada.go("Early learning goals, 2021", "Copy")
    ada.press("Store this framework")
    stored = done(ada)
    ada.go("Early learning goals, 2021 ours")
    own = ada.page.url
    ada.page.get_by_role("button", name="Compare", exact=True).click()
    expect(ada.page).to_have_url(re.compile("difference"))
    return [stored, own.removeprefix(ada.product.url), ada.page.url.removeprefix(ada.product.url)]


def a_past_point(ada: Visitor) -> str:
    ada.page.goto("/mark/completeness")
    points = ada.page.get_by_label("Assessment point")
    last_year = points.locator("optgroup[label='2025/26'] option", has_text="Autumn 1")
    points.select_option(value=last_year.get_attribute("value"))
    ada.press("Show")
    return ada.page.url.removeprefix(ada.product.url)


def a_sheet(ada: Visitor) -> str:
    ada.page.goto("/import/sheets")
    ada.page.get_by_label(re.compile("^Marks or test scores")).check()
    ada.page.locator("input[type=file]").set_input_files([SHEET])
    ada.press("Check this file")
    expect(ada.heading()).to_have_text("What are the columns?")
    return ada.page.url.removeprefix(ada.product.url)


def done(ada: Visitor) -> str:
    """The page that says what was just done, with its Undo."""
    expect(ada.page.locator(".toast")).to_be_visible()
    return ada.page.url.removeprefix(ada.product.url)
