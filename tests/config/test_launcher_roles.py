"""Each role of the database may do what its part of the program needs, and no more."""

from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg
import pytest
from psycopg import sql

from itrack.config.launcher.api import APP_VARIABLE, OWNER_VARIABLE, Role, Server, start

type Enter = Callable[..., psycopg.Connection]


@pytest.fixture(scope="module")
def server(made_once: Path) -> Iterator[Server]:
    with pytest.MonkeyPatch.context() as patch:
        patch.delenv(APP_VARIABLE, raising=False)
        patch.delenv(OWNER_VARIABLE, raising=False)
        with start(made_once, throwaway=True) as running:
            yield running


@pytest.fixture
def enter(server: Server) -> Iterator[Enter]:
    opened = []

    def connect(role: Role, database: str = "") -> psycopg.Connection:
        opened.append(psycopg.connect(server.dsn(role, database), autocommit=True))
        return opened[-1]

    yield connect
    for connection in opened:
        connection.close()


def test_the_app_makes_no_table_but_may_stage_rows(enter: Enter) -> None:
    app = enter("itrack_app")

    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        app.execute("create table kept (id int)")

    app.execute("create temporary table staged (id int)")
    assert app.execute("show timezone").fetchone() == ("UTC",)


def test_the_app_has_the_readers_rights_only_while_it_is_the_reader(enter: Enter) -> None:
    enter("itrack_owner").execute("create table roll (id int); grant select on roll to itrack_reader")
    app = enter("itrack_app")

    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        app.execute("select * from roll")
    app.execute("set role itrack_reader")

    assert app.execute("select * from roll").fetchall() == []
    for refused in ("insert into roll values (1)", "create temporary table staged (id int)"):
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            app.execute(refused)


@pytest.mark.parametrize("database", ["itrack", "test_itrack"])
def test_a_select_cannot_change_the_school_in_any_database(enter: Enter, database: str) -> None:
    if database != "itrack":
        enter("itrack_owner", "postgres").execute(sql.SQL("create database {}").format(sql.Identifier(database)))
    app = enter("itrack_app", database)

    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        app.execute("select set_config('itrack.school', '{9}', false)")

    app.execute("set itrack.school = '{7}'")
    assert app.execute("select current_setting('itrack.school')").fetchone() == ("{7}",)


def test_the_backup_reads_past_the_wall_and_writes_nothing(enter: Enter) -> None:
    owner = enter("itrack_owner")
    owner.execute("create table judgement (school_id int); insert into judgement values (7)")
    owner.execute("alter table judgement enable row level security; alter table judgement force row level security")

    backup = enter("itrack_backup")

    assert owner.execute("select count(*) from judgement").fetchone() == (0,)
    assert backup.execute("select count(*) from judgement").fetchone() == (1,)
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        backup.execute("delete from judgement")


def test_nobody_logs_in_as_the_reader_and_none_of_the_products_roles_is_all_powerful(enter: Enter) -> None:
    with pytest.raises(psycopg.OperationalError):
        psycopg.connect(enter("itrack_app").info.dsn.replace("itrack_app", "itrack_reader"))

    rows = enter("itrack_super").execute(
        "select rolname, rolsuper or rolcreaterole, rolbypassrls from pg_roles where rolname ~ '^itrack'"
    )
    powers = {name: (above, past_the_wall) for name, above, past_the_wall in rows.fetchall()}
    assert powers.pop("itrack_super") == (True, True)
    assert powers.pop("itrack_backup") == (False, True)
    assert powers == dict.fromkeys(("itrack_app", "itrack_owner", "itrack_reader"), (False, False))
