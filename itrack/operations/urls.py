from itrack.foundation.page import page
from itrack.foundation.viewer import LEADERS
from itrack.operations import views

urlpatterns = [
    page("school/signed-in", views.signed_in, may=LEADERS, logged=True),
    page("privacy/looks", views.who_looked, may=LEADERS, logged=True, name="looks"),
]
