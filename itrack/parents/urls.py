from itrack.foundation.page import page
from itrack.foundation.viewer import LEADERS, MARKERS
from itrack.parents.views import reports, runs, school

urlpatterns = [
    page("parents/", reports.parent_reports, may=MARKERS, logged=True),
    page("parents/classes/<int:group>", reports.parent_reports_of_class, may=MARKERS, logged=True),
    page("parents/classes/<int:group>/ready", reports.mark_class_ready, may=MARKERS, writes=True),
    page("parents/classes/<int:group>/undo/<int:change_set>", reports.undo_class_ready, may=MARKERS, writes=True),
    page("parents/pupils/<int:pupil>", reports.parent_report, may=MARKERS, logged=True),
    page("parents/pupils/<int:pupil>.pdf", reports.parent_report_pdf, may=MARKERS, logged=True),
    page("parents/pupils/<int:pupil>/save", reports.save_parent_report, may=MARKERS, writes=True),
    page("parents/pupils/<int:pupil>/state", reports.set_parent_report_state, may=MARKERS, writes=True),
    page("parents/pupils/<int:pupil>/undo/<int:change_set>", reports.undo_parent_report, may=MARKERS, writes=True),
    page("parents/school", school.words_to_parents, may=LEADERS),
    page("parents/school/save", school.save_words_to_parents, may=LEADERS, writes=True),
    page("parents/logo.png", school.logo, may=MARKERS),
    page("parents/logo", school.save_logo, may=LEADERS, writes=True),
    page("parents/print", runs.print_parent_reports, may=MARKERS, writes=True),
    page("parents/runs/<int:run>", runs.parent_report_run, may=MARKERS),
    page("parents/runs/<int:run>/progress", runs.parent_report_progress, may=MARKERS),
    page("parents/runs/<int:run>/stop", runs.stop_parent_reports, may=MARKERS, writes=True),
    page("parents/runs/<int:run>.pdf", runs.parent_reports_pdf, may=MARKERS, logged=True),
]
