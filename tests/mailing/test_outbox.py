"""The trial shows its mail instead of sending it; live there is no such page."""

import os
import subprocess
import sys
from pathlib import Path

from django.test import Client

from itrack.config.cli.ground import _outbox
from itrack.mailing.api import send
from itrack.mailing.sources.outbox import mails_in

FILES = "django.core.mail.backends.filebased.EmailBackend"
LIVE = """
import django; django.setup()
from django.urls import Resolver404, resolve
from django.conf import settings
try:
    resolve("/outbox")
except Resolver404:
    print("not there", settings.ADDRESS, settings.MAILERS["default"]["OPTIONS"])
"""


def test_mails_are_shown_newest_first_with_their_text(tmp_path: Path, settings, django_mail_patch_dns, db) -> None:
    settings.OUTBOX = str(tmp_path)
    settings.MAILERS = {"default": {"BACKEND": FILES, "OPTIONS": {"file_path": str(tmp_path)}}}
    for n, words in enumerate(("first", "second – “quoted” <b>&amp;</b>")):
        send(
            to="tom@oakfield.example", subject=f"The {words}", text=f"Dear Tom\n\nhttps://itrack.example/{words[:5]}\n"
        )
        for file in tmp_path.glob("*.log"):
            os.utime(file, (n, n)) if file.stat().st_mtime > 10 else None

    said = Client().get("/outbox").content.decode()

    assert said.index("The second") < said.index("The first")
    assert "second – “quoted” &lt;b&gt;&amp;amp;&lt;/b&gt;" in said
    assert '<a href="https://itrack.example/first">https://itrack.example/first</a>' in said


def test_a_mail_that_is_still_being_written_is_not_shown(tmp_path: Path, settings, django_mail_patch_dns) -> None:
    settings.MAILERS = {"default": {"BACKEND": FILES, "OPTIONS": {"file_path": str(tmp_path)}}}
    send(to="tom@oakfield.example", subject="Grüße – “x”", text="Dear Tómas\n")
    [file] = tmp_path.glob("*.log")
    written = file.read_bytes()

    seen = [len(mails_in(written[:end])) for end in range(len(written) + 1)]

    assert seen[:-1] == [0] * len(written)
    assert seen[-1] == 1


def test_before_the_first_mail_the_page_says_so(settings, db) -> None:
    settings.OUTBOX = "/nowhere/at/all"

    assert "Nothing has been sent yet" in Client().get("/outbox").content.decode()


def test_the_outbox_is_closed_to_everybody_else_on_the_machine(tmp_path: Path) -> None:
    (tmp_path / "outbox").mkdir(mode=0o755)

    folder = _outbox(tmp_path)

    assert folder.stat().st_mode & 0o777 == 0o700


def live(**more: str) -> subprocess.CompletedProcess[str]:
    told = {
        "DJANGO_SETTINGS_MODULE": "itrack.config.settings.live",
        "ITRACK_SECRET_KEY": "x" * 50,
        "ITRACK_HOSTS": "itrack.example.org other.example.org",
        "ITRACK_MAIL_HOST": "mail.example.org",
        "PATH": os.environ["PATH"],
    }
    return subprocess.run(
        [sys.executable, "-c", LIVE],
        env=told | more,
        capture_output=True,
        text=True,
        check=False,
        cwd=Path(__file__).parents[2],
    )


def test_live_there_is_no_outbox_and_mail_goes_by_an_encrypted_connection() -> None:
    told = live(ITRACK_MAIL_PORT="25", ITRACK_MAIL_USER="post", ITRACK_MAIL_PASSWORD="secret").stdout

    assert told.startswith("not there https://itrack.example.org ")
    assert "'use_tls': True, 'use_ssl': False" in told
    assert "'host': 'mail.example.org', 'port': 25, 'username': 'post'" in told


def test_live_does_not_start_with_a_misspelt_kind_of_encryption() -> None:
    answer = live(ITRACK_MAIL_SECURITY="startls")

    assert answer.returncode == 1
    assert "ITRACK_MAIL_SECURITY is starttls, tls or none." in answer.stderr
