from itrack.foundation.page import page
from itrack.foundation.viewer import LEADERS, OFFICE, Access
from itrack.schools import views

# The calendar is the head's to decide and the office's to type.
KEEPS_THE_CALENDAR = Access(LEADERS.roles | OFFICE.roles)

urlpatterns = [
    page("school/year", views.year, may=KEEPS_THE_CALENDAR),
    page("school/year/add", views.add, may=KEEPS_THE_CALENDAR, writes=True, name="add-year"),
    page("school/year/save", views.save, may=KEEPS_THE_CALENDAR, writes=True, name="save-year"),
    page("school/year/often", views.often, may=KEEPS_THE_CALENDAR, writes=True, name="ask-so-often"),
    page("school/year/undo/<int:change_set>", views.undo, may=KEEPS_THE_CALENDAR, writes=True, name="undo-year"),
]
