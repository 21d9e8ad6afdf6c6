"""One machine, demo schools, no proxy in front. Never for live data."""

import os

from itrack.config.launcher.homes import home_for
from itrack.config.settings.base import *  # noqa: F403 - settings are a namespace

TRIAL = True
DEBUG = False
SECRET_KEY = os.environ.get("ITRACK_SECRET_KEY", "")
ALLOWED_HOSTS = ["localhost", "127.0.0.1", "[::1]", *os.environ.get("ITRACK_HOSTS", "").split()]

# No mail leaves the machine: each lies in the home and is shown at /outbox.
ADDRESS = os.environ.get("ITRACK_ADDRESS", "").rstrip("/") or "http://localhost:8000"
OUTBOX = os.environ.get("ITRACK_OUTBOX") or str(home_for(None) / "outbox")
MAILERS = {"default": {"BACKEND": "django.core.mail.backends.filebased.EmailBackend", "OPTIONS": {"file_path": OUTBOX}}}
