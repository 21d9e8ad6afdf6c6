from itrack.accounts import views
from itrack.foundation.page import page
from itrack.foundation.viewer import ANY_STAFF, PUBLIC

urlpatterns = [
    page("sign-in", views.sign_in, may=PUBLIC),
    page("sign-in/enter", views.enter, may=PUBLIC, writes=True),
    page("sign-out", views.sign_out, may=ANY_STAFF, writes=True),
]
