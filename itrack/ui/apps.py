from django.apps import AppConfig


class UiConfig(AppConfig):
    name = "itrack.ui"
    label = "ui"
