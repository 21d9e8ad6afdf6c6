"""The page around every page: it must stand for a member of staff, for a stranger, and when nothing else does."""

import re
from types import SimpleNamespace

import pytest
from django.template import Context, Template
from django.template.loader import get_template
from django.test import RequestFactory

from itrack.ui import samples
from itrack.ui.parts import Link

ERRORS = ("400", "403", "403_csrf", "404", "405", "409", "413", "500", "ui/refused")
PAGE = Template('{% extends "ui/shell.html" %}{% block title %}Roll{% endblock %}{% block heading %}Roll{% endblock %}')


def hana() -> dict[str, object]:
    return {
        "viewer": SimpleNamespace(name="Hana <Head>", job_title="", school_name="Oakfield Primary School"),
        "operator": {"name": "Example Education Ltd"},
        "tabs": [Link("Pupils", "/pupils/", current=True), Link("Mark", "/mark/")],
        "when": "2026/27, Autumn 2",
        "csrf_token": "token",
        "csp_nonce": "n0nce",
    }


def test_a_member_of_staff_sees_the_school_the_tabs_and_the_way_out() -> None:
    html = PAGE.render(Context(hana()))

    assert "<title>Roll · iTRACK</title>" in html
    assert "Oakfield Primary School <span>2026/27, Autumn 2</span>" in html
    assert "Hana &lt;Head&gt;" in html
    assert '<a href="/pupils/" aria-current="page">Pupils</a><a href="/mark/">Mark</a>' in html
    assert re.search(
        r'<form class="me"[^>]* method="post" action="[^"]+"><input type="hidden" name="csrfmiddlewaretoken"', html
    )


def test_a_stranger_sees_who_runs_the_service_and_no_tabs() -> None:
    html = PAGE.render(Context({"operator": {"name": "Example Education Ltd"}, "csp_nonce": "n0nce"}))

    assert '<p class="school">Example Education Ltd</p>' in html
    assert "<nav" not in html
    assert "Sign out" not in html


def test_every_script_carries_the_nonce_and_none_comes_from_elsewhere() -> None:
    html = PAGE.render(Context(hana()))

    scripts = re.findall(r"<script[^>]*>", html)
    addresses = re.findall(r'<(?:script|link)[^>]*(?:src|href)="([^"]+)"', html)
    assert len(scripts) == 4
    assert all('nonce="n0nce"' in script for script in scripts)
    assert all(address.startswith("/static/") for address in addresses)
    assert "style=" not in html


def test_the_gate_for_trusted_types_stands_before_htmx() -> None:
    html = PAGE.render(Context(hana()))

    assert html.index("ui/trusted.js") < html.index("htmx-2.min.js")


def test_theme_and_density_are_hooks_on_the_page() -> None:
    html = PAGE.render(Context({**hana(), "theme": "dark", "density": "compact"}))

    assert '<html lang="en-GB" data-theme="dark" data-density="compact">' in html


@pytest.mark.parametrize("name", ERRORS)
def test_an_error_page_stands_without_any_context(name: str) -> None:
    html = get_template(f"{name}.html").render()

    assert html.count("<h1>") == 1
    assert "<script" not in html
    assert re.search(r"(?i)\b(?:invalid|failed|please|oops)\b|!(?!doctype)", re.sub(r"<!--.*?-->", "", html)) is None


def test_a_refusal_says_its_own_sentence() -> None:
    html = get_template("ui/refused.html").render({"sentence": "Olu is applying this file already."})

    assert "Olu is applying this file already." in html


def test_the_gallery_shows_every_tag_there_is() -> None:
    from itrack.ui.templatetags.ui import register

    source = get_template("ui/gallery.html").template.source  # type: ignore[attr-defined]
    html = get_template("ui/gallery.html").render({**hana(), **samples.everything()}, RequestFactory().get("/ui/"))

    tags = [name for name in register.tags if not name.startswith("end")]
    assert [name for name in tags if not re.search(r"{% " + name + r"\b", source)] == []
    assert "&lt;p&gt;" not in html
    ids = re.findall(r' id="([^"]+)"', html)
    assert sorted(ids) == sorted(set(ids))
