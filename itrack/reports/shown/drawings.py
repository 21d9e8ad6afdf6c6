"""A picture of an answer as the drawing for its page."""

from django.utils.safestring import SafeString

from itrack.reports.rules.pictures import BandSteps, Picture, StackedBars
from itrack.ui.charts import Row, Share, stacked_bars
from itrack.ui.drawings.steps import Steps, band_steps


def drawing(picture: Picture) -> SafeString:
    match picture:
        case StackedBars():
            rows = [Row(row.label, tuple(Share(band, n) for band, n in row.shares)) for row in picture.rows]
            return stacked_bars(rows, title=picture.title)
        case BandSteps():
            steps = [Steps(label, [band.css if band else None for band in marks]) for label, marks in picture.rows]
            return band_steps(steps, points=picture.points, bands=picture.bands, title=picture.title)
