"""Two scores of each of many, a mark for each; a line on either scale divides the field in four.

Groups are told by the shape of the mark as well as its colour, and named under the field. Several in one place are one
larger mark.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from django.utils.html import format_html
from django.utils.safestring import SafeString

from itrack.ui import words
from itrack.ui.drawings.lines import SHAPES, STYLES
from itrack.ui.drawings.svg import WIDTH, frame, key_of, lines_of, text, together

LEFT, RIGHT, TOP, FOOT = 64, 560, 40, 400
KEY_ROW, KEY_COLUMN = 26, 2
TITLE_SIGNS = 44


@dataclass(frozen=True, slots=True)
class Measure:
    """One axis: its marks as (score, as written), the first and last its ends, and where it is divided."""

    title: str
    line: Fraction
    line_words: str
    marks: Sequence[tuple[Fraction, str]]

    def along(self, score: Fraction, start: int, end: int) -> int:
        low, high = self.marks[0][0], self.marks[-1][0]
        return start + round((end - start) * (score - low) / (high - low))


@dataclass(frozen=True, slots=True)
class Spot:
    """One mark: its two scores and the place of its group."""

    across: Fraction
    up: Fraction
    group: int = 0


def scatter(spots: Sequence[Spot], across: Measure, up: Measure, groups: Sequence[str], *, title: str) -> SafeString:
    """`groups` are the names of the shapes, empty where there is one."""
    body = together(
        [
            _across(across),
            _up(up),
            _divided(across, up),
            *(_mark(spot, n, across, up) for spot, n in Counter(spots).items()),
            *(_key(name, i) for i, name in enumerate(groups)),
        ]
    )
    rows = -(-len(groups) // KEY_COLUMN)
    return frame(
        body,
        key=key_of(title, spots, across, up),
        title=title,
        describe=_sentence(spots, across, up),
        height=FOOT + 62 + KEY_ROW * rows,
        css="scatter",
    )


def _across(of: Measure) -> SafeString:
    pieces = [text(lines_of(f"{of.title} →", TITLE_SIGNS, 1), RIGHT, FOOT + 42, css="label", anchor="end")]
    for score, said in of.marks:
        x = of.along(score, LEFT, RIGHT)
        pieces.append(format_html('<line class="axis" x1="{x}" x2="{x}" y1="{}" y2="{}"/>', TOP, FOOT, x=x))
        pieces.append(text([said], x, FOOT + 15, css="tick", anchor="middle"))
    return together(pieces)


def _up(of: Measure) -> SafeString:
    pieces = [text(lines_of(f"↑ {of.title}", TITLE_SIGNS, 1), 0, 14, css="label")]
    for score, said in of.marks:
        y = of.along(score, FOOT, TOP)
        pieces.append(format_html('<line class="axis" x1="{}" x2="{}" y1="{y}" y2="{y}"/>', LEFT, RIGHT, y=y))
        pieces.append(text([said], LEFT - 8, y, css="tick", anchor="end"))
    return together(pieces)


def _divided(across: Measure, up: Measure) -> SafeString:
    x, y = across.along(across.line, LEFT, RIGHT), up.along(up.line, FOOT, TOP)
    return format_html(
        '<path class="divide" d="M{x} {}V{}M{} {y}H{}"/>',
        *(TOP, FOOT, LEFT, RIGHT),
        x=x,
        y=y,
    )


def _mark(spot: Spot, n: int, across: Measure, up: Measure) -> SafeString:
    x, y = across.along(spot.across, LEFT, RIGHT), up.along(spot.up, FOOT, TOP)
    return _shape(spot.group, x, y, n)


def _shape(group: int, x: int, y: int, n: int = 1) -> SafeString:
    """Of several in one place the mark has so many times the area, four times at most."""
    shape, css = SHAPES[group % len(SHAPES)], f"spot l{group % STYLES}"
    size = round(min(n, 4) ** 0.5, 2)
    place = f"translate({x},{y})" + (f" scale({size:g})" if n > 1 else "")
    return format_html('<path class="{}" d="{}" transform="{}"/>', css, shape, place)


def _key(name: str, place: int) -> SafeString:
    x, y = 12 + (WIDTH // KEY_COLUMN) * (place % KEY_COLUMN), FOOT + 74 + KEY_ROW * (place // KEY_COLUMN)
    return _shape(place, x, y) + text([name], x + 14, y, css="label")


def _sentence(spots: Sequence[Spot], across: Measure, up: Measure) -> str:
    corners = [(right, high) for right in (True, False) for high in (True, False)]
    held = [(spot.across >= across.line, spot.up >= up.line) for spot in spots]
    said = "; ".join(
        f"{_side(right)} {across.line_words} across and {_side(high)} {up.line_words} up, {held.count((right, high))}"
        for right, high in corners
    )
    return f"{words.count_of(len(spots), 'pupil')}: {said}. Across: {across.title}. Up: {up.title}."


def _side(above: bool) -> str:
    return "at or above" if above else "below"
