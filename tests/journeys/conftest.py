"""The product runs once for all journeys; each begins with browsers of its own."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.journeys.product import Product, running
from tests.journeys.visitor import Visitor

HERE = Path(__file__).parent
QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
Arrive = Callable[..., Visitor]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.journey)


@pytest.fixture(scope="session")
def product() -> Iterator[Product]:
    with running() as product:
        yield product


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as engine:
        path = os.environ.get("CHROMIUM", "/usr/bin/chromium")
        browser = engine.chromium.launch(executable_path=path, args=[*QUIET])
        yield browser
        browser.close()


@pytest.fixture
def arrive(browser: Browser, product: Product) -> Iterator[Arrive]:
    """Brings somebody to a browser of their own, signed in when named. None may have met a fault at the end.

    Who comes a second time signs in there, which puts out the first.
    """
    visitors: list[Visitor] = []
    names: set[str] = set()

    def arrive(username: str = "", *, scripts: bool = True, touch: bool = False) -> Visitor:
        visitor = Visitor(browser, product, scripts=scripts, touch=touch)
        visitors.append(visitor)
        if username:
            visitor.sign_in(username) if username in names else visitor.come_in(username)
            names.add(username)
        return visitor

    yield arrive
    for visitor in visitors:
        visitor.leave()
    assert [fault for visitor in visitors for fault in visitor.faults] == []
