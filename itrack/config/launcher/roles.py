"""The database's roles: each part of the program enters with no more rights than its work needs.

itrack_super   makes the others; used while starting, never by the product
itrack_owner   owns the database and its tables; migrations and tests
itrack_app     the web and the worker; row-level security holds for it, and it makes no tables
itrack_reader  nobody logs in as it; the app becomes it for as long as a page only reads
itrack_backup  reads everything, for copies that must be whole
"""

from collections.abc import Callable

from psycopg import Connection, connect

# Roles and rights are stated anew at every start, so that an older trial gets what a newer program relies on.
_LOGIN = {
    "itrack_owner": "login createdb nosuperuser nocreaterole nobypassrls",
    "itrack_app": "login noinherit nosuperuser nocreatedb nocreaterole nobypassrls",
    "itrack_reader": "nologin nosuperuser nocreatedb nocreaterole nobypassrls",
    "itrack_backup": "login bypassrls nosuperuser nocreatedb nocreaterole",
}
_CLUSTER = """
alter role itrack_app set timezone = 'UTC';
grant itrack_reader to itrack_app;
grant pg_read_all_data to itrack_backup;
revoke all on database postgres from public;
revoke all on database template1 from public;
grant connect on database postgres to itrack_owner;
"""
# With set_config one injected SELECT could change the school; SET cannot stand inside a SELECT.
_NO_SET_CONFIG = """
revoke execute on function pg_catalog.set_config(text, text, boolean) from public;
grant execute on function pg_catalog.set_config(text, text, boolean) to itrack_owner, itrack_backup;
"""
_PRODUCT = """
revoke all on database itrack from public;
grant connect, temporary on database itrack to itrack_app;
grant connect on database itrack to itrack_backup;
revoke create on schema public from public;
"""


def prepare(url: Callable[[str], str]) -> None:
    """Brings roles, the product's database and the rights on both to what they must be; safe to repeat.

    `url` gives the address, as itrack_super, of the database named.
    """
    with connect(url("postgres"), autocommit=True) as connection:
        _roles(connection)
        connection.execute(_CLUSTER.encode())
    with connect(url("template1"), autocommit=True) as connection:  # new databases, those of tests too, copy this
        connection.execute(_NO_SET_CONFIG.encode())
    with connect(url("postgres"), autocommit=True) as connection:
        if not connection.execute("select 1 from pg_database where datname = 'itrack'").fetchone():
            connection.execute("create database itrack owner itrack_owner")
    with connect(url("itrack"), autocommit=True) as connection:
        connection.execute((_NO_SET_CONFIG + _PRODUCT).encode())


def _roles(connection: Connection) -> None:
    there = {name for (name,) in connection.execute("select rolname from pg_roles").fetchall()}
    for name, rights in _LOGIN.items():
        verb = "alter" if name in there else "create"
        connection.execute(f"{verb} role {name} {rights}".encode())
