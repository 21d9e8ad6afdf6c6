from itrack.checking.views import moving
from itrack.foundation.page import page
from itrack.foundation.viewer import LEADERS

urlpatterns = [
    page("mark/move", moving.move, may=LEADERS, name="move-marks"),
    page("mark/move/apply", moving.apply_move, may=LEADERS, writes=True),
    page("mark/move/undo/<int:change_set>", moving.undo_move, may=LEADERS, writes=True, name="undo-moved-marks"),
]
