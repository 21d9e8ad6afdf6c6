from itrack.checking.views import completeness, moving, odd
from itrack.foundation.page import page
from itrack.foundation.viewer import LEADERS, MARKERS

urlpatterns = [
    page("mark/completeness", completeness.entered, may=MARKERS, name="completeness"),
    page("mark/completeness/<int:group>/<int:subject>", completeness.missing_marks, may=MARKERS),
    page("mark/odd", odd.odd_marks, may=MARKERS),
    page("mark/move", moving.move, may=LEADERS, name="move-marks"),
    page("mark/move/apply", moving.apply_move, may=LEADERS, writes=True),
    page("mark/move/undo/<int:change_set>", moving.undo_move, may=LEADERS, writes=True, name="undo-moved-marks"),
]
