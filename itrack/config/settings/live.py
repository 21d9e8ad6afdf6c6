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
DEVICE_COOKIE_NAME = "__Host-itrack_device"
CSRF_COOKIE_SECURE = True
CSRF_COOKIE_NAME = "__Host-itrack_form"

ADDRESS = os.environ.get("ITRACK_ADDRESS", "").rstrip("/") or f"https://{ALLOWED_HOSTS[0].lstrip('.')}"
MAIL_SECURITY = os.environ.get("ITRACK_MAIL_SECURITY", "starttls")
MAILERS = {
    "default": {
        "BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "OPTIONS": {
            "host": os.environ["ITRACK_MAIL_HOST"],
            "port": int(os.environ.get("ITRACK_MAIL_PORT", "587")),
            "username": os.environ.get("ITRACK_MAIL_USER", ""),
            "password": os.environ.get("ITRACK_MAIL_PASSWORD", ""),
            "use_tls": MAIL_SECURITY == "starttls",
            "use_ssl": MAIL_SECURITY == "tls",
            "timeout": 20,
        },
    }
}
if MAIL_SECURITY not in ("starttls", "tls", "none"):
    raise ValueError("ITRACK_MAIL_SECURITY is starttls, tls or none.")
