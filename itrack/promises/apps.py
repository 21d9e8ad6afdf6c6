from django.apps import AppConfig


class PromisesConfig(AppConfig):
    name = "itrack.promises"
    label = "promises"
    default_auto_field = "django.db.models.BigAutoField"
