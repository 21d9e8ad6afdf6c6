"""One machine, demo schools, no proxy in front. Never for live data."""

import os

from itrack.config.settings.base import *  # noqa: F403 - settings are a namespace

TRIAL = True
DEBUG = False
SECRET_KEY = os.environ.get("ITRACK_SECRET_KEY", "")
ALLOWED_HOSTS = ["localhost", "127.0.0.1", "[::1]", *os.environ.get("ITRACK_HOSTS", "").split()]
