"""The product on a home: `itrack serve` with its PostgreSQL, started, and killed as by a power switch.

Only processes of this home are ended: the server we started, and the database whose data folder lies in the home.
"""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from threading import Event, Thread
from typing import TYPE_CHECKING

import psycopg

from itrack.config.launcher import processes
from itrack.config.launcher.accounts import server_account
from itrack.config.launcher.address import APP_VARIABLE, OWNER_VARIABLE, url_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

ROOT = Path(__file__).resolve().parents[2]
LONGEST_START = 120  # seconds, on a machine that does other work
# What a test run set for itself and the product must not see.
NOT_FOR_IT = (APP_VARIABLE, OWNER_VARIABLE, "DJANGO_SETTINGS_MODULE", "ITRACK_SECRET_KEY", "ITRACK_HOME")


def environment(more: Mapping[str, str] | None = None) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if name not in NOT_FOR_IT}
    return kept | {"PYTHONPATH": str(ROOT), "PYTHONUNBUFFERED": "1", **(more or {})}


class Trial:
    """A running product; `port` is where its pages answer."""

    def __init__(self, home: Path, more: Mapping[str, str] | None = None) -> None:
        self.data, self.port = home / "postgres", _free_port()
        self._said: list[str] = []
        self._answers = Event()
        words = ["-P", "-m", "itrack.config.cli", "serve", "--home", str(home), "--port", str(self.port)]
        self._serve = subprocess.Popen(
            [sys.executable, *words], env=environment(more), stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
        )
        self._listener = Thread(target=self._listen, daemon=True)
        self._listener.start()
        self._answers.wait(LONGEST_START)
        if "iTRACK answers" not in "".join(self._said):
            self.stop()
            raise AssertionError("\n".join(["The product did not start:", *self._said]))

    def _listen(self) -> None:
        with suppress(ValueError):  # closed under our hands: the product was killed
            for line in self._serve.stdout or ():
                self._said.append(line.rstrip())
                if "iTRACK answers" in line:
                    self._answers.set()
        self._answers.set()

    def ask(self, role: str, *questions: str) -> list[tuple[object, ...]]:
        """The rows that the last question brings, asked of the running database in that role."""
        words = {"user": role, "dbname": "itrack", "host": str(processes.socket_folder(self.data))}
        address = url_of(words | {"requirepeer": server_account().name})
        with psycopg.connect(address, autocommit=True) as connection:
            for question in questions:
                answer = connection.execute(question.encode())
            return answer.fetchall()

    def kill(self, *, web_first: bool) -> None:
        """kill -9 of the web process and of PostgreSQL with all its helpers, within a moment."""
        database = processes.living(self.data)
        assert database, "the database was to be killed, and is not there"
        # One look at one file: who reads all of /proc first gives a late commit time to end well.
        helpers = [int(pid) for pid in Path(f"/proc/{database}/task/{database}/children").read_text().split()]
        _kill([self._serve.pid, database, *helpers] if web_first else [database, *helpers, self._serve.pid])
        self._gone()
        assert processes.wait_until(lambda: not any(processes._standing_in(self.data)), seconds=20)

    def stop(self) -> None:
        """Ends it in order, if it still runs."""
        if self._serve.poll() is None:
            self._serve.send_signal(signal.SIGTERM)
        self._gone()

    def _gone(self) -> None:
        self._serve.wait(timeout=60)
        self._listener.join(timeout=20)
        if self._serve.stdout:
            self._serve.stdout.close()


def _kill(pids: Sequence[int]) -> None:
    for pid in pids:
        try:
            os.kill(pid, signal.SIGKILL)
        except ProcessLookupError:  # a connection that ended this moment
            continue


def _free_port() -> int:
    with socket.socket() as asked:
        asked.bind(("127.0.0.1", 0))
        return int(asked.getsockname()[1])
