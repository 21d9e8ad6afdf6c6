"""Shares as dots on a line that begins at 0%, each joined to the one it is measured from: a drawing as SVG.

    paired_dots([Kind("Sex", (Dot("Girls", 20, 30), Dot("Boys", 17, 28, base=True)))], whole=(37, 58), title="…")

Without a base in its kind a dot is joined to the line of everybody. The line ends at 100%, or at 50 or 25 where all
shares are that small; its axis says so. Lengths are whole tenths of a drawing unit.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from hashlib import blake2s
from textwrap import shorten

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from itrack.ui import words

LEFT, RIGHT, HEAD, ROW, TOP = 2000, 5000, 360, 280, 200
LONGEST = 24
FEW = 5
# What a dot's figures take beside it, as a phone sets them.
ROOM, WIDTH = 1150, 5800
# The per cent at which a line may end → how far apart its marks are.
STEPS = {25: 5, 50: 10, 100: 25}


@dataclass(frozen=True, slots=True)
class Dot:
    """A share; `base` is what the others of its kind are measured from. A dot of nobody (`of` 0) is not drawn.

    `scale` is the per cent at which the line ends, which the drawing itself sets.
    """

    label: str
    n: int
    of: int
    base: bool = False
    scale: int = 100

    @property
    def at(self) -> int:
        return LEFT + (RIGHT - LEFT) * 100 * self.n // (self.of * self.scale)

    @property
    def said(self) -> str:
        return f"{words.percent(self.n, self.of)}, {words.figure(self.n)} of {words.figure(self.of)}"


@dataclass(frozen=True, slots=True)
class Kind:
    title: str
    dots: tuple[Dot, ...]

    @property
    def height(self) -> int:
        return HEAD + ROW * len(self.dots)


def paired_dots(kinds: Iterable[Kind], *, whole: tuple[int, int], title: str, css: str = "e") -> SafeString:
    """`whole` is everybody's share, a line through all. `css`: the class of the band whose colour the dots take."""
    kinds = tuple(kinds)
    everybody = Dot("Everybody", *whole)
    scale = _scale([everybody, *(dot for kind in kinds for dot in kind.dots)])
    kinds = tuple(Kind(kind.title, tuple(replace(dot, scale=scale) for dot in kind.dots)) for kind in kinds)
    chart = f"c{blake2s(repr((title, kinds)).encode(), digest_size=4).hexdigest()}"
    foot = TOP + sum(kind.height for kind in kinds)
    line = replace(everybody, scale=scale).at if everybody.of else None
    return format_html(
        '<svg class="chart dots fill-of-{}" viewBox="0 0 580 {}" role="img" aria-labelledby="{id}-t {id}-d">'
        '<title id="{id}-t">{}</title><desc id="{id}-d">{}</desc>{}{}{}</svg>',
        css,
        _tenths(foot + 60),
        title,
        _sentences(kinds, whole),
        _axis(foot, scale),
        _whole(line, foot),
        _all(kinds, line),
        id=chart,
    )


def _sentences(kinds: Sequence[Kind], whole: tuple[int, int]) -> str:
    told = [f"{kind.title}: {'; '.join(_sentence(dot) for dot in kind.dots)}." for kind in kinds]
    everybody = f"Everybody: {words.percent(*whole)}."
    return " ".join([everybody, *told, "The same figures are in the table."])


def _sentence(dot: Dot) -> str:
    return f"{dot.label}, {dot.said}" if dot.of else f"{dot.label}, nobody counted"


def _scale(dots: Sequence[Dot]) -> int:
    """The shortest line, in per cent, on which every dot has its place."""
    return next((most for most in STEPS if all(100 * dot.n <= most * dot.of for dot in dots)), 100)


def _axis(foot: int, scale: int) -> SafeString:
    marks = range(0, scale + 1, STEPS[scale])
    return format_html_join(
        "",
        '<text class="tick" x="{0}" y="14" text-anchor="middle">{1}%</text>'
        '<line class="axis" x1="{0}" y1="20" x2="{0}" y2="{2}"/>',
        ((_tenths(LEFT + (RIGHT - LEFT) * mark // scale), mark, _tenths(foot)) for mark in marks),
    )


def _whole(line: int | None, foot: int) -> SafeString:
    if line is None:
        return SafeString("")
    return format_html('<line class="whole" x1="{0}" y1="20" x2="{0}" y2="{1}"/>', _tenths(line), _tenths(foot))


def _all(kinds: Sequence[Kind], line: int | None) -> SafeString:
    pieces, top = [], TOP
    for kind in kinds:
        base = next((dot.at for dot in kind.dots if dot.base and dot.of), line)
        pieces.append(format_html('<text class="label" x="0" y="{}">{}</text>', _tenths(top + 250), kind.title))
        rows = (_row(dot, top + HEAD + ROW * i + ROW // 2, base) for i, dot in enumerate(kind.dots))
        pieces += rows
        top += kind.height
    return format_html_join("", "{}", ((piece,) for piece in pieces))


def _row(dot: Dot, middle: int, base: int | None) -> SafeString:
    label = format_html(
        '<text class="part" x="8" y="{}">{}</text>',
        _tenths(middle + 45),
        shorten(dot.label, LONGEST, placeholder="…") if " " in dot.label else dot.label[:LONGEST],
    )
    if not dot.of:
        return label + format_html(
            '<text class="none" x="{}" y="{}">nobody counted</text>', _tenths(LEFT + 80), _tenths(middle + 45)
        )
    joined = SafeString("") if dot.base or base is None else _joined(dot.at, base, middle)
    return label + joined + _dot(dot, middle) + _figures(dot, middle, base)


def _joined(at: int, base: int, middle: int) -> SafeString:
    return format_html(
        '<line class="join" x1="{0}" x2="{1}" y1="{2}" y2="{2}"/><circle class="ring" cx="{0}" cy="{2}" r="3.5"/>',
        *(_tenths(base), _tenths(at), _tenths(middle)),
    )


def _dot(dot: Dot, middle: int) -> SafeString:
    """A ring for the base, a diamond where so few are counted that the share says little, else a disc."""
    if dot.of < FEW:
        return format_html(
            '<path class="{}" d="M{} {}l6 6l-6 6l-6 -6z"/>',
            *("ring" if dot.base else "few", _tenths(dot.at), _tenths(middle - 60)),
        )
    return format_html(
        '<circle class="{}" cx="{}" cy="{}" r="6"/>',
        *("ring" if dot.base else "disc", _tenths(dot.at), _tenths(middle)),
    )


def _figures(dot: Dot, middle: int, base: int | None) -> SafeString:
    """The figures after the joined dots, or before them where there is no room, or else upon the line between."""
    ends = (dot.at,) if dot.base or base is None else (dot.at, base)
    if max(ends) + ROOM <= WIDTH:
        anchor, place = "start", max(ends) + 110
    elif min(ends) - ROOM >= LEFT:
        anchor, place = "end", min(ends) - 110
    else:
        anchor, place = "middle", sum(ends) // len(ends)
    return format_html(
        '<text class="said" x="{}" y="{}" text-anchor="{}">{}</text>',
        *(_tenths(place), _tenths(middle + 45), anchor, dot.said),
    )


def _tenths(length: int) -> str:
    return f"{length // 10}.{length % 10}" if length % 10 else str(length // 10)
