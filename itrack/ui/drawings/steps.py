"""One pupil's bands over time: a lane a band, a line of points a subject, all over the same points in time.

band_steps([Steps("Reading", ("b", "w", None, "e"))], points=["Y3 Aut 1", …], bands=BANDS, title="…")
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from hashlib import blake2s

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from itrack.ui.parts import BandLike

LEFT, RIGHT, LANE, GAP, TOP = 150, 700, 14, 22, 10
MOST_TICKS = 7


@dataclass(frozen=True, slots=True)
class Steps:
    """A subject with the css of its band at each point; None where there was no mark of a band."""

    label: str
    marks: Sequence[str | None]


def band_steps(rows: Sequence[Steps], *, points: Sequence[str], bands: Sequence[BandLike], title: str) -> SafeString:
    """`bands` from the lowest to the highest. A line joins two marks only where no point lies between them."""
    chart = f"s{blake2s(repr((title, rows, points)).encode(), digest_size=4).hexdigest()}"
    foot = TOP + len(rows) * _height(bands)
    drawn = [_row(row, TOP + i * _height(bands), points, bands) for i, row in enumerate(rows)]
    told = " ".join(_sentence(row, points, bands) for row in rows)
    return format_html(
        '<svg class="chart steps" viewBox="0 0 720 {}" role="img" aria-labelledby="{id}-t {id}-d">'
        '<title id="{id}-t">{}</title><desc id="{id}-d">{}</desc>{}{}</svg>',
        *(foot + 20, title, told, format_html_join("", "{}", ((one,) for one in drawn)), _ticks(points, foot + 12)),
        id=chart,
    )


def _height(bands: Sequence[BandLike]) -> int:
    return LANE * (len(bands) - 1) + GAP


def _across(at: int, points: Sequence[str]) -> int:
    return LEFT + 40 + (RIGHT - LEFT - 60) * at // max(len(points) - 1, 1)


def _row(row: Steps, top: int, points: Sequence[str], bands: Sequence[BandLike]) -> SafeString:
    lanes = {band.css: top + LANE * (len(bands) - 1 - i) + 6 for i, band in enumerate(bands)}
    marks = [(_across(at, points), lanes[css], css) if css in lanes else None for at, css in enumerate(row.marks)]
    letters = {band.css: band.letter for band in bands}
    return format_html(
        '<text class="label" x="0" y="{}">{}</text>{}{}{}',
        *(top + LANE * (len(bands) - 1) // 2 + 10, _short(row.label)),
        _lanes(lanes, letters),
        format_html_join("", '<path class="path" d="{}"/>', ((line,) for line in _lines(marks))),
        format_html_join(
            "",
            '<circle class="pt fill-{}" cx="{}" cy="{}" r="4.5"/>',
            ((css, x, y) for x, y, css in filter(None, marks)),
        ),
    )


def _lanes(lanes: dict[str, int], letters: dict[str, str]) -> SafeString:
    return format_html_join(
        "",
        '<line class="lane" x1="{}" y1="{}" x2="{}" y2="{}"/><text class="tick of-lane" x="{}" y="{}">{}</text>',
        ((LEFT + 16, y, RIGHT, y, LEFT, y + 4, letters[css]) for css, y in lanes.items()),
    )


def _lines(marks: Sequence[tuple[int, int, str] | None]) -> Iterator[str]:
    """The runs of marks without a gap, each as a path."""
    run: list[str] = []
    for mark in (*marks, None):
        if mark is not None:
            run.append(f"{mark[0]} {mark[1]}")
        elif run:
            yield "M" + " L".join(run)
            run = []


def _ticks(points: Sequence[str], y: int) -> SafeString:
    """Every point's name, or as many as there is room for, the last always."""
    every = -(-len(points) // MOST_TICKS) if points else 1
    shown = [at for at in range(len(points)) if (len(points) - 1 - at) % every == 0]
    return format_html_join(
        "",
        '<text class="tick" x="{}" y="{}" text-anchor="middle">{}</text>',
        ((_across(at, points), y, points[at]) for at in shown),
    )


def _short(label: str) -> str:
    return label if len(label) <= 20 else f"{label[:19]}…"


def _sentence(row: Steps, points: Sequence[str], bands: Sequence[BandLike]) -> str:
    names = {band.css: band.name for band in bands}
    told = [f"{point} {names[css]}" for point, css in zip(points, row.marks, strict=True) if css in names]
    return f"{row.label}: {'; '.join(told) or 'no mark of a band'}."
