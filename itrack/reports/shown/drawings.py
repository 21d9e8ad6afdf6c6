"""A picture of an answer as the drawing for its page."""

from collections.abc import Callable
from typing import Any

from django.utils.safestring import SafeString

from itrack.reports.rules.pictures import (
    BandSteps,
    Circles,
    HeatGrid,
    Lines,
    OverYears,
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
from itrack.ui.drawings.over_years import Frame, over_years
from itrack.ui.drawings.over_years import Series as YearSeries
from itrack.ui.drawings.scatter import Measure, Spot, scatter
from itrack.ui.drawings.steps import Steps, band_steps
from itrack.ui.sharebars import Bar, share_bars

Names = Callable[[str], str]


def drawing(picture: Picture, names: Names = lambda _: "") -> SafeString:
    """`names` gives the address of the names behind a figure, by its key; "" for none."""
    return _grid(picture, names) if isinstance(picture, HeatGrid) else DRAWN[type(picture)](picture)


def _lines(picture: Lines) -> SafeString:
    series = [Series(line.name, line.shares, line.partly, line.strong) for line in picture.lines]
    return line_chart(series, picture.points, title=picture.title)


def _circles(picture: Circles) -> SafeString:
    return three_circles(picture.names, picture.counts, title=picture.title, css=picture.css)


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


def _over_years(picture: OverYears) -> SafeString:
    series = [YearSeries(line.label, line.values, line.said, line.beside) for line in picture.lines]
    frame = Frame(picture.years, picture.gaps, picture.low, picture.high, picture.unit)
    return over_years(series, frame, title=picture.title)


def _steps(picture: BandSteps) -> SafeString:
    steps = [Steps(label, [band.css if band else None for band in marks]) for label, marks in picture.rows]
    return band_steps(steps, points=picture.points, bands=picture.bands, title=picture.title)


DRAWN: dict[type, Callable[[Any], SafeString]] = {
    StackedBars: _bars,
    OverYears: _over_years,
    Lines: _lines,
    Scatter: _spots,
    PairedDots: _dots,
    Circles: _circles,
    ShareBars: _shares,
    BandSteps: _steps,
}
