"""A grid whose cells are shaded by how many are in them, told by number, by shade and by a mark for the way.

Where rows and columns are the same steps, those who are in the same step have a heavy outline, those in a higher
one a triangle that points up, those in a lower one a triangle that points down. The shade is one colour in steps of
lightness.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.html import format_html
from django.utils.safestring import SafeString

from itrack.ui import words
from itrack.ui.drawings.svg import WIDTH, frame, key_of, lines_of, text, together

LEFT, HEAD, CELL, FOOT = 148, 74, 76, 8
SHADES = 5
TRIANGLES = {"up": "-12,14 -2,14 -7,5", "down": "-12,5 -2,5 -7,14"}
ROW_SIGNS, COLUMN_SIGNS = 13, 10
WAY_WORDS = {"up": "higher", "down": "lower", "same": "the same"}


@dataclass(frozen=True, slots=True)
class Cell:
    """`n` of the `of` of its row, None where held back. `way` is up, same, down or ""; `url` leads to the names."""

    n: int | None
    of: int
    spoken: str
    way: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """A row of the grid."""

    label: str
    cells: Sequence[Cell]


def heat_grid(lines: Sequence[Line], columns: Sequence[str], *, title: str, down: str, across: str) -> SafeString:
    """`down` and `across` say what rows and columns are."""
    most = max((cell.n or 0 for line in lines for cell in line.cells), default=0)
    wide = (WIDTH - LEFT - 4) // max(len(columns), 1)
    body = together(
        [_corner(down, across), *(_head(name, LEFT + wide * i, wide) for i, name in enumerate(columns))]
        + [_line(line, HEAD + CELL * i, wide, most) for i, line in enumerate(lines)]
    )
    return frame(
        body,
        key=key_of(title, lines, columns),
        title=title,
        describe=" ".join([*(_sentence(line, columns) for line in lines), "The same figures are in the table."]),
        height=HEAD + CELL * len(lines) + FOOT,
        linked=any(cell.url for line in lines for cell in line.cells),
        css="heat-grid",
    )


def _corner(down: str, across: str) -> SafeString:
    return text([f"{across} →"], LEFT, 10, css="tick") + text([*lines_of(down, 17), "↓"], 0, HEAD - 32, css="tick")


def _head(name: str, left: int, wide: int) -> SafeString:
    return text(lines_of(name, COLUMN_SIGNS), left + wide // 2, HEAD - 26, css="label", anchor="middle")


def _line(line: Line, top: int, wide: int, most: int) -> SafeString:
    label = text(lines_of(line.label, ROW_SIGNS), 0, top + CELL // 2 - 3, css="label")
    return label + together(_cell(cell, (LEFT + wide * i, top), wide, most) for i, cell in enumerate(line.cells))


def _cell(cell: Cell, at: tuple[int, int], wide: int, most: int) -> SafeString:
    drawn = _drawn(cell, at, wide, shade_of(cell.n or 0, most))
    if not cell.url or not cell.n:
        return drawn
    said = f"{cell.spoken}: {words.count_of(cell.n, 'pupil')}"
    return format_html('<a href="{}" aria-label="{}">{}</a>', cell.url, said, drawn)


def shade_of(n: int, most: int) -> int:
    """The step of the shade, 0 for nobody and SHADES for the fullest cell. Its square grows as the number does, so that
    a few are told from none and from some beside one cell that holds nearly all."""
    return next(step for step in range(SHADES + 1) if step * step * most >= SHADES * SHADES * n)


def _drawn(cell: Cell, at: tuple[int, int], wide: int, shade: int) -> SafeString:
    left, top = at
    middle = left + (wide - 4) // 2
    rect = '<rect class="heat h{}" x="{}" y="{}" width="{}" height="{}"/>'
    pieces = [format_html(rect, shade, left, top, wide - 4, CELL - 4)]
    if cell.way == "same":
        pieces.append(format_html(DIAGONAL, left + 2, top + 2, wide - 8, CELL - 8))
    if cell.way in TRIANGLES and cell.n:
        place = f"translate({left + wide - 4},{top})"
        pieces.append(format_html(WAY, shade, TRIANGLES[cell.way], place))
    pieces.append(format_html(NUMBER, shade, middle, top + 40, "·" if cell.n is None else words.figure(cell.n)))
    if cell.n:
        pieces.append(format_html(SHARE, shade, middle, top + 60, words.percent(cell.n, cell.of)))
    return together(pieces)


DIAGONAL = '<rect class="diagonal" x="{}" y="{}" width="{}" height="{}"/>'
WAY = '<polygon class="way on-h{}" points="{}" transform="{}"/>'
NUMBER = '<text class="n on-h{}" x="{}" y="{}" text-anchor="middle">{}</text>'
SHARE = '<text class="share on-h{}" x="{}" y="{}" text-anchor="middle">{}</text>'


def _sentence(line: Line, columns: Sequence[str]) -> str:
    told = zip(columns, line.cells, strict=True)
    return f"{line.label}: {', '.join(_said(name, cell) for name, cell in told)}."


def _said(column: str, cell: Cell) -> str:
    n = "held back" if cell.n is None else words.figure(cell.n)
    way = f" ({WAY_WORDS[cell.way]})" if cell.way and cell.n else ""
    return f"{column[:1].lower()}{column[1:]} {n}{way}"
