"""Shares over time as lines, each with its name at its end and marks of a shape of its own.

A point at which many were not counted has an open mark. Names that would stand upon one another are moved apart.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import groupby

from django.utils.html import format_html
from django.utils.safestring import SafeString

from itrack.ui import words
from itrack.ui.drawings.svg import frame, key_of, lines_of, together

LEFT, RIGHT, TOP, LOWEST = 48, 388, 14, 270
AXIS_MARKS = (0, 25, 50, 75, 100)
STYLES, NAME_SIGNS, NAME_GAP, NAMES_AT = 8, 12, 23, 424
ROOM_FOR_A_NAME, ROOM_ON_A_PHONE = 40, 64
SHAPES = (
    "M-4.5 0a4.5 4.5 0 1 0 9 0a4.5 4.5 0 1 0 -9 0Z",
    "M-4 -4H4V4H-4Z",
    "M0 -5.5L5 4H-5Z",
    "M0 -6L6 0L0 6L-6 0Z",
    "M0 5.5L5 -4H-5Z",
)


@dataclass(frozen=True, slots=True)
class Series:
    """One line: a share at each point or None, and at which points many were not counted. `strong` is drawn heavier."""

    name: str
    shares: Sequence[Fraction | None]
    partly: Sequence[bool]
    strong: bool = False


def line_chart(series: Sequence[Series], points: Sequence[tuple[str, str]], *, title: str) -> SafeString:
    """`points` are (name, name of its year). Every series has a share or None for each."""
    foot = max(LOWEST, TOP + NAME_GAP * len(series))
    across = [_across(i, len(points)) for i in range(len(points))]
    body = together(
        [
            _levels(foot),
            _years(points, across, foot),
            *(_line(one, i, across, foot) for i, one in enumerate(series)),
            *_names(series, across, foot),
        ]
    )
    described = [*(_sentence(one, points) for one in series), "The same figures are in the table."]
    return frame(
        body,
        key=key_of(title, series, points),
        title=title,
        describe=" ".join(described),
        height=foot + 56,
        css="line-chart",
    )


def _across(place: int, points: int) -> int:
    return (LEFT + RIGHT) // 2 if points < 2 else LEFT + 12 + (RIGHT - LEFT - 24) * place // (points - 1)


def height_of(share: Fraction, foot: int) -> int:
    """How far down a share stands: nought at the foot, the whole at the top."""
    return foot - round((foot - TOP) * share)


def _levels(foot: int) -> SafeString:
    return together(_level(mark, height_of(Fraction(mark, 100), foot)) for mark in AXIS_MARKS)


def _level(mark: int, y: int) -> SafeString:
    return format_html(
        '<line class="axis" x1="{}" x2="{}" y1="{y}" y2="{y}"/>'
        '<text class="tick" x="{}" y="{}" text-anchor="end">{}%</text>',
        *(LEFT, RIGHT, LEFT - 6, y + 5, mark),
        y=y,
    )


def _years(points: Sequence[tuple[str, str]], across: Sequence[int], foot: int) -> SafeString:
    """Names of points where there is room for them, and under them their years, with a line between two years."""
    near = len(points) > 1 and across[1] - across[0] < ROOM_FOR_A_NAME
    names = () if near else zip(across, (name for name, _ in points), strict=True)
    css = "tick close" if len(points) > 1 and across[1] - across[0] < ROOM_ON_A_PHONE else "tick"
    pieces = [_tick(x, foot + 20, name, css) for x, name in names]
    place = 0
    for year, held in groupby(year for _, year in points):
        n = len(list(held))
        pieces.append(_tick((across[place] + across[place + n - 1]) // 2, foot + (22 if near else 44), year))
        if place:
            between = (across[place - 1] + across[place]) // 2
            line = '<line class="year" x1="{x}" x2="{x}" y1="{}" y2="{}"/>'
            pieces.append(format_html(line, TOP, foot, x=between))
        place += n
    return together(pieces)


def _tick(x: int, y: int, name: str, css: str = "tick") -> SafeString:
    return format_html('<text class="{}" x="{}" y="{}" text-anchor="middle">{}</text>', css, x, y, name)


def _line(one: Series, place: int, across: Sequence[int], foot: int) -> SafeString:
    spots = [(x, height_of(share, foot), open_) for x, share, open_ in _told(one, across)]
    path = "L".join(f"{x} {y}" for x, y, _ in spots) or "0 0"
    css = f"series l{place % STYLES}{' strong' if one.strong else ''}"
    drawn = format_html('<path class="{}" d="M{}"/>', css, path)
    return drawn + together(_mark(place, x, y, partly=open_) for x, y, open_ in spots)


def _told(one: Series, across: Sequence[int]) -> list[tuple[int, Fraction, bool]]:
    """Where it has a share. A point without one is passed over by the line."""
    told = zip(across, one.shares, one.partly, strict=True)
    return [(x, share, partly) for x, share, partly in told if share is not None]


def _mark(place: int, x: int, y: int, *, partly: bool = False) -> SafeString:
    shape = SHAPES[place % len(SHAPES)]
    css = f"mark l{place % STYLES}{' partly' if partly else ''}"
    return format_html('<path class="{}" d="{}" transform="translate({},{})"/>', css, shape, x, y)


def _names(series: Sequence[Series], across: Sequence[int], foot: int) -> list[SafeString]:
    """Each line's name beside its end, with its mark and a fine line that leads there."""
    ends = {i: told[-1] for i, one in enumerate(series) if (told := _told(one, across))}
    heights = {i: height_of(share, foot) for i, (_, share, _) in ends.items()}
    placed = moved_apart(heights, foot)
    return [_name(series[i], i, (ends[i][0], heights[i]), placed[i]) for i in ends]


def _name(one: Series, place: int, end: tuple[int, int], y: int) -> SafeString:
    [share] = [share for share in one.shares if share is not None][-1:]
    lead = format_html('<path class="lead" d="M{} {}L{} {}"/>', end[0] + 8, end[1], NAMES_AT - 14, y)
    said = f"{''.join(lines_of(one.name, NAME_SIGNS, 1))} {words.percent(share.numerator, share.denominator)}"
    name = format_html('<text class="label" x="{}" y="{}">{}</text>', NAMES_AT + 4, y + 5, said)
    return lead + _mark(place, NAMES_AT - 6, y) + name


def moved_apart(heights: dict[int, int], foot: int) -> dict[int, int]:
    """The heights of the names: in the order of the lines' ends, at least NAME_GAP apart, none below the foot."""
    placed: dict[int, int] = {}
    above = TOP - NAME_GAP
    for i in sorted(heights, key=lambda i: (heights[i], i)):
        above = placed[i] = max(heights[i], above + NAME_GAP)
    below = foot + NAME_GAP
    for i in sorted(placed, key=lambda i: placed[i], reverse=True):
        below = placed[i] = min(placed[i], below - NAME_GAP)
    return placed


def _sentence(one: Series, points: Sequence[tuple[str, str]]) -> str:
    told = [
        f"{name}, {year}, {words.percent(share.numerator, share.denominator)}"
        for (name, year), share in zip(points, one.shares, strict=True)
        if share is not None
    ]
    return f"{one.name}: {'; '.join(told)}." if told else f"{one.name}: nobody counted."
