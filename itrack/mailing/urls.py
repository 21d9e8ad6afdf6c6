"""Mounted in the trial alone: live mail goes to its reader and is kept nowhere."""

from itrack.foundation.page import page
from itrack.foundation.viewer import PUBLIC
from itrack.mailing import views

urlpatterns = [page("outbox", views.outbox, may=PUBLIC)]
