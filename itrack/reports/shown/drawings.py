"""A picture of an answer as the drawing for its page."""

from django.utils.safestring import SafeString

from itrack.reports.rules.pictures import OverYears, Picture, StackedBars
from itrack.ui.charts import Row, Share, stacked_bars
from itrack.ui.over_years import Frame, Series, over_years


def drawing(picture: Picture) -> SafeString:
    match picture:
        case StackedBars():
            rows = [Row(row.label, tuple(Share(band, n) for band, n in row.shares)) for row in picture.rows]
            return stacked_bars(rows, title=picture.title)
        case OverYears():
            return _over_years(picture)


def _over_years(picture: OverYears) -> SafeString:
    series = [Series(line.label, line.values, line.said, line.beside) for line in picture.lines]
    frame = Frame(picture.years, picture.gaps, picture.low, picture.high, picture.unit)
    return over_years(series, frame, title=picture.title)
