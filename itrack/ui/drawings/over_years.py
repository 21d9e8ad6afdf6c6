"""A figure over some years, with another beside it: dots joined by lines, as SVG whose colours are classes.

    over_years([Series("This school", (57, None, 62, 64)), Series("England", (59, 60, 61, 62), beside=True)], …)

A year without a figure is a gap in the line, and the year says why.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from hashlib import blake2s
from itertools import pairwise

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

LEFT, RIGHT, TOP, FOOT = 460, 5500, 260, 1800
MARKS = 5


@dataclass(frozen=True, slots=True)
class Series:
    """One line: a value a year, None for none. `said` are the values as they are written; `beside`: what to compare."""

    label: str
    values: Sequence[Fraction | None]
    said: Sequence[str]
    beside: bool = False


@dataclass(frozen=True, slots=True)
class Frame:
    """The years with what is said below them where there is no figure, and the least and most of the scale."""

    years: Sequence[str]
    gaps: Sequence[str]
    low: int
    high: int
    unit: str = ""

    def across(self, place: int) -> int:
        return LEFT + (2 * place + 1) * (RIGHT - LEFT) // (2 * len(self.years))

    def down(self, value: Fraction) -> int:
        return round(FOOT - (FOOT - TOP) * (value - self.low) / (self.high - self.low))


def over_years(series: Sequence[Series], frame: Frame, *, title: str) -> SafeString:
    told = blake2s(repr((title, series)).encode(), digest_size=4).hexdigest()
    return format_html(
        '<svg class="chart over" viewBox="0 0 580 226" role="img" aria-labelledby="o{id}-t o{id}-d">'
        '<title id="o{id}-t">{}</title><desc id="o{id}-d">{}</desc>{}{}{}</svg>',
        *(title, words_of(series, frame), _scale(frame), _years(frame)),
        format_html_join("", "{}", ((_line(one, series, frame),) for one in reversed(series))),
        id=told,
    )


def words_of(series: Sequence[Series], frame: Frame) -> str:
    """What is drawn, for whoever cannot see it."""
    said = (
        f"{one.label}: {', '.join(_year(*row) for row in zip(frame.years, one.values, one.said, strict=True))}."
        for one in series
    )
    return " ".join([*said, "The same figures are in the table."])


def _year(year: str, value: Fraction | None, said: str) -> str:
    return f"{year} {said if value is not None else 'none'}"


def _scale(frame: Frame) -> SafeString:
    """Level lines with what they stand for."""
    marks = (frame.low + Fraction(place * (frame.high - frame.low), MARKS - 1) for place in range(MARKS))
    rows = ((_tenths(frame.down(mark)), _tenths(frame.down(mark) + 40), f"{round(mark)}{frame.unit}") for mark in marks)
    line = '<line class="axis" x1="{2}" x2="{3}" y1="{0}" y2="{0}"/><text class="tick" x="{4}" y="{1}" '
    return format_html_join(
        "",
        line + 'text-anchor="end">{5}</text>',
        ((at, text, _tenths(LEFT), _tenths(RIGHT + 200), _tenths(LEFT - 60), said) for at, text, said in rows),
    )


def _years(frame: Frame) -> SafeString:
    rows = (
        (_tenths(frame.across(place)), _tenths(FOOT + 190), year, _tenths(FOOT + 340), gap)
        for place, (year, gap) in enumerate(zip(frame.years, frame.gaps, strict=True))
    )
    return format_html_join(
        "",
        '<text class="label" x="{0}" y="{1}" text-anchor="middle">{2}</text>'
        '<text class="none" x="{0}" y="{3}" text-anchor="middle">{4}</text>',
        rows,
    )


def _line(one: Series, series: Sequence[Series], frame: Frame) -> SafeString:
    held = [(frame.across(place), frame.down(value)) for place, value in _there(one)]
    neighbours = [
        (first, second) for first, second in pairwise(held) if second[0] - first[0] <= frame.across(1) - frame.across(0)
    ]
    kind = "other" if one.beside else "own"
    lines = format_html_join(
        "",
        '<line class="{}" x1="{}" y1="{}" x2="{}" y2="{}"/>',
        ((kind, *(_tenths(at) for at in (*first, *second))) for first, second in neighbours),
    )
    return lines + format_html_join(
        "", "{}", ((_dot(one, frame, place, _is_above(one, series, place)),) for place, _ in _there(one))
    )


def _there(one: Series) -> Iterator[tuple[int, Fraction]]:
    return ((place, value) for place, value in enumerate(one.values) if value is not None)


def _is_above(one: Series, series: Sequence[Series], place: int) -> bool:
    """Whether its figure is written above it: the higher of two has it above, of two equal ones the school's."""
    own = one.values[place] or 0
    others = [line.values[place] for line in series if line is not one]
    return not any(other is not None and (other > own or (other == own and one.beside)) for other in others)


def _dot(one: Series, frame: Frame, place: int, above: bool) -> SafeString:
    """A full dot, or for what is beside an open square, each with its figure."""
    x, y = frame.across(place), frame.down(one.values[place] or Fraction(0))
    told = _said(x, y + (-100 if above else 200), one.said[place], "tick" if one.beside else "label")
    if one.beside:
        mark = format_html('<rect class="other" x="{}" y="{}" width="9" height="9"/>', _tenths(x - 45), _tenths(y - 45))
        return mark + told
    mark = format_html('<circle class="own" cx="{}" cy="{}" r="5.5"/>', _tenths(x), _tenths(y))
    return mark + told


def _said(x: int, y: int, words: str, kind: str) -> SafeString:
    return format_html(
        '<text class="{}" x="{}" y="{}" text-anchor="middle">{}</text>', kind, _tenths(x), _tenths(y), words
    )


def _tenths(length: int) -> str:
    return f"{length // 10}.{length % 10}" if length % 10 else str(length // 10)
