"""The stylesheets hold together without a build: no import chains, nothing from elsewhere, one truth about colours."""

import re
from pathlib import Path

import itrack.ui.apps

FOLDER = Path(itrack.ui.apps.__file__).parent / "static/ui"
SHEETS = {sheet.name: sheet.read_text(encoding="utf-8") for sheet in FOLDER.glob("*.css")}


def test_older_browsers_get_the_same_colours() -> None:
    pairs = re.findall(r"(--[\w-]+): light-dark\((#\w+), (#\w+)\);", SHEETS["tokens.css"])

    blocks = re.findall(r"{\s*((?:--[\w-]+: #\w+;\s*)+)}", SHEETS["tokens-older.css"])
    light, dark, dark_by_choice = (re.findall(r"(--[\w-]+): (#\w+);", block) for block in blocks)

    assert len(pairs) > 30
    assert light == [(name, value) for name, value, _ in pairs]
    assert dark == dark_by_choice == [(name, value) for name, _, value in pairs]


def test_the_dark_differs_in_colours_alone() -> None:
    """So a page looked at in the light needs only its colours looked at in the dark."""
    modern = {name: sheet for name, sheet in SHEETS.items() if name not in ("tokens-older.css", "print.css")}

    said = re.findall(r"[^;{}]*(?:data-theme|prefers-color-scheme|color-scheme)[^;{}]*", "".join(modern.values()))
    older = re.sub(r"/\*.*?\*/", "", SHEETS["tokens-older.css"], flags=re.DOTALL)

    assert [one.strip() for one in said] == [
        "color-scheme: light dark",
        '[data-theme="light"]',
        "color-scheme: light",
        '[data-theme="dark"]',
        "color-scheme: dark",
    ]
    assert set(re.findall(r"([\w-]+):\s*[^;{}]+;", older)) == set(re.findall(r"(--[\w-]+): #", older))


def test_sheets_fetch_nothing_and_overrule_nothing() -> None:
    for name, sheet in SHEETS.items():
        assert "@import" not in sheet, name
        assert "url(" not in sheet, name
        assert "!important" not in sheet, name


def test_every_name_a_sheet_uses_is_set_somewhere() -> None:
    everything = "\n".join(SHEETS.values())

    used = set(re.findall(r"var\((--[\w-]+)", everything))
    given = set(re.findall(r"(--[\w-]+):", everything))

    assert used - given == set()


def test_every_sheet_is_linked() -> None:
    linked = (FOLDER.parents[1] / "templates/ui/styles.html").read_text(encoding="utf-8")

    assert {name for name in SHEETS if name not in linked} == {"gallery.css"}


def test_no_file_grows_past_what_can_be_read_at_once() -> None:
    assert {name: len(sheet.splitlines()) for name, sheet in SHEETS.items() if len(sheet.splitlines()) > 300} == {}
