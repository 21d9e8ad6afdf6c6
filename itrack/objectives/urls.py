from itrack.accounts.api import remembering
from itrack.foundation.page import page
from itrack.foundation.viewer import JUDGES
from itrack.objectives.views import grid

urlpatterns = [
    page("objectives/", grid.objectives, may=JUDGES, before=remembering("objectives", "group", "strand", "who")),
    page("objectives/standing", grid.standing, may=JUDGES, name="standing-statements"),
    page("objectives/save", grid.save, may=JUDGES, writes=True, name="save-statements"),
    page("objectives/cells", grid.cells, may=JUDGES, writes=True, name="save-statement-cells"),
    page("objectives/undo", grid.undo, may=JUDGES, writes=True, name="undo-statements"),
]
