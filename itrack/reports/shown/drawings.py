"""A picture of an answer as the drawing for its page."""

from collections.abc import Callable
from typing import assert_never

from django.utils.safestring import SafeString

from itrack.reports.rules.pictures import (
    Circles,
    HeatGrid,
    Lines,
    PairedDots,
    Picture,
    Scale,
    Scatter,
    ShareBars,
    StackedBars,
)
from itrack.ui.charts import Row, Share, stacked_bars
from itrack.ui.circles import three_circles
from itrack.ui.dots import Dot, Kind, paired_dots
from itrack.ui.drawings.heat import Cell, Line, heat_grid
from itrack.ui.drawings.lines import Series, line_chart
from itrack.ui.drawings.scatter import Measure, Spot, scatter
from itrack.ui.sharebars import Bar, share_bars

Names = Callable[[str], str]


def drawing(picture: Picture, names: Names = lambda _: "") -> SafeString:
    """`names` gives the address of the names behind a figure, by its key; "" for none."""
    match picture:
        case StackedBars():
            return _bars(picture)
        case HeatGrid():
            return _grid(picture, names)
        case Lines():
            series = [Series(line.name, line.shares, line.partly, line.strong) for line in picture.lines]
            return line_chart(series, picture.points, title=picture.title)
        case Scatter():
            return _spots(picture)
        case PairedDots():
            return _dots(picture)
        case Circles():
            return three_circles(picture.names, picture.counts, title=picture.title, css=picture.css)
        case ShareBars():
            return _shares(picture)
        case _:
            assert_never(picture)


def _bars(picture: StackedBars) -> SafeString:
    rows = [Row(one.label, tuple(Share(*share) for share in one.shares), held=one.held) for one in picture.rows]
    return stacked_bars(rows, title=picture.title)


def _shares(picture: ShareBars) -> SafeString:
    bars = [Bar(one.label, one.n, one.of, one.said, one.group) for one in picture.bars]
    return share_bars(bars, title=picture.title, noun=picture.noun)


def _spots(picture: Scatter) -> SafeString:
    spots = [Spot(dot.across, dot.up, dot.group) for dot in picture.dots]
    return scatter(spots, _measure(picture.across), _measure(picture.up), picture.groups, title=picture.title)


def _measure(of: Scale) -> Measure:
    return Measure(of.title, of.line, of.line_words, of.marks)


def _grid(picture: HeatGrid, names: Names) -> SafeString:
    lines = [
        Line(label, [Cell(cell.n, cell.of, cell.spoken, cell.way, names(cell.key)) for cell in cells])
        for label, cells in picture.rows
    ]
    return heat_grid(lines, picture.columns, title=picture.title, down=picture.down, across=picture.across)


def _dots(picture: PairedDots) -> SafeString:
    kinds = [
        Kind(group.title, tuple(Dot(dot.label, dot.n, dot.of, dot.base) for dot in group.dots))
        for group in picture.groups
    ]
    return paired_dots(kinds, whole=picture.whole, title=picture.title, css=picture.css)
