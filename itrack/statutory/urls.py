from itrack.foundation.page import page
from itrack.foundation.viewer import MARKERS
from itrack.statutory.views import entry

urlpatterns = [
    page("mark/statutory", entry.statutory, may=MARKERS),
    page("mark/statutory/save", entry.save_statutory, may=MARKERS, writes=True),
    page("mark/statutory/undo", entry.undo_statutory, may=MARKERS, writes=True),
]
