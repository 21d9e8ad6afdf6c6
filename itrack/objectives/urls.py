from itrack.accounts.api import remembering
from itrack.foundation.page import page
from itrack.foundation.viewer import JUDGES, LEADERS
from itrack.objectives.views import grid, telling, use

urlpatterns = [
    page("objectives/", grid.objectives, may=JUDGES, before=remembering("objectives", "group", "strand", "who")),
    page("objectives/several", grid.several, may=JUDGES, name="several-statements"),
    page("objectives/standing", grid.standing, may=JUDGES, name="standing-statements"),
    page("objectives/save", grid.save, may=JUDGES, writes=True, name="save-statements"),
    page("objectives/cells", grid.cells, may=JUDGES, writes=True, name="save-statement-cells"),
    page("objectives/undo", grid.undo, may=JUDGES, writes=True, name="undo-statements"),
    page("objectives/so-far", telling.objectives_so_far, may=JUDGES),
    page("objectives/pupils/<int:pupil>", telling.objectives_of_pupil, may=JUDGES, logged=True),
    page("school/objectives", use.objectives_use, may=LEADERS),
    page("school/objectives/save", use.save_use, may=LEADERS, writes=True, name="save-objectives-use"),
    page(
        "school/objectives/changes/<int:change_set>/undo",
        use.undo_use,
        may=LEADERS,
        writes=True,
        name="undo-objectives-use",
    ),
]
