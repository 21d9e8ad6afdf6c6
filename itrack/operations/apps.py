from django.apps import AppConfig


class OperationsConfig(AppConfig):
    name = "itrack.operations"
    label = "operations"
