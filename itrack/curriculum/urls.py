from itrack.curriculum import views
from itrack.foundation.page import page
from itrack.foundation.viewer import LEADERS

urlpatterns = [
    page("school/subjects", views.subjects, may=LEADERS),
    page("school/subjects/start", views.start_subjects, may=LEADERS, writes=True),
    page("school/subjects/add", views.add_subject, may=LEADERS, writes=True),
    page("school/subjects/undo/<int:change_set>", views.undo_subjects, may=LEADERS, writes=True),
    page("school/subjects/<int:subject>", views.subject, may=LEADERS),
    page("school/subjects/<int:subject>/save", views.save_subject, may=LEADERS, writes=True),
    page("school/subjects/<int:subject>/up", views.subject_up, may=LEADERS, writes=True),
    page("school/subjects/<int:subject>/retire", views.retire_subject, may=LEADERS, writes=True),
    page("school/subjects/<int:subject>/bring-back", views.bring_subject_back, may=LEADERS, writes=True),
    page("school/subjects/<int:subject>/remove", views.remove_subject, may=LEADERS, writes=True),
    page("school/scheme", views.scheme, may=LEADERS),
    page("school/scheme/start", views.start_scheme, may=LEADERS, writes=True),
    page("school/scheme/add", views.add_option, may=LEADERS, writes=True),
    page("school/scheme/undo/<int:change_set>", views.undo_scheme, may=LEADERS, writes=True),
    page("school/scheme/<int:option>", views.option, may=LEADERS),
    page("school/scheme/<int:option>/save", views.save_option, may=LEADERS, writes=True),
    page("school/scheme/<int:option>/up", views.option_up, may=LEADERS, writes=True),
    page("school/scheme/<int:option>/remove", views.remove_option, may=LEADERS, writes=True),
]
