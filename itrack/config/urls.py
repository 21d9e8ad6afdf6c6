"""Every page of the product, gathered from the domains."""

from django.conf import settings
from django.urls import include, path

handler400 = "itrack.config.errors.not_understood"
urlpatterns = [
    path("", include("itrack.website.urls")),
    path("", include("itrack.accounts.urls")),
    path("", include("itrack.schools.urls")),
    path("", include("itrack.curriculum.urls")),
    path("", include("itrack.frameworks.urls")),
    path("", include("itrack.pupils.urls")),
    path("", include("itrack.objectives.urls")),
    path("", include("itrack.assessment.urls")),
    path("", include("itrack.targets.urls")),
    path("", include("itrack.statutory.urls")),
    path("", include("itrack.checking.urls")),
    path("", include("itrack.parents.urls")),
    path("", include("itrack.reports.urls")),
    path("", include("itrack.staff.urls")),
    path("", include("itrack.imports.urls")),
    path("", include("itrack.spreadsheets.urls")),
    path("", include("itrack.rollover.urls")),
    path("", include("itrack.operations.urls")),
    path("", include("itrack.promises.urls")),
    path("", include("itrack.ui.urls")),
]
if settings.TRIAL:
    urlpatterns.append(path("", include("itrack.mailing.urls")))
