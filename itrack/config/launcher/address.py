"""Addresses of databases: a URL in the environment, a dictionary for Django, and nothing lost between them.

postgresql://itrack_app@/itrack?host=/run/itrack-1&requirepeer=itrack-pg
"""

import os
from typing import Any
from urllib.parse import quote, urlencode

from psycopg import Error, connect
from psycopg.conninfo import conninfo_to_dict

from itrack.config.launcher.refusal import LauncherRefused

APP_VARIABLE, OWNER_VARIABLE = "DATABASE_URL", "ITRACK_OWNER_DATABASE_URL"
OLDEST_MAJOR = 15
_NAMED_BY_DJANGO = {"dbname": "NAME", "user": "USER", "password": "PASSWORD", "host": "HOST", "port": "PORT"}


def url_of(parts: dict[str, Any]) -> str:
    """A URL for libpq out of its parameters; everything but user and database stands in the query."""
    rest = {key: value for key, value in parts.items() if key not in ("user", "dbname") and value is not None}
    user = quote(str(parts.get("user") or ""), safe="")
    query = urlencode(rest, safe="/", quote_via=quote)
    return f"postgresql://{user}{'@' if user else ''}/{quote(str(parts.get('dbname') or ''), safe='')}?{query}"


def with_database(url: str, database: str) -> str:
    """The same address, another database of that server."""
    return url_of({**conninfo_to_dict(url), "dbname": database})


def django_database(url: str) -> dict[str, Any]:
    """One entry of Django's DATABASES from any address libpq understands (URL or `key=value` words).

    Raises LauncherRefused when it is not one; the sentence does not repeat it, since it may hold a password.
    """
    parts = _parts(url)
    entry: dict[str, Any] = {name: str(parts.pop(key, None) or "") for key, name in _NAMED_BY_DJANGO.items()}
    return {"ENGINE": "django.db.backends.postgresql", **entry, "OPTIONS": parts}


def addresses_given() -> dict[str, str] | None:
    """Role → address when the environment names a database, else None; the owner's twin is then required."""
    app, owner = os.environ.get(APP_VARIABLE, ""), os.environ.get(OWNER_VARIABLE, "")
    if not app:
        return None
    if not owner:
        raise LauncherRefused(
            f"{APP_VARIABLE} is set, so {OWNER_VARIABLE} must be too: the same database with the role "
            "that owns the tables and may change them."
        )
    return {"itrack_app": app, "itrack_owner": owner}


def major_at(url: str) -> int:
    """The server's major version; refuses what does not answer or is too old."""
    _parts(url)
    try:
        with connect(url, connect_timeout=10) as connection:
            major = connection.info.server_version // 10000
    except Error as error:
        said = str(error).strip().splitlines()[-1:]
        raise LauncherRefused(f"The database of {APP_VARIABLE} does not answer: {' '.join(said)}") from None
    if major < OLDEST_MAJOR:
        raise LauncherRefused(
            f"The database of {APP_VARIABLE} is PostgreSQL {major}; {OLDEST_MAJOR} or newer is needed."
        )
    return major


def _parts(url: str) -> dict[str, Any]:
    try:
        return dict(conninfo_to_dict(url))
    except Error:
        raise LauncherRefused(
            f"{APP_VARIABLE} or {OWNER_VARIABLE} is not an address of a PostgreSQL database."
        ) from None
