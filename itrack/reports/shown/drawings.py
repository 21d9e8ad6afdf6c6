"""A picture of an answer as the drawing for its page."""

from django.utils.safestring import SafeString

from itrack.reports.rules.pictures import Picture
from itrack.ui.charts import Row, Share, stacked_bars


def drawing(picture: Picture) -> SafeString:
    rows = [Row(row.label, tuple(Share(band, n) for band, n in row.shares), held=row.held) for row in picture.rows]
    return stacked_bars(rows, title=picture.title)
