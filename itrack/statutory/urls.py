from itrack.foundation.page import page
from itrack.foundation.viewer import LEADERS, MARKERS
from itrack.statutory.views import entry, figures

FIGURE = "reports/statutory/figure"

urlpatterns = [
    page("mark/statutory", entry.statutory, may=MARKERS),
    page("mark/statutory/save", entry.save_statutory, may=MARKERS, writes=True),
    page("mark/statutory/undo", entry.undo_statutory, may=MARKERS, writes=True),
    page(FIGURE, figures.official_figure, may=LEADERS),
    page(f"{FIGURE}/save", figures.set_official_figure, may=LEADERS, writes=True),
    page(f"{FIGURE}/remove", figures.remove_official_figure, may=LEADERS, writes=True),
    page(f"{FIGURE}/<int:change_set>/undo", figures.undo_official_figure, may=LEADERS, writes=True),
]
