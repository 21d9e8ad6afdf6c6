from itrack.foundation.page import page
from itrack.foundation.viewer import PUBLIC
from itrack.promises import views

urlpatterns = [
    page("privacy", views.privacy, may=PUBLIC, before=views.gather),
]
