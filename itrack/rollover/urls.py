from itrack.foundation.page import page
from itrack.foundation.viewer import LEADERS, OFFICE, Access
from itrack.rollover.views import leaving

# Who is on the roll, and where the next year puts them: the head's to decide and the office's to type.
KEEPS_THE_ROLL = Access(LEADERS.roles | OFFICE.roles)

urlpatterns = [
    page("pupils/leavers", leaving.leavers, may=KEEPS_THE_ROLL),
    page("pupils/leavers/mark", leaving.mark_leavers, may=KEEPS_THE_ROLL, writes=True),
    page("pupils/leavers/undo/<int:change_set>", leaving.undo_leaving, may=KEEPS_THE_ROLL, writes=True),
    page("pupils/<int:pupil>/leaving", leaving.pupil_leaving, may=KEEPS_THE_ROLL, logged=True),
    page("pupils/<int:pupil>/leaving/save", leaving.save_leaving, may=KEEPS_THE_ROLL, writes=True),
    page("pupils/<int:pupil>/leaving/stay", leaving.stay, may=KEEPS_THE_ROLL, writes=True),
    page("pupils/<int:pupil>/leaving/return", leaving.come_back, may=KEEPS_THE_ROLL, writes=True),
]
