"""The ground a command stands on: the home, its database, Django set up on it, and who asks."""

import os
import secrets
from argparse import Namespace
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from itrack.config.launcher.api import APP_VARIABLE, Server, home_for, start
from itrack.foundation.refusal import Refused

if TYPE_CHECKING:
    from itrack.foundation.viewer import Access, Viewer

TRIAL = "itrack.config.settings.trial"


@contextmanager
def standing(asked: Namespace) -> Iterator[Server]:
    """The database of the home, started if it is not running, with Django set up on it."""
    home = home_for(asked.home)
    if APP_VARIABLE not in os.environ and not (home / "postgres").exists():
        raise Refused(_nothing_here(home))
    with start(home) as server:
        set_up(home, server)
        _refuse_an_empty_home(home)
        yield server


def set_up(home: Path, server: Server) -> None:
    """Points the settings at this home and its database. A settings module already chosen is kept."""
    os.environ.update(server.environment())
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", TRIAL)
    if os.environ["DJANGO_SETTINGS_MODULE"] == TRIAL:
        os.environ["ITRACK_SECRET_KEY"] = _secret_key(home)
        os.environ["ITRACK_STATIC"] = str(home / "static")
        os.environ["ITRACK_OUTBOX"] = str(_outbox(home))
    import django

    django.setup()


def _outbox(home: Path) -> Path:
    """Where the trial's mails lie. Links in them open accounts, so the folder is closed to everybody else."""
    folder = home / "outbox"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    folder.chmod(0o700)
    return folder


def _secret_key(home: Path) -> str:
    path = home / "secret-key"
    if not path.exists():
        home.mkdir(parents=True, exist_ok=True)
        fresh = path.with_name(f"secret-key.{os.getpid()}")
        with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
            file.write(secrets.token_urlsafe(50))
        fresh.rename(path)
    return path.read_text(encoding="ascii")


def _nothing_here(home: Path) -> str:
    return f"There are no schools under {home} yet. Start the trial there once: bin/run --home {home}"


def _refuse_an_empty_home(home: Path) -> None:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("select to_regclass('public.schools_school') is not null")
        if not cursor.fetchone()[0]:
            raise Refused(_nothing_here(home))


def asking(asked: Namespace, may: "Access") -> "Viewer":
    """The person named by --by in the school named by --school, if their role may do this."""
    from itrack.accounts.api import viewer_named
    from itrack.schools.api import school_by_urn

    school = school_by_urn(urn=asked.school)
    viewer = viewer_named(username=asked.by, school=school.id) if school else None
    if viewer is None:
        # One sentence for both, so that nobody learns which schools or user names there are.
        raise Refused("There is no such user in that school.")
    if not may.admits(viewer):
        raise Refused(f"The role {viewer.role.value} may not do this.")
    return viewer
