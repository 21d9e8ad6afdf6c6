"""A throw-away database with the product's tables, for comparisons that need one."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module

import psycopg

from itrack.config.launcher import accounts, homes
from itrack.config.launcher.api import Server, start
from itrack.config.memory import settle

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "itrack.config.settings.test")


@contextmanager
def empty_database() -> Iterator[Server]:
    """A fresh server (with fsync, as in earnest) under a temporary home, migrated; Django is set up on it.

    The process looks after its memory as one that answers pages does.
    """
    given = {name: os.environ.pop(name, None) for name in ("DATABASE_URL", "ITRACK_OWNER_DATABASE_URL")}
    home = homes.throwaway(accounts.server_account())
    try:
        with start(home) as server:
            os.environ.update(server.environment())
            _migrated(server.settings("itrack_app"), server.settings("itrack_owner"))
            import_module("itrack.config.urls")
            settle()
            yield server
            _close()
    finally:
        shutil.rmtree(home, ignore_errors=True)
        os.environ.update({name: value for name, value in given.items() if value})


def analyse(server: Server, database: str = "") -> None:
    """What the server does by itself within a minute of many rows coming in. The program's own role may not."""
    with psycopg.connect(server.dsn("itrack_super", database), autocommit=True) as link:
        link.execute("analyze")


def _migrated(app: dict[str, object], owner: dict[str, object]) -> None:
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connection

    connection.close()
    connection.settings_dict.update(owner)
    call_command("migrate", verbosity=0, interactive=False)
    connection.close()
    connection.settings_dict.update(app)


def _close() -> None:
    from django.db import connection

    connection.close()
