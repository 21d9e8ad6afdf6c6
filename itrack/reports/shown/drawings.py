"""A picture of an answer as the drawing for its page."""

from typing import assert_never

from django.utils.safestring import SafeString

from itrack.reports.rules.pictures import Circles, PairedDots, Picture, ShareBars, StackedBars
from itrack.ui.charts import Row, Share, stacked_bars
from itrack.ui.circles import three_circles
from itrack.ui.dots import Dot, Kind, paired_dots
from itrack.ui.sharebars import Bar, share_bars


def drawing(picture: Picture) -> SafeString:
    match picture:
        case StackedBars():
            rows = [Row(row.label, tuple(Share(band, n) for band, n in row.shares)) for row in picture.rows]
            return stacked_bars(rows, title=picture.title)
        case PairedDots():
            return _dots(picture)
        case Circles():
            return three_circles(picture.names, picture.counts, title=picture.title, css=picture.css)
        case ShareBars():
            bars = [Bar(one.label, one.n, one.of, one.said, one.group) for one in picture.bars]
            return share_bars(bars, title=picture.title, noun=picture.noun)
        case _:
            assert_never(picture)


def _dots(picture: PairedDots) -> SafeString:
    kinds = [
        Kind(group.title, tuple(Dot(dot.label, dot.n, dot.of, dot.base) for dot in group.dots))
        for group in picture.groups
    ]
    return paired_dots(kinds, whole=picture.whole, title=picture.title, css=picture.css)
