from itrack.foundation.page import page
from itrack.foundation.viewer import LEADERS, OFFICE, Access
from itrack.rollover.views import leaving, steps

# Who is on the roll, and where the next year puts them: the head's to decide and the office's to type.
KEEPS_THE_ROLL = Access(LEADERS.roles | OFFICE.roles)

PLANNING = (
    ("dates", steps.dates, steps.save_dates),
    ("classes", steps.classes, steps.save_classes),
    ("moves", steps.moves, steps.save_moves),
    ("pupils", steps.pupils, steps.save_pupils),
    ("leavers", steps.new_year_leavers, steps.save_leavers),
    ("staff", steps.staff, steps.save_staff),
)

urlpatterns = [
    page("school/new-year", steps.new_year, may=KEEPS_THE_ROLL),
    *(page(f"school/new-year/{step}", view, may=KEEPS_THE_ROLL, name=f"new-year-{step}") for step, view, _ in PLANNING),
    *(
        page(f"school/new-year/{step}/save", save, may=KEEPS_THE_ROLL, writes=True, name=f"save-new-year-{step}")
        for step, _, save in PLANNING
    ),
    page("school/new-year/check", steps.check, may=KEEPS_THE_ROLL, name="new-year-check"),
    page("school/new-year/apply", steps.apply_plan, may=KEEPS_THE_ROLL, writes=True, name="apply-new-year"),
    page("school/new-year/begin-again", steps.begin_again, may=KEEPS_THE_ROLL, writes=True),
    page("school/new-year/undo/<int:change_set>", steps.undo_new_year, may=KEEPS_THE_ROLL, writes=True),
    page("pupils/leavers", leaving.leavers, may=KEEPS_THE_ROLL),
    page("pupils/leavers/mark", leaving.mark_leavers, may=KEEPS_THE_ROLL, writes=True),
    page("pupils/leavers/undo/<int:change_set>", leaving.undo_leaving, may=KEEPS_THE_ROLL, writes=True),
    page("pupils/<int:pupil>/leaving", leaving.pupil_leaving, may=KEEPS_THE_ROLL, logged=True),
    page("pupils/<int:pupil>/leaving/save", leaving.save_leaving, may=KEEPS_THE_ROLL, writes=True),
    page("pupils/<int:pupil>/leaving/stay", leaving.stay, may=KEEPS_THE_ROLL, writes=True),
    page("pupils/<int:pupil>/leaving/return", leaving.come_back, may=KEEPS_THE_ROLL, writes=True),
]
