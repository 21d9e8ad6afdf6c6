"""Our drawings on paper. A page colours them by class; a PDF has no style sheet, so the same rules go into the SVG.

Nothing is said twice: `charts.css` is read, its colours are looked up in `tokens.css`, the light ones, and what a
typesetter does not know (`:is()`, `var()`, layers) is written out.
"""

import re
from functools import cache
from html import unescape
from pathlib import Path

from django.utils.html import strip_tags

from itrack.ui.pdf.blocks import Drawing

STYLES = Path(__file__).parents[1] / "static" / "ui"
FONT = '"Source Sans Pro"'
TOKEN = re.compile(r"--([\w-]+):\s*(?:light-dark\(\s*([^,)]+),[^)]*\)|([^;]+));")
RULE = re.compile(r"([^{}]+)\{([^{}]*)\}")
USED = re.compile(r"var\(--([\w-]+)\)")
EITHER = re.compile(r":is\(([^()]*)\)")
SHORT_FONT = re.compile(r"font:\s*(\d+)\s+([\d.]+px)/[\d.]+\s+[^;]+;")
TITLE, DESCRIPTION = (
    re.compile(r"<title[^>]*>(.*?)</title>", re.DOTALL),
    re.compile(r"<desc[^>]*>(.*?)</desc>", re.DOTALL),
)
OPENING = re.compile(r"<svg\b([^>]*)>")


def on_paper(svg: str, *, width: int = 150, caption: str = "", keys: tuple[tuple[str, str], ...] = ()) -> Drawing:
    """A drawing of ours as a PDF takes it; what is read aloud for it is its title and description."""
    alt = " ".join(filter(None, (_said(TITLE, svg), _said(DESCRIPTION, svg))))
    styled = OPENING.sub(
        lambda found: f'<svg xmlns="http://www.w3.org/2000/svg"{found[1]}><style>{style_sheet()}</style>', svg, count=1
    )
    return Drawing(styled, alt or caption, width, caption, keys)


def _said(what: re.Pattern[str], svg: str) -> str:
    found = what.search(svg)
    return unescape(strip_tags(found[1])).strip() if found else ""


@cache
def style_sheet() -> str:
    """The rules for drawings with plain selectors and colours."""
    tokens = {name: (light or plain).strip() for name, light, plain in TOKEN.findall(_read("tokens.css"))}
    tokens |= {"sans": FONT, "paper": "#ffffff"}
    rules = re.sub(r"/\*.*?\*/", "", _read("charts.css"), flags=re.DOTALL)
    rules = re.sub(r"@media[^{]*\{(?:[^{}]*\{[^{}]*\})*[^{}]*\}", "", rules)
    body = rules[rules.index("{") + 1 : rules.rindex("}")]
    return "".join(
        f"{','.join(_plain(selector))}{{{_told(declared, tokens)}}}" for selector, declared in RULE.findall(body)
    )


def _read(name: str) -> str:
    return (STYLES / name).read_text()


def _plain(selector: str) -> list[str]:
    """The selector without :is(), as many as it takes: ".chart :is(.a, .b)" → ".chart .a", ".chart .b"."""
    found = EITHER.search(selector)
    if found is None:
        return [part.strip() for part in selector.split(",")]
    return [
        one
        for either in found[1].split(",")
        for one in _plain(selector[: found.start()] + either.strip() + selector[found.end() :])
    ]


def _told(declared: str, tokens: dict[str, str]) -> str:
    said = SHORT_FONT.sub(rf"font-weight: \1; font-size: \2; font-family: {FONT};", declared)
    return USED.sub(lambda found: tokens.get(found[1], "inherit"), said).strip().replace("\n", " ")
