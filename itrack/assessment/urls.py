from itrack.accounts.api import remembering
from itrack.assessment import views
from itrack.foundation.page import page
from itrack.foundation.viewer import MARKERS, OFFICE, Access

# The office keeps the record but not the marks: its view of a pupil leaves these out.
SEES_A_PUPIL = Access(MARKERS.roles | OFFICE.roles)

urlpatterns = [
    page(
        "mark/", views.mark, may=MARKERS, before=remembering("mark", "group", "point", "subject", "over", "assessment")
    ),
    page("mark/results/<int:pupil>", views.results, may=MARKERS, logged=True, name="results-beside"),
    page("mark/standing", views.standing, may=MARKERS, name="standing-marks"),
    page("mark/undo", views.undo, may=MARKERS, writes=True, name="undo-marks"),
    page("mark/save", views.save, may=MARKERS, writes=True, name="save-marks"),
    page("mark/cells", views.cells, may=MARKERS, writes=True, name="save-cells"),
    page("pupils/<int:pupil>", views.pupil, may=SEES_A_PUPIL, logged=True),
]
