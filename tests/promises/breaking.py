"""Breaking the running system for a moment, as only the owner of the database can, to see the evidence turn."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import psycopg
from django.db import connection, transaction

from itrack.promises.api import prove


@contextmanager
def broken(do: str, undo: str) -> Iterator[None]:
    """Runs `do` as the owner, and `undo` whatever happens; both are committed, since the program must see them."""
    told = connection.get_connection_params()
    known = {key: told[key] for key in ("dbname", "host", "port", "password") if told.get(key)}
    with psycopg.connect(**known, user="itrack_owner", autocommit=True) as owner:
        owner.execute(do)
        try:
            yield
        finally:
            owner.execute(undo)


def what_is_seen(name: str) -> dict[str, Any]:
    """The promise as `itrack prove` would print it now. Locks taken by looking are given back."""
    with transaction.atomic():
        [told] = prove([name])
        transaction.set_rollback(True)
    return told
