"""A picture of an answer as the drawing for its page."""

from collections.abc import Callable

from django.utils.safestring import SafeString

from itrack.reports.rules.pictures import HeatGrid, OverYears, Picture, StackedBars
from itrack.ui.charts import Row, Share, stacked_bars
from itrack.ui.drawings.heat import Cell, Line, heat_grid
from itrack.ui.drawings.over_years import Frame, Series, over_years

Names = Callable[[str], str]


def drawing(picture: Picture, names: Names = lambda _: "") -> SafeString:
    """`names` gives the address of the names behind a figure, by its key; "" for none."""
    match picture:
        case StackedBars():
            rows = [Row(row.label, tuple(Share(band, n) for band, n in row.shares)) for row in picture.rows]
            return stacked_bars(rows, title=picture.title)
        case OverYears():
            return _over_years(picture)
        case HeatGrid():
            return _grid(picture, names)


def _grid(picture: HeatGrid, names: Names) -> SafeString:
    lines = [
        Line(label, [Cell(cell.n, cell.of, cell.spoken, cell.way, names(cell.key)) for cell in cells])
        for label, cells in picture.rows
    ]
    return heat_grid(lines, picture.columns, title=picture.title, down=picture.down, across=picture.across)


def _over_years(picture: OverYears) -> SafeString:
    series = [Series(line.label, line.values, line.said, line.beside) for line in picture.lines]
    frame = Frame(picture.years, picture.gaps, picture.low, picture.high, picture.unit)
    return over_years(series, frame, title=picture.title)
