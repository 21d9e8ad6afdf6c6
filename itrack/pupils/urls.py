from itrack.accounts.api import remembering
from itrack.foundation.page import page
from itrack.foundation.viewer import NAMED_PUPILS, OFFICE
from itrack.pupils.views import classes as views
from itrack.pupils.views import flags
from itrack.pupils.views.classes import KEEPS_CLASSES, SETS_FLAGS

urlpatterns = [
    page("pupils/", views.roll, may=NAMED_PUPILS, before=remembering("roll", "group", "year_group")),
    page("pupils/joiner", views.joiner, may=OFFICE),
    page("pupils/joiner/add", views.add_joiner, may=OFFICE, writes=True),
    page("pupils/joiner/undo/<int:change_set>", views.undo_joiner, may=OFFICE, writes=True),
    page("pupils/flags", flags.flags, may=SETS_FLAGS, logged=True),
    page("pupils/flags/save", flags.save_flags, may=SETS_FLAGS, writes=True),
    page("pupils/flags/undo/<int:change_set>", flags.undo_flags, may=SETS_FLAGS, writes=True),
    page("pupils/<int:pupil>/flags", flags.set_pupil_flags, may=SETS_FLAGS, writes=True),
    page("school/classes", views.classes, may=KEEPS_CLASSES),
    page("school/classes/make", views.make, may=KEEPS_CLASSES, writes=True, name="make-classes"),
    page("school/classes/add", views.add, may=KEEPS_CLASSES, writes=True, name="add-class"),
    page("school/classes/undo/<int:change_set>", views.undo, may=KEEPS_CLASSES, writes=True, name="undo-classes"),
    page("school/classes/<int:group>", views.one_class, may=KEEPS_CLASSES, name="class"),
    page("school/classes/<int:group>/save", views.save, may=KEEPS_CLASSES, writes=True, name="save-class"),
    page("school/classes/<int:group>/move", views.move, may=KEEPS_CLASSES, writes=True, name="move-pupils"),
    page("school/classes/<int:group>/helpers", views.save_helpers, may=KEEPS_CLASSES, writes=True),
    page("school/classes/<int:group>/fill", views.fill, may=KEEPS_CLASSES, writes=True, name="fill-class"),
    page("school/classes/<int:group>/remove", views.remove, may=KEEPS_CLASSES, writes=True, name="remove-class"),
]
