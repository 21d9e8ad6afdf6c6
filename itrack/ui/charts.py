"""Drawings made on the server as SVG: geometry as attributes, colour by class, so no style attribute is ever needed.

    stacked_bars([Row("Reading", (Share(below, 5), Share(expected, 53)))], title="Year 4: share of pupils by subject")

Lengths are whole tenths of a drawing unit: a bar's parts then add up to the bar exactly, whatever the counts.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from hashlib import blake2s
from itertools import accumulate
from textwrap import shorten, wrap

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from itrack.ui import words
from itrack.ui.parts import BandLike

RIGHT = 5720
TOP, BAR, PITCH = 80, 300, 440
# A phone sets labels larger than a wide screen does; the room is reckoned for the phone.
NARROWEST_LABELS, WIDEST_LABELS, CHARACTER, LINE_OF_LABEL = 700, 2000, 100, 18
PLATE_ROOM, PLATE_CHARACTER, LETTER_PLATE = 132, 72, 132
AXIS_MARKS = (0, 25, 50, 75, 100)
PATTERNS = {
    "b": SafeString(
        '<pattern id="{}-b" width="7" height="7" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">'
        '<line class="line-b" x1="0" y1="0" x2="0" y2="7"/></pattern>'
    ),
    "w": SafeString(
        '<pattern id="{}-w" width="8" height="8" patternUnits="userSpaceOnUse">'
        '<circle class="dot-w" cx="2" cy="2" r="1.1"/><circle class="dot-w" cx="6" cy="6" r="1.1"/></pattern>'
    ),
    "x": SafeString(
        '<pattern id="{}-x" width="6" height="6" patternUnits="userSpaceOnUse">'
        '<line class="line-x" x1="0" y1="3" x2="6" y2="3"/></pattern>'
    ),
    "f": SafeString(
        '<pattern id="{}-f" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(-45)">'
        '<line class="line-f" x1="0" y1="0" x2="0" y2="6"/></pattern>'
    ),
    "g": SafeString(
        '<pattern id="{}-g" width="5" height="5" patternUnits="userSpaceOnUse">'
        '<line class="line-g" x1="1" y1="0" x2="1" y2="5"/></pattern>'
    ),
}


@dataclass(frozen=True, slots=True)
class Share:
    """How many are in one band."""

    band: BandLike
    n: int


@dataclass(frozen=True, slots=True)
class Row:
    """One bar. `url` leads to the names behind it. `held`: it has figures that this reader is not shown."""

    label: str
    shares: tuple[Share, ...]
    url: str = ""
    held: bool = False

    @property
    def total(self) -> int:
        return sum(share.n for share in self.shares)


def stacked_bars(
    rows: Iterable[Row],
    *,
    title: str,
    describe: str = "The same figures are in the table.",
    noun: str = "pupil",
    key: str = "",
) -> SafeString:
    """Bars of equal length, one a row, each divided among the bands. Counts are never negative.

    `describe` ends the description read aloud. `key` makes the ids unique where one page holds the same drawing twice.
    """
    rows = tuple(rows)
    chart = f"c{key or blake2s(repr((title, rows)).encode(), digest_size=4).hexdigest()}"
    words_of_all = " ".join([*(_sentence(row, noun) for row in rows), describe])
    return format_html(
        '<svg class="chart" viewBox="0 0 580 {}" role="{}" aria-labelledby="{id}-t {id}-d">'
        '<title id="{id}-t">{}</title><desc id="{id}-d">{}</desc>{}</svg>',
        _tenths(PITCH * len(rows) + 260),
        "group" if any(row.url for row in rows) else "img",
        title,
        words_of_all,
        _drawing(rows, chart, noun),
        id=chart,
    )


def _drawing(rows: tuple[Row, ...], chart: str, noun: str) -> SafeString:
    left = _label_room(rows)
    bars = _together(_row(row, TOP + PITCH * i, left, chart, noun) for i, row in enumerate(rows))
    return format_html("<defs>{}</defs>{}{}", _patterns(rows, chart), _axis(left, PITCH * len(rows) + 60), bars)


def edges(counts: Sequence[int], left: int, right: int) -> list[int]:
    """Where the parts of a bar begin and end, in order: one more than there are counts, the last exactly `right`."""
    total = sum(counts)
    return [left + (right - left) * reached // total for reached in accumulate(counts, initial=0)]


def tiny_bar(part: int, whole: int, *, beside: tuple[int, int]) -> SafeString:
    """A small bar of one share with a line where the share of all stands. Its figures are in the cells beside it."""
    run, line = (1110 * of // base if base else 0 for of, base in ((part, whole), beside))
    return format_html(
        '<svg class="tiny-bar" viewBox="0 0 112 12" aria-hidden="true"><rect class="bed" x=".5" y=".5" width="111" '
        'height="11"/><rect class="run" x=".5" y=".5" width="{}" height="11"/>'
        '<line class="all" x1="{line}" x2="{line}" y1="0" y2="12"/></svg>',
        _tenths(run),
        line=_tenths(line + 5),
    )


def _row(row: Row, top: int, left: int, chart: str, noun: str) -> SafeString:
    label = _label(row, top)
    drawn = _together(_segments(row, top, left, chart)) if row.total else _nobody(row, top, left, noun)
    if not row.url:
        return label + drawn
    # Inside a drawing with links the bar itself must still be one picture with words of its own.
    bar = format_html('<g role="img" aria-label="{}">{}</g>', _sentence(row, noun), drawn)
    return format_html('<a href="{}">{}</a>{}', row.url, label, bar)


def _segments(row: Row, top: int, left: int, chart: str) -> Iterator[SafeString]:
    at = edges([share.n for share in row.shares], left, RIGHT)
    for share, start, end in zip(row.shares, at, at[1:], strict=False):
        if end > start:
            yield _segment(share, (start, end, top), chart)
            yield _plate(share, row.total, (start, end, top))


def _segment(share: Share, place: tuple[int, int, int], chart: str) -> SafeString:
    start, end, top = place
    solid = format_html(
        '<rect class="seg fill-{}" x="{}" y="{}" width="{}" height="30"/>',
        *(share.band.css, _tenths(start), _tenths(top), _tenths(end - start)),
    )
    if share.band.css not in PATTERNS or end - start <= 16:
        return solid
    return solid + format_html(
        '<rect x="{}" y="{}" width="{}" height="28.4" fill="url(#{}-{})"/>',
        *(_tenths(start + 8), _tenths(top + 8), _tenths(end - start - 16), chart, share.band.css),
    )


def _plate(share: Share, total: int, place: tuple[int, int, int]) -> SafeString:
    """What a segment says of itself: letter and share where both fit, else the letter, else nothing."""
    start, end, top = place
    said = f"{share.band.letter} {words.percent(share.n, total)}"
    room = PLATE_ROOM + PLATE_CHARACTER * (len(said) - 1)
    if room > end - start:
        said, room = share.band.letter, LETTER_PLATE
    if room > end - start:
        return SafeString("")
    middle = (start + end) // 2
    return format_html(
        '<rect class="plate fill-{css}" x="{}" y="{}" width="{}" height="18"/>'
        '<text class="on-{css}" x="{}" y="{}" text-anchor="middle">{}</text>',
        *(_tenths(middle - room // 2), _tenths(top + 60), _tenths(room), _tenths(middle), _tenths(top + 193), said),
        css=share.band.css,
    )


def _nobody(row: Row, top: int, left: int, noun: str) -> SafeString:
    return format_html(
        '<rect class="bed" x="{}" y="{}" width="{}" height="30"/><text class="none" x="{}" y="{}">{}</text>',
        *(_tenths(left), _tenths(top), _tenths(RIGHT - left), _tenths(left + 80), _tenths(top + 193)),
        _why_empty(row, noun),
    )


def _why_empty(row: Row, noun: str) -> str:
    return "held back" if row.held else f"no {words.plural(0, noun)}"


def _lines(label: str) -> list[str]:
    """A label on at most two lines; the description and the table carry it whole."""
    lines = wrap(label, LINE_OF_LABEL)
    return lines if len(lines) <= 2 else [lines[0], shorten(" ".join(lines[1:]), LINE_OF_LABEL, placeholder="…")]


def _label_room(rows: Sequence[Row]) -> int:
    longest = max((len(line) for row in rows for line in _lines(row.label)), default=0)
    return min(max(NARROWEST_LABELS, CHARACTER * longest + 80), WIDEST_LABELS)


def _label(row: Row, top: int) -> SafeString:
    lines = _lines(row.label)
    first = top + (195 if len(lines) < 2 else 105)
    return format_html_join(
        "",
        '<text class="label" x="0" y="{}">{}</text>',
        ((_tenths(first + 175 * i), line) for i, line in enumerate(lines)),
    )


def _axis(left: int, foot: int) -> SafeString:
    return format_html_join(
        "",
        '<line class="axis" x1="{0}" y1="4" x2="{0}" y2="{1}"/>'
        '<text class="tick" x="{0}" y="{2}" text-anchor="{3}">{4}%</text>',
        (
            (
                *(_tenths(left + (RIGHT - left) * mark // 100), _tenths(foot), _tenths(foot + 140)),
                *("end" if mark == AXIS_MARKS[-1] else "middle", mark),
            )
            for mark in AXIS_MARKS
        ),
    )


def _patterns(rows: Sequence[Row], chart: str) -> SafeString:
    used = {share.band.css for row in rows for share in row.shares if share.n}
    return _together(format_html(PATTERNS[css], chart) for css in sorted(used & PATTERNS.keys()))


def _sentence(row: Row, noun: str) -> str:
    if not row.total:
        return f"{row.label}: {_why_empty(row, noun)}."
    said = ", ".join(
        f"{share.band.name[:1].lower()}{share.band.name[1:]} {words.percent(share.n, row.total)}"
        for share in row.shares
    )
    return f"{row.label}, {words.count_of(row.total, noun)}: {said}."


def _together(pieces: Iterable[SafeString]) -> SafeString:
    return format_html_join("", "{}", ((piece,) for piece in pieces))


def _tenths(length: int) -> str:
    return f"{length // 10}.{length % 10}" if length % 10 else str(length // 10)
