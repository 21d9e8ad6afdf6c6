"""One share a bar, each with its figure written beside it: a drawing as SVG.

    share_bars([Bar("Girls", 20, 41, "49%")], title="Who is in the school")

The scale ends at 100%, or at 10, 20 or 50 where all shares are that small; the axis says which.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from hashlib import blake2s
from itertools import groupby
from textwrap import shorten

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from itrack.ui import words

LEFT, RIGHT, HEAD, ROW, TOP = 2000, 5000, 300, 260, 240
LONGEST = 24
SCALES = (10, 20, 50, 100)


@dataclass(frozen=True, slots=True)
class Bar:
    """`said` is the figure as it is written. A bar of nothing (`of` 0) is empty. Bars of one `group` stand under it."""

    label: str
    n: int
    of: int
    said: str
    group: str = ""


def share_bars(bars: Iterable[Bar], *, title: str, noun: str = "pupil") -> SafeString:
    bars = tuple(bars)
    chart = f"c{blake2s(repr((title, bars)).encode(), digest_size=4).hexdigest()}"
    drawn, foot, most = [], TOP, _most(bars)
    for group, some in groupby(bars, key=lambda bar: bar.group):
        if group:
            drawn.append(format_html('<text class="label" x="0" y="{}">{}</text>', _tenths(foot + 200), group))
            foot += HEAD
        for bar in some:
            drawn.append(_bar(bar, foot, most))
            foot += ROW
    return format_html(
        '<svg class="chart sharebars" viewBox="0 0 580 {}" role="img" aria-labelledby="{id}-t {id}-d">'
        '<title id="{id}-t">{}</title><desc id="{id}-d">{}</desc>{}{}</svg>',
        _tenths(foot + 60),
        title,
        _sentences(bars, noun),
        _axis(most, foot),
        format_html_join("", "{}", ((piece,) for piece in drawn)),
        id=chart,
    )


def _most(bars: Sequence[Bar]) -> int:
    """The smallest scale, in per cent, on which every bar has room."""
    return next((most for most in SCALES if all(100 * bar.n <= most * bar.of for bar in bars)), SCALES[-1])


def _sentences(bars: Sequence[Bar], noun: str) -> str:
    told = [f"{bar.label}, {bar.said}, {words.figure(bar.n)} of {words.count_of(bar.of, noun)}." for bar in bars]
    return " ".join([*told, "The same figures are in the table."])


def _bar(bar: Bar, top: int, most: int) -> SafeString:
    run = min(RIGHT - LEFT, (RIGHT - LEFT) * 100 * bar.n // (bar.of * most)) if bar.of else 0
    return format_html(
        '<text class="part" x="8" y="{}">{}</text><rect class="bed" x="{x}" y="{y}" width="{}" height="16"/>'
        '<rect class="run" x="{x}" y="{y}" width="{}" height="16"/><text class="said" x="{}" y="{}">{}</text>',
        *(
            _tenths(top + 170),
            shorten(bar.label, LONGEST, placeholder="…") if " " in bar.label else bar.label[:LONGEST],
        ),
        *(_tenths(RIGHT - LEFT), _tenths(run), _tenths(LEFT + run + 60), _tenths(top + 170), bar.said),
        x=_tenths(LEFT),
        y=_tenths(top + 50),
    )


def _axis(most: int, foot: int) -> SafeString:
    return format_html_join(
        "",
        '<text class="tick" x="{0}" y="14" text-anchor="middle">{1}%</text>'
        '<line class="axis" x1="{0}" y1="20" x2="{0}" y2="{2}"/>',
        ((_tenths(LEFT + (RIGHT - LEFT) * part // 2), most * part // 2, _tenths(foot)) for part in range(3)),
    )


def _tenths(length: int) -> str:
    return f"{length // 10}.{length % 10}" if length % 10 else str(length // 10)
