"""The trial's settings with a quick hasher and unhashed static files."""

import os

os.environ.setdefault("ITRACK_SECRET_KEY", "only-for-tests")

from itrack.config.settings.trial import *  # noqa: F403 - the key must be there first

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
# Static files straight from where they lie: a test run builds nothing.
WHITENOISE_AUTOREFRESH = WHITENOISE_USE_FINDERS = True
OUTBOX = ""
