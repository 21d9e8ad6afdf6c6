"""Every number that is drawn, by kind of drawing, group and label."""

from collections.abc import Iterator
from typing import Any

from itrack.reports.rules.answer import Answer
from itrack.reports.rules.pictures import Circles, OverYears, PairedDots, Picture, ShareBars, StackedBars

Drawn = dict[tuple[str, ...], Any]


def drawings_of(answer: Answer) -> Drawn:
    found: Drawn = {}
    for section in answer.sections:
        for key, value in _drawn(section.picture) if section.picture else ():
            assert key not in found, f"two drawings of {key}"
            found[key] = value
    return found


def _drawn(picture: Picture) -> Iterator[tuple[tuple[str, ...], Any]]:
    match picture:
        case StackedBars():
            yield from ((("bar", row.label), None if row.held else _shares(row)) for row in picture.rows)
        case ShareBars():
            yield from ((("share", bar.group, bar.label), (bar.n, bar.of)) for bar in picture.bars)
        case PairedDots():
            yield from _dots(picture)
        case Circles():
            yield from ((("circle", *map(str, sorted(places))), n) for places, n in picture.counts.items())
        case OverYears():
            yield from _years(picture)
        case _:
            raise AssertionError(f"no oracle reads a {type(picture).__name__}")


def _shares(row: Any) -> dict[str, int]:
    return {band.name: n for band, n in row.shares}


def _dots(picture: PairedDots) -> Iterator[tuple[tuple[str, ...], Any]]:
    """Each group's share and whether the others are measured from it; and the line for everybody."""
    for kind in picture.groups:
        yield from ((("dot", kind.title, dot.label), (dot.n, dot.of, dot.base)) for dot in kind.dots)
    yield ("line", *(kind.title for kind in picture.groups)), picture.whole


def _years(picture: OverYears) -> Iterator[tuple[tuple[str, ...], Any]]:
    """Each value with how it is written, and why a year has none."""
    for line in picture.lines:
        told = zip(picture.years, line.values, line.said, strict=True)
        yield from ((("year", line.label, year), (value, said)) for year, value, said in told)
    yield from ((("gap", year), why) for year, why in zip(picture.years, picture.gaps, strict=True))
