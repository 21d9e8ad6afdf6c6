"""The trial's database, for the command line, the settings and the tests."""

from itrack.config.launcher.address import APP_VARIABLE, OWNER_VARIABLE, django_database
from itrack.config.launcher.homes import home_for
from itrack.config.launcher.refusal import LauncherRefused
from itrack.config.launcher.server import Role, Server, start

__all__ = [
    "APP_VARIABLE",
    "OWNER_VARIABLE",
    "LauncherRefused",
    "Role",
    "Server",
    "django_database",
    "home_for",
    "start",
]
