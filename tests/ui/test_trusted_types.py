"""htmx under the page's own policy on content, in a real browser whose requests are answered here, without a server."""

import os
from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders
from django.template import Context, Template
from django.utils.csp import build_policy
from playwright.sync_api import Error, Page, Route, sync_playwright

NONCE = "bm9uY2U"
PAGE = """{% extends "ui/shell.html" %}{% block title %}Trial{% endblock %}{% block heading %}Trial{% endblock %}
{% block content %}<button hx-get="/part" hx-target="#here">Show</button><div id="here"></div>{% endblock %}"""
ANSWER = """<p id="came">Came</p><script>window.ran = "script"</script><iframe srcdoc="<b>x</b>"></iframe>
<template><script>window.ran = "kept"</script></template><p hx-get="/more" hx-trigger="load" hx-target="#came">…</p>"""


def answered(route: Route) -> None:
    path = route.request.url.removeprefix("http://itrack.test")
    if path.startswith(settings.STATIC_URL):
        found = finders.find(path.removeprefix(settings.STATIC_URL))
        route.fulfill(path=str(found))
    elif path == "/":
        policy = {"Content-Security-Policy": build_policy(settings.SECURE_CSP, NONCE)}
        html = Template(PAGE).render(Context({"csp_nonce": NONCE}))
        route.fulfill(body=html, content_type="text/html", headers=policy)
    else:
        route.fulfill(body={"/part": ANSWER, "/more": "<b>And more</b>"}[path], content_type="text/html")


CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")
# Not among the journeys: those share one browser for the whole run, and a second engine cannot stand beside it.
pytestmark = pytest.mark.skipif(not os.path.exists(CHROMIUM), reason="needs a browser")


@pytest.fixture
def page() -> Iterator[Page]:
    with sync_playwright() as engine:
        browser = engine.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        page = browser.new_page()
        page.route("http://itrack.test/**", answered)
        yield page
        browser.close()


def test_htmx_swaps_an_answer_and_nothing_in_it_runs(page: Page) -> None:
    complaints: list[Any] = []
    page.on("console", lambda said: complaints.append(said.text))
    page.on("pageerror", lambda error: complaints.append(error.message))
    page.goto("http://itrack.test/")

    page.click("text=Show")
    page.wait_for_selector("text=And more")

    assert page.evaluate("window.ran") is None
    assert page.locator("iframe, script:not(head script)").count() == 0
    # htmx remembers which address it was at, and must remember nothing of what stood there.
    kept = page.evaluate("({...localStorage, ...sessionStorage})")
    assert kept in ({}, {"htmx-current-path-for-history": "/"})
    assert complaints == []


@pytest.mark.parametrize(
    "attempt",
    [
        "document.body.innerHTML = '<b>x</b>'",
        "document.body.insertAdjacentHTML('beforeend', '<b>x</b>')",
        "new DOMParser().parseFromString('<b>x</b>', 'text/html')",
        "document.createElement('script').text = 'x'",
        "trustedTypes.createPolicy('itrack', { createHTML: (text) => text })",
        "Document.parseHTMLUnsafe = (text) => text; Document.parseHTMLUnsafe('x').body.id",
    ],
)
def test_no_other_way_makes_nodes_of_text(page: Page, attempt: str) -> None:
    page.goto("http://itrack.test/")
    page.wait_for_function("window.htmx")

    with pytest.raises(Error, match=r"Trusted|Policy|read only"):
        page.evaluate(f"() => {{ 'use strict'; {attempt} }}")
