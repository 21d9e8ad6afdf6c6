from django.apps import AppConfig


class RolloverConfig(AppConfig):
    name = "itrack.rollover"
    label = "rollover"
    default_auto_field = "django.db.models.BigAutoField"
