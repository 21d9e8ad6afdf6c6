from itrack.foundation.page import page
from itrack.foundation.viewer import LEADERS, MARKERS
from itrack.statutory.rules.readers import READS_OUTCOMES, SEES_NAMES
from itrack.statutory.views import entry, outcomes

FIGURE = "reports/statutory/figure"

urlpatterns = [
    page("mark/statutory", entry.statutory, may=MARKERS),
    page("mark/statutory/save", entry.save_statutory, may=MARKERS, writes=True),
    page("mark/statutory/undo", entry.undo_statutory, may=MARKERS, writes=True),
    page("reports/statutory", outcomes.statutory_outcomes, may=READS_OUTCOMES),
    page("reports/statutory/names", outcomes.statutory_names, may=SEES_NAMES, logged=True),
    page(FIGURE, outcomes.official_figure, may=LEADERS),
    page(f"{FIGURE}/save", outcomes.set_official_figure, may=LEADERS, writes=True),
    page(f"{FIGURE}/remove", outcomes.remove_official_figure, may=LEADERS, writes=True),
    page(f"{FIGURE}/<int:change_set>/undo", outcomes.undo_official_figure, may=LEADERS, writes=True),
]
