"""Settings that hold everywhere. What differs by place is in trial, live and test."""

import os
from pathlib import Path
from typing import Any

from django.utils.csp import CSP

from itrack.accounts.rules_providers import configured
from itrack.config.launcher.address import django_database

ROOT = Path(__file__).resolve().parents[3]

DATABASES: dict[str, Any] = {
    "default": django_database(
        os.environ["ITRACK_OWNER_DATABASE_URL" if os.environ.get("ITRACK_AS_OWNER") else "DATABASE_URL"]
        if "DATABASE_URL" in os.environ
        else "postgresql://itrack_app@/itrack"
    )
}

INSTALLED_APPS = [
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "django_htmx",
    "procrastinate.contrib.django",
    "itrack.foundation",
    "itrack.ui",
    "itrack.schools",
    "itrack.mailing",
    "itrack.accounts",
    "itrack.curriculum",
    "itrack.frameworks",
    "itrack.pupils",
    "itrack.objectives",
    "itrack.assessment",
    "itrack.targets",
    "itrack.statutory",
    "itrack.checking",
    "itrack.imports",
    "itrack.spreadsheets",
    "itrack.rollover",
    "itrack.parents",
    "itrack.reports",
    "itrack.staff",
    "itrack.operations",
    "itrack.promises",
    "itrack.website",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.csp.ContentSecurityPolicyMiddleware",
    "itrack.foundation.middleware.PrivateAnswers",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "itrack.accounts.middleware.ViewerMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]
ROOT_URLCONF = "itrack.config.urls"
WSGI_APPLICATION = "itrack.config.wsgi.application"
AUTH_USER_MODEL = "accounts.Person"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.csp",
                "itrack.config.context.shell",
            ]
        },
    }
]

LANGUAGE_CODE = "en-gb"
TIME_ZONE = "Europe/London"
USE_I18N = False
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = os.environ.get("ITRACK_STATIC", str(ROOT / "static-built"))
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "itrack.config.static.HashedFiles"},
}

# A transfer file is spooled to a private temporary file that is unlinked when the request ends.
FILE_UPLOAD_HANDLERS = ["django.core.files.uploadhandler.TemporaryFileUploadHandler"]
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 4000

# The published policy promises capitals, small letters and digits. Once it no longer does, this goes with the sentence.
PASSWORD_CLASSES = True
# How many passwords a process hashes at once, at about 100 MiB each, and how many seconds the others wait.
HASHES_AT_ONCE = int(os.environ.get("ITRACK_HASHES_AT_ONCE", "4"))
HASH_PATIENCE = 5.0
# A file made by `itrack passwords filter`; without one, passwords are not compared with those known from breaches.
BREACHED_PASSWORDS = os.environ.get("ITRACK_BREACHED_PASSWORDS", "")
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
# The longest a school may let anybody stay; what holds for a role is asked at each request.
SESSION_COOKIE_AGE = 24 * 60 * 60
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_NAME = "itrack_session"
DEVICE_COOKIE_NAME = "itrack_device"
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_NAME = "itrack_form"
CSRF_FAILURE_VIEW = "itrack.config.errors.form_expired"
X_FRAME_OPTIONS = "DENY"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
# Google and Microsoft, where an operator has set them up; else there is no button, no address and no connection.
SIGN_IN_WITH = configured(os.environ)
SECURE_CSP = {
    "default-src": [CSP.NONE],
    "script-src": [CSP.NONCE],
    "style-src": [CSP.SELF],
    "img-src": [CSP.SELF],
    "connect-src": [CSP.SELF],
    # Browsers ask this of what a form's answer leads to as well.
    "form-action": [CSP.SELF, *(one.origin for one in SIGN_IN_WITH.values())],
    "base-uri": [CSP.NONE],
    "frame-ancestors": [CSP.NONE],
    "object-src": [CSP.NONE],
    "require-trusted-types-for": ["'script'"],
    "trusted-types": ["itrack"],
}

# Logs name the event, never the content: SQL, form values and file content stay out by never being logged.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {
            "()": "itrack.foundation.discretion.Discreet",
            "fmt": "%(asctime)s %(levelname)s %(name)s %(message)s",
        }
    },
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {"django.request": {"level": "ERROR"}, "django.db.backends": {"level": "WARNING", "propagate": False}},
}

# The addresses or networks of the proxies in front, whose word on where a request came from is believed. No others' is.
PROXIES = os.environ.get("ITRACK_PROXIES", "")

# Who runs this product: configuration with invented defaults, because the policy speaks for whoever hosts it.
OPERATOR = {
    "name": os.environ.get("ITRACK_OPERATOR", "Example Education Ltd"),
    "email": os.environ.get("ITRACK_OPERATOR_EMAIL", "help@example.org"),
}
TRIAL = False

# Where people open the product: links in mails begin so, whatever a request claims to have asked for.
ADDRESS = os.environ.get("ITRACK_ADDRESS", "").rstrip("/")
MAIL_FROM = os.environ.get("ITRACK_MAIL_FROM") or OPERATOR["email"]
# The folder of mails that are shown instead of sent; live there is none.
OUTBOX = ""
