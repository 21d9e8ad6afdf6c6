from itrack.foundation.page import page
from itrack.foundation.viewer import LEADERS
from itrack.frameworks.api import READERS
from itrack.frameworks.views import editing
from itrack.frameworks.views import frameworks as views

STATEMENT = "school/frameworks/<int:framework>/statements/<int:statement>"

urlpatterns = [
    page("school/frameworks", views.frameworks, may=READERS),
    page("school/frameworks/start", views.start_frameworks, may=LEADERS, writes=True),
    page("school/frameworks/look", views.look_at_framework, may=LEADERS, writes=True),
    page("school/frameworks/bring", views.bring_framework, may=LEADERS, writes=True),
    page("school/frameworks/undo/<int:change_set>", views.undo_framework, may=LEADERS, writes=True),
    page("school/frameworks/<int:framework>", views.framework, may=READERS),
    page("school/frameworks/<int:framework>/completeness", views.completeness, may=READERS, name="framework-counts"),
    page("school/frameworks/<int:framework>/difference", views.difference, may=READERS, name="framework-difference"),
    page("school/frameworks/<int:framework>/difference.csv", views.difference_csv, may=READERS),
    page("school/frameworks/<int:framework>/difference.json", views.difference_json, may=READERS),
    page("school/frameworks/<int:framework>/framework.csv", views.framework_csv, may=READERS),
    page("school/frameworks/<int:framework>/framework.json", views.framework_json, may=READERS),
    page("school/frameworks/<int:framework>/copy", views.copy_framework, may=LEADERS),
    page("school/frameworks/<int:framework>/away", views.put_framework_away, may=LEADERS, writes=True),
    page("school/frameworks/<int:framework>/up", views.take_framework_up, may=LEADERS, writes=True),
    page("school/frameworks/<int:framework>/add", editing.add_statement, may=LEADERS, writes=True),
    page(STATEMENT, editing.framework_statement, may=LEADERS),
    page(f"{STATEMENT}/reword", editing.reword_statement, may=LEADERS, writes=True),
    page(f"{STATEMENT}/replace", editing.replace_statement, may=LEADERS, writes=True),
    page(f"{STATEMENT}/up", editing.statement_up, may=LEADERS, writes=True),
    page(f"{STATEMENT}/retire", editing.retire_statement, may=LEADERS, writes=True),
    page(f"{STATEMENT}/back", editing.bring_statement_back, may=LEADERS, writes=True),
]
