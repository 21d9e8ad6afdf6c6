from django.apps import AppConfig


class ParentsConfig(AppConfig):
    name = "itrack.parents"
    label = "parents"
    default_auto_field = "django.db.models.BigAutoField"
