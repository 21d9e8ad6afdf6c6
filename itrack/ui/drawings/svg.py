"""What all drawings share: the frame with title and description, words on lines, pieces put together.

Lengths are whole units of a drawing 580 wide. A phone shows it at about 0.6, so labels are set larger there.
"""

from collections.abc import Iterable, Sequence
from hashlib import blake2s
from textwrap import shorten, wrap

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

WIDTH = 580
LINE = 19


def key_of(*figures: object) -> str:
    """An id for a drawing, the same for the same figures."""
    return f"d{blake2s(repr(figures).encode(), digest_size=4).hexdigest()}"


def frame(
    body: SafeString, *, key: str, title: str, describe: str, height: int, linked: bool = False, css: str = ""
) -> SafeString:
    """The drawing itself. With links in it it is a group of pictures, else one picture."""
    return format_html(
        '<svg class="chart {}" viewBox="0 0 {} {}" role="{}" aria-labelledby="{id}-t {id}-d">'
        '<title id="{id}-t">{}</title><desc id="{id}-d">{}</desc>{}</svg>',
        *(css, WIDTH, height, "group" if linked else "img", title, describe, body),
        id=key,
    )


def together(pieces: Iterable[SafeString]) -> SafeString:
    return format_html_join("", "{}", ((piece,) for piece in pieces))


def lines_of(words: str, most: int, lines: int = 2) -> list[str]:
    """Words on lines of at most so many signs; what does not fit is left out, the table has it whole."""
    found = wrap(words, most)
    if len(found) <= lines:
        return found
    return [*found[: lines - 1], shorten(" ".join(found[lines - 1 :]), most, placeholder="…")]


def text(lines: Sequence[str], x: int, middle: int, *, css: str, anchor: str = "start") -> SafeString:
    """Lines of text about a height."""
    first = middle - LINE * (len(lines) - 1) // 2 + 5
    return format_html_join(
        "",
        '<text class="{}" x="{}" y="{}" text-anchor="{}">{}</text>',
        ((css, x, first + LINE * i, anchor, line) for i, line in enumerate(lines)),
    )
