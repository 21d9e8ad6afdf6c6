"""One home, one server: shared by all programs on it, gone with the last of them, however they end."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import psycopg

from itrack.config.launcher import processes
from itrack.config.launcher.api import start

LAUNCHER = [sys.executable, "-m", "itrack.config.launcher"]
# Says which server it has, then works until its input ends.
WORK = ["sh", "-c", 'head -n 1 "$0/postgres/postmaster.pid"; read -r _']


def work(home: Path) -> "subprocess.Popen[str]":
    return subprocess.Popen(
        [*LAUNCHER, "--home", home, "--", *WORK, home], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )


def server_of(program: "subprocess.Popen[str]") -> int:
    assert program.stdout
    return int(program.stdout.readline())


def gone(home: Path) -> bool:
    return processes.wait_until(lambda: processes.living(home / "postgres") is None, seconds=10)


def keeper_of(server: int) -> int:
    return int(Path(f"/proc/{server}/stat").read_text().rsplit(")", 1)[1].split()[1])


def test_two_programs_that_start_at_once_share_a_server_until_the_last_has_gone(used_home: Path) -> None:
    with work(used_home) as tom, work(used_home) as sena:
        shared = server_of(tom)
        assert server_of(sena) == shared

        tom.communicate()
        still_there = processes.living(used_home / "postgres")
        sena.communicate()

    assert still_there == shared
    assert processes.living(used_home / "postgres") is None


def test_a_killed_program_leaves_no_server_behind_and_the_next_one_starts(used_home: Path) -> None:
    with work(used_home) as tom:
        server_of(tom)
        tom.kill()

    with start(used_home) as server, psycopg.connect(server.dsn("itrack_app")) as sena:
        assert sena.execute("select 1").fetchone() == (1,)
    assert gone(used_home)


def test_a_killed_keeper_takes_its_server_with_it(used_home: Path) -> None:
    with work(used_home) as tom:
        os.kill(keeper_of(server_of(tom)), signal.SIGKILL)
        ended = gone(used_home)
        tom.communicate()

    assert ended


def test_after_everything_was_killed_the_next_start_clears_up_and_nothing_is_lost(used_home: Path) -> None:
    with start(used_home) as server, psycopg.connect(server.dsn("itrack_owner")) as hana:
        hana.execute("create table if not exists note as select 'kept' as says")
    with work(used_home) as tom:
        pid = server_of(tom)
        os.kill(keeper_of(pid), signal.SIGSTOP)  # it must not get to clear up
        os.kill(pid, signal.SIGKILL)
        tom.kill()
        os.kill(keeper_of(pid), signal.SIGKILL)
    assert (used_home / "postgres/postmaster.pid").exists()

    with start(used_home) as server, psycopg.connect(server.dsn("itrack_owner")) as hana:
        assert hana.execute("select says from note").fetchone() == ("kept",)


def test_a_program_told_to_end_ends_its_command_and_then_the_server(used_home: Path) -> None:
    with work(used_home) as tom:
        server_of(tom)
        tom.send_signal(signal.SIGTERM)
        code = tom.wait(timeout=20)

    assert code == 128 + signal.SIGTERM
    assert processes.living(used_home / "postgres") is None


def test_a_command_beside_a_throwaway_database_gives_its_own_exit_code() -> None:
    script = "import os, sys, psycopg; psycopg.connect(os.environ['ITRACK_OWNER_DATABASE_URL']); sys.exit(7)"

    answer = subprocess.run([*LAUNCHER, "--", sys.executable, "-W", "ignore", "-c", script])

    assert answer.returncode == 7


def test_the_log_is_cut_to_its_last_part_when_it_has_grown(tmp_path: Path) -> None:
    from itrack.config.launcher.keeper import LOG_KEPT, LOG_LIMIT, bound

    log = tmp_path / "postgres.log"
    log.write_bytes(b"old\n" * LOG_LIMIT + b"last\n")

    bound(str(log))

    assert log.stat().st_size == LOG_KEPT
    assert log.read_bytes().endswith(b"old\nlast\n")
