from itrack.foundation.page import page
from itrack.foundation.viewer import ANY_STAFF, PUBLIC
from itrack.website import views

urlpatterns = [
    page("", views.home, may=ANY_STAFF),
    page("help", views.help_page, may=PUBLIC, name="help"),
]
