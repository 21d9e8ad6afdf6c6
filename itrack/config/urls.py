"""Every page of the product, gathered from the domains."""

from django.urls import include, path

urlpatterns = [
    path("", include("itrack.accounts.urls")),
]
