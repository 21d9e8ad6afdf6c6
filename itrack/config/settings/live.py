"""A school's live data: behind TLS, secrets from the environment, no default that would be a hole."""

import os

from itrack.config.settings.base import *  # noqa: F403 - settings are a namespace

DEBUG = False
SECRET_KEY = os.environ["ITRACK_SECRET_KEY"]
ALLOWED_HOSTS = os.environ["ITRACK_HOSTS"].split()
SECURE_SSL_REDIRECT = True
SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SESSION_COOKIE_SECURE = True
SESSION_COOKIE_NAME = "__Host-itrack_session"
CSRF_COOKIE_SECURE = True
CSRF_COOKIE_NAME = "__Host-itrack_form"
