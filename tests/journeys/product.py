"""The product itself, as `bin/run` starts it: a home of its own, a free port, demo schools, the worker."""

from __future__ import annotations

import ctypes
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import Event, Thread
from typing import IO, TYPE_CHECKING, Any

import psycopg

from itrack.config.launcher import accounts, homes
from itrack.config.launcher.address import APP_VARIABLE, OWNER_VARIABLE, with_database
from itrack.config.launcher.processes import wait_until

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parents[2]
# The first start makes a database and brings two schools in; a machine that does other work takes its time.
LONGEST_START = 240
# What the test run set for itself and the product must not see.
OURS = (
    "DJANGO_SETTINGS_MODULE",
    "ITRACK_SECRET_KEY",
    "ITRACK_HOME",
    "ITRACK_STATIC",
    "ITRACK_OUTBOX",
    "PYTHONWARNINGS",
)


@dataclass(frozen=True, slots=True)
class Login:
    username: str
    password: str
    role: str
    school: str
    totp_secret: str | None = None


class Product:
    """A running product. `url` is its address without a slash, `logins` are everybody's, by user name.

    `signed_in` are the cookies of everybody's last sign-in: to begin a journey, nobody need type a password again.
    """

    def __init__(self, home: Path, environment: dict[str, str]) -> None:
        self.home, self.environment = home, environment
        port = free_port()
        self.url = f"http://localhost:{port}"
        self.signed_in: dict[str, list[Any]] = {}
        self.said: list[str] = []
        self._answers = Event()
        self._serve = subprocess.Popen(
            [*itrack(), "serve", "--home", str(home), "--port", str(port)],
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            preexec_fn=heed_signals,
        )
        self._listener = Thread(target=self._listen, args=(self._serve.stdout,), daemon=True)
        self._listener.start()

    def _listen(self, lines: IO[str]) -> None:
        for line in lines:
            self.said.append(line.rstrip())
            if "iTRACK answers at" in line:
                self._answers.set()
        self._answers.set()

    def wait(self) -> None:
        """Returns when the address was printed; raises with what was said when it ended instead."""
        self._answers.wait(LONGEST_START)
        if not any(self.url in line for line in self.said) or self._serve.poll() is not None:
            raise AssertionError("\n".join(["The product did not start:", *self.said]))
        self.logins = {one["username"]: _login(one) for one in self.asked("demo-logins", "--home", str(self.home))}

    def asked(self, *words: str) -> Any:
        """What the command line answers, as data."""
        done = subprocess.run([*itrack(), *words, "--json"], env=self.environment, capture_output=True, check=True)
        return json.loads(done.stdout)

    @contextmanager
    def worker_held(self) -> Iterator[None]:
        """Background work waits for as long as this lasts, so that a page can be seen while it does."""
        (worker,) = [pid for pid in started_by(self._serve.pid) if b"worker" in words_of(pid)]
        os.kill(worker, signal.SIGSTOP)
        try:
            yield
        finally:
            os.kill(worker, signal.SIGCONT)

    def stop(self) -> list[int]:
        """Presses Ctrl-C; returns the processes it had started and left behind, which should be none."""
        if self._serve.poll() is None:
            started = {pid: born(pid) for pid in started_by(self._serve.pid)}
            self._serve.send_signal(signal.SIGINT)
        else:
            started = {}
        try:
            self._serve.wait(timeout=60)
        except subprocess.TimeoutExpired:
            self._serve.kill()
            self._serve.wait()
        left = {pid for pid, since in started.items() if since and born(pid) == since}
        self._listener.join(timeout=10)
        if self._serve.stdout:
            self._serve.stdout.close()
        return sorted(left)


def _login(told: dict[str, str]) -> Login:
    return Login(told["username"], told["password"], told["role"], told["school"], told["totp_secret"])


def itrack() -> list[str]:
    return [sys.executable, "-P", "-m", "itrack.config.cli"]


def free_port() -> int:
    with socket.socket() as asked:
        asked.bind(("127.0.0.1", 0))
        return int(asked.getsockname()[1])


def heed_signals() -> None:
    """In the child: Ctrl-C reaches it though a run in the background ignores it, and it ends when the run is killed."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    parent_died = 1
    ctypes.CDLL(None).prctl(parent_died, signal.SIGTERM)


def started_by(pid: int) -> list[int]:
    """The living processes below this one."""
    parents = {child: parent for child in pids() if (parent := parent_of(child))}
    found = [child for child, parent in parents.items() if parent == pid]
    return found + [below for child in found for below in started_by(child)]


def pids() -> list[int]:
    return [int(entry.name) for entry in Path("/proc").iterdir() if entry.name.isdigit()]


def parent_of(pid: int) -> int:
    """0 when it is gone, or a zombie that nobody has fetched."""
    stat = _stat(pid)
    return int(stat[1]) if stat and stat[0] != "Z" else 0


def born(pid: int) -> str:
    """When it started, which tells it from a later one of the same number; "" when it is gone."""
    stat = _stat(pid)
    return stat[19] if stat and stat[0] != "Z" else ""


def _stat(pid: int) -> list[str]:
    try:
        return Path(f"/proc/{pid}/stat").read_text(encoding="utf8", errors="replace").rpartition(")")[2].split()
    except OSError:
        return []


def words_of(pid: int) -> list[bytes]:
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0")
    except OSError:
        return []


@contextmanager
def environment_and_home() -> Iterator[tuple[dict[str, str], Path]]:
    """Where the product runs: on a database of its own in the server the test run was given, else on one it starts."""
    kept = {name: value for name, value in os.environ.items() if name not in OURS}
    kept |= {"PYTHONPATH": str(ROOT), "PYTHONUNBUFFERED": "1"}
    if not kept.get(APP_VARIABLE):
        home = homes.throwaway(accounts.server_account())
        try:
            yield kept, home
        finally:
            shutil.rmtree(home)
        return
    with own_database(kept[OWNER_VARIABLE]) as name, tempfile.TemporaryDirectory(prefix="itrack-") as folder:
        kept |= {variable: with_database(kept[variable], name) for variable in (APP_VARIABLE, OWNER_VARIABLE)}
        yield kept, Path(folder)


@contextmanager
def own_database(owner: str) -> Iterator[str]:
    """An empty database beside the one of that address, so that journeys touch nothing that is there."""
    name = f"itrack_journeys_{os.getpid()}"
    with psycopg.connect(owner, autocommit=True) as connection:
        connection.execute(f"create database {name}".encode())
        connection.execute(f"revoke all on database {name} from public".encode())
        connection.execute(f"grant connect, temporary on database {name} to itrack_app".encode())
    try:
        yield name
    finally:
        with psycopg.connect(owner, autocommit=True) as connection:
            connection.execute(f"drop database {name} with (force)".encode())


@contextmanager
def running() -> Iterator[Product]:
    """The product from its first start to Ctrl-C; refuses to end well when a process of it is left."""
    with environment_and_home() as (environment, home):
        product = Product(home, environment)
        left: list[int] = []
        try:
            product.wait()
            yield product
        finally:
            left = product.stop()
        assert not left, f"still running after Ctrl-C: {[words_of(pid) for pid in left]}"
        assert wait_until(lambda: not answers(product.url), seconds=5)


def answers(url: str) -> bool:
    with socket.socket() as asked:
        return asked.connect_ex(("127.0.0.1", int(url.rpartition(":")[2]))) == 0
