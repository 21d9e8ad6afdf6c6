"""Live answers as the settings promise: over TLS alone, told to stay there, with cookies that go nowhere else.

In a process of its own, since settings are read once.
"""

import json
import os
import subprocess
import sys

import pytest

ASKED = """
import json, django
django.setup()
from django.conf import settings
from django.test import Client
from django.test.utils import setup_test_environment
setup_test_environment()
settings.ALLOWED_HOSTS = ["itrack.example.org"]
unbuilt = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
settings.STORAGES = {**settings.STORAGES, "staticfiles": unbuilt}
client = Client(headers={"host": "itrack.example.org"})
plain, behind = client.get("/sign-in?next=/pupils/"), client.get("/sign-in", headers={"x-forwarded-proto": "https"})
told = ("secure", "httponly", "samesite", "path", "domain")
cookies = {name: [one[what] for what in told] for name, one in behind.cookies.items()}
print(json.dumps({
    "plain": [plain.status_code, plain.get("Location"), [*plain.cookies]],
    "behind": [behind.status_code, dict(behind.headers), cookies],
    "session": [settings.SESSION_COOKIE_SECURE, settings.SESSION_COOKIE_HTTPONLY, settings.SESSION_COOKIE_NAME],
    "debug": settings.DEBUG,
}))
"""


@pytest.fixture(scope="module")
def live() -> dict:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("ITRACK_")}
    said = {"DJANGO_SETTINGS_MODULE": "itrack.config.settings.live", "ITRACK_SECRET_KEY": "x" * 60}
    said |= {"ITRACK_HOSTS": "itrack.example.org", "ITRACK_MAIL_HOST": "mail.example.org"}
    done = subprocess.run([sys.executable, "-c", ASKED], env=kept | said, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_whoever_comes_without_tls_is_sent_to_it(live: dict) -> None:
    assert live["plain"] == [301, "https://itrack.example.org/sign-in?next=/pupils/", []]


def test_browsers_are_told_to_come_by_tls_for_a_year(live: dict) -> None:
    status, headers, _ = live["behind"]

    assert status == 200
    assert headers["Strict-Transport-Security"].startswith("max-age=31536000")


def test_cookies_travel_by_tls_alone_and_belong_to_this_host(live: dict) -> None:
    cookies = live["behind"][2]

    assert set(cookies) == {"__Host-itrack_form"}
    assert cookies["__Host-itrack_form"] == [True, True, "Lax", "/", ""]
    assert live["session"] == [True, True, "__Host-itrack_session"]


def test_nothing_of_the_inside_is_shown(live: dict) -> None:
    assert live["debug"] is False


@pytest.mark.parametrize("lacking", ["ITRACK_SECRET_KEY", "ITRACK_HOSTS", "ITRACK_MAIL_HOST"])
def test_live_does_not_start_without_its_secrets(lacking: str) -> None:
    kept = {name: value for name, value in os.environ.items() if name != lacking}
    said = {
        "DJANGO_SETTINGS_MODULE": "itrack.config.settings.live",
        "ITRACK_SECRET_KEY": "x" * 60,
        "ITRACK_HOSTS": "a.example",
        "ITRACK_MAIL_HOST": "mail.a.example",
    }
    del said[lacking]

    done = subprocess.run(
        [sys.executable, "-c", "import django; django.setup()"], env=kept | said, capture_output=True, text=True
    )

    assert done.returncode != 0
    assert lacking in done.stderr
