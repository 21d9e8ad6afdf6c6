"""From a home to a server that answers: find the one that runs, or start one."""

import json
import os
import signal
import sys
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from itrack.config.launcher import binaries, cluster, keeper, processes, roles, sharing, sockets
from itrack.config.launcher.accounts import ENVIRONMENT, Account
from itrack.config.launcher.address import url_of
from itrack.config.launcher.homes import Places
from itrack.config.launcher.refusal import LauncherRefused

LONGEST_START = 120  # seconds; after a power cut the server first replays its log


@dataclass(frozen=True, slots=True)
class Running:
    """A server that answers on a socket in `socket`; `peer` is the account that runs it."""

    socket: Path
    peer: str
    kind: binaries.Kind
    major: int

    def url(self, role: str, database: str) -> str:
        """The address for one role; the client refuses a server of any other account."""
        return url_of({"user": role, "dbname": database, "host": str(self.socket), "requirepeer": self.peer})


def find(places: Places, account: Account) -> Running | None:
    """The server that runs on this home already; one whose keeper was killed is first ended."""
    if not processes.wait_until(lambda: sharing.settled(places), seconds=15):
        pid = processes.living(places.data)
        if pid is None:
            raise LauncherRefused(f"The database in {places.home} runs in another container; choose another --home.")
        os.kill(pid, signal.SIGINT)
        if not processes.wait_until(lambda: processes.living(places.data) is None, seconds=60):
            raise LauncherRefused(f"An earlier database server does not end (process {pid}); end it first.")
    if not processes.ready(places.data):
        return None
    said = json.loads((places.run / "server.json").read_text(encoding="utf8"))
    return Running(processes.socket_folder(places.data), account.name, said["kind"], said["major"])


def launch(share: sharing.Share, account: Account, *, throwaway: bool) -> Running:
    """Starts a server for this home and sees to its roles; about half a second the first time."""
    places = share.places
    made_by = cluster.made_by(places)
    found = binaries.choose(account, places.home, made_by=made_by)
    if made_by is None:
        cluster.make(places, found, account, throwaway=throwaway)
    cluster.write_settings(places, throwaway=throwaway)
    running = Running(sockets.folder_for(places.home, account), account.name, found.kind, found.major)
    (places.run / "server.json").write_text(json.dumps({"kind": found.kind, "major": found.major}), encoding="utf8")
    processes.clear_left_over(places.data, running.socket)
    share.keeper = _spawn(places, cluster.command(places, found, running.socket), account)
    _await(share)
    roles.prepare(lambda database: running.url("itrack_super", database))
    return running


def tidy(places: Places, running: Running) -> None:
    """Takes the socket's folder away once its server has ended."""
    if not sharing.kept(places):
        with suppress(OSError):
            running.socket.rmdir()


def _spawn(places: Places, command: list[str], account: Account) -> int:
    errand = keeper.Errand(
        users_lock=str(places.run / "users"), log=str(places.log),
        command=command, environment=ENVIRONMENT, account=(account.uid, account.gid) if account.switched else None,
    )  # fmt: skip
    null, log, lock = os.open(os.devnull, os.O_RDWR | os.O_CLOEXEC), _log(places), sharing.keepers_lock(places)
    given = {0: null, 1: log, 2: log, keeper.KEEPER_LOCK: lock}
    try:
        return os.posix_spawn(
            sys.executable,
            [sys.executable, "-I", "-S", str(keeper.__file__), json.dumps(errand)],
            dict(os.environ),  # an interpreter may need it to start; the server gets its own few words
            file_actions=[(os.POSIX_SPAWN_DUP2, ours, its) for its, ours in given.items()],
            setsid=True,  # Ctrl-C in the terminal is for the program, which then lets the server go
            setsigmask=[],
            setsigdef=[signal.SIGINT, signal.SIGTERM, signal.SIGHUP, signal.SIGCHLD, signal.SIGALRM],
        )
    finally:
        for descriptor in (null, log, lock):
            os.close(descriptor)


def _log(places: Places) -> int:
    return os.open(places.log, os.O_WRONLY | os.O_CREAT | os.O_APPEND | os.O_CLOEXEC, 0o600)


def _await(share: sharing.Share) -> None:
    """Returns when the server takes connections; refuses with the last thing it said when it ended instead."""
    data = share.places.data
    ended = processes.wait_until(lambda: processes.ready(data) or share.keeper_ended(), seconds=LONGEST_START)
    if ended and processes.ready(data):
        return
    said = share.places.log.read_text(encoding="utf8", errors="replace").strip().splitlines()[-20:]
    fatal = [line for line in said if "FATAL" in line or "PANIC" in line or "Error" in line] or said or [""]
    raise LauncherRefused(f"The database did not start ({fatal[-1].strip()}); all it said is in {share.places.log}.")
