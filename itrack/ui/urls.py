from itrack.foundation.page import page
from itrack.foundation.viewer import ANY_STAFF
from itrack.ui import views

urlpatterns = [
    page("ui/", views.gallery, may=ANY_STAFF, name="gallery"),
]
