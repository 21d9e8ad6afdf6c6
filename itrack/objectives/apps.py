from django.apps import AppConfig


class ObjectivesConfig(AppConfig):
    name = "itrack.objectives"
    label = "objectives"
    default_auto_field = "django.db.models.BigAutoField"
