"""A picture of an answer as the drawing for its page."""

from collections.abc import Callable

from django.utils.safestring import SafeString

from itrack.reports.rules.pictures import HeatGrid, Lines, Picture, Scale, Scatter, StackedBars
from itrack.ui.charts import Row, Share, stacked_bars
from itrack.ui.drawings.heat import Cell, Line, heat_grid
from itrack.ui.drawings.lines import Series, line_chart
from itrack.ui.drawings.scatter import Measure, Spot, scatter

Names = Callable[[str], str]


def drawing(picture: Picture, names: Names = lambda _: "") -> SafeString:
    """`names` gives the address of the names behind a figure, by its key; "" for none."""
    match picture:
        case StackedBars():
            rows = [
                Row(row.label, tuple(Share(band, n) for band, n in row.shares), held=row.held) for row in picture.rows
            ]
            return stacked_bars(rows, title=picture.title)
        case HeatGrid():
            return _grid(picture, names)
        case Lines():
            series = [Series(line.name, line.shares, line.partly, line.strong) for line in picture.lines]
            return line_chart(series, picture.points, title=picture.title)
        case Scatter():
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
