"""Our drawings on paper. A page colours them by class; a PDF has no style sheet, so the same rules go into the SVG.

Nothing is said twice: `charts.css` is read, its colours are looked up in `tokens.css`, the light ones, and what a
typesetter does not know (`:is()`, `var()`, layers) is written out.
"""

import re
from collections.abc import Iterator, Sequence
from functools import cache
from html import unescape
from pathlib import Path

from django.utils.html import strip_tags

from itrack.ui.pdf.blocks import Drawing

STYLES = Path(__file__).parents[1] / "static" / "ui"
FONT = '"Source Sans Pro"'
TOKEN = re.compile(r"--([\w-]+):\s*(?:light-dark\(\s*([^,)]+),[^)]*\)|([^;]+));")
RULE = re.compile(r"([^{}]+)\{([^{}]*)\}")
GIVEN = re.compile(r"--([\w-]+):\s*([^;]+)")
USED = re.compile(r"var\(--([\w-]+)\)")
EITHER = re.compile(r":is\(([^()]*)\)")
SHORT_FONT = re.compile(r"font:\s*(\d+)\s+([\d.]+px)/[\d.]+\s+[^;]+;")
TITLE, DESCRIPTION = (
    re.compile(r"<title[^>]*>(.*?)</title>", re.DOTALL),
    re.compile(r"<desc[^>]*>(.*?)</desc>", re.DOTALL),
)
Rules = Sequence[tuple[list[str], str]]
# Figures beside a mark have a halo on a page. A typesetter draws the halo of each letter over the letter before it, so
# on paper they stand on a plate instead, as wide as this many units a letter.
SAID = re.compile(r'<text class="said" x="([\d.]+)" y="([\d.]+)"(?: text-anchor="(\w+)")?>([^<]*)</text>')
HALO = re.compile(r"(?:paint-order|stroke|stroke-width|stroke-linejoin):[^;]*;?")
LETTER, RISE, DEEP = 6, 11, 14
OPENING = re.compile(r"<svg\b([^>]*)>")


def on_paper(svg: str, *, width: int = 150, caption: str = "", keys: tuple[tuple[str, str], ...] = ()) -> Drawing:
    """A drawing of ours as a PDF takes it; what is read aloud for it is its title and description."""
    alt = " ".join(filter(None, (_said(TITLE, svg), _said(DESCRIPTION, svg))))
    styled = OPENING.sub(
        lambda found: f'<svg xmlns="http://www.w3.org/2000/svg"{found[1]}><style>{style_sheet()}</style>',
        SAID.sub(_on_a_plate, svg),
        count=1,
    )
    return Drawing(styled, alt or caption, width, caption, keys)


def _on_a_plate(found: re.Match[str]) -> str:
    x, y, anchor, said = found.groups()
    wide = LETTER * len(unescape(said))
    left = float(x) - {"end": wide, "middle": wide / 2}.get(anchor or "", 0)
    plate = f'<rect x="{left:g}" y="{float(y) - RISE:g}" width="{wide}" height="{DEEP}" fill="#ffffff"/>'
    return f"{plate}{found[0]}"


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
    body = RULE.findall(rules[rules.index("{") + 1 : rules.rindex("}")])
    told = [(_plain(selector), _told(declared, tokens)) for selector, declared in body]
    return "".join(f"{','.join(selectors)}{{{declared}}}" for selectors, declared in [*told, *_own_colours(told)])


def _own_colours(told: Rules) -> Iterator[tuple[list[str], str]]:
    """A class that gives a colour a name (`.l1 { --s: … }`) written out where that name is used (`.series`)."""
    given = [(one, *found) for selectors, said in told for one in selectors for found in GIVEN.findall(said)]
    for selectors, declared in told:
        for part in declared.split(";"):
            for name in USED.findall(part):
                yield from (
                    ([f"{one}{by.split()[-1]}" for one in selectors], part.replace(f"var(--{name})", value.strip()))
                    for by, called, value in given
                    if called == name
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
    declared = HALO.sub("", declared) if "paint-order" in declared else declared
    said = SHORT_FONT.sub(rf"font-weight: \1; font-size: \2; font-family: {FONT};", declared)
    return USED.sub(lambda found: tokens.get(found[1], found[0]), said).strip().replace("\n", " ")
