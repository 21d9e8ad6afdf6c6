from django.apps import AppConfig


class StatutoryConfig(AppConfig):
    name = "itrack.statutory"
    label = "statutory"
    default_auto_field = "django.db.models.BigAutoField"
