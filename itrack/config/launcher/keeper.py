"""Stands between the database server and the programs that use it, so that the server ends when they have.

Each program holds a shared lock on one file; the system lets it go however the program ends, `kill -9` included. The
keeper waits for the exclusive lock: when it has it, nobody is left, and it shuts the server down. Should the keeper
itself be killed, the kernel shuts the server down.

Run as `python -I -S keeper.py JSON` with the words of `Errand`: the standard library alone, for a fast start.
"""

import ctypes
import fcntl
import json
import os
import signal
import subprocess
import sys
from types import FrameType
from typing import NoReturn, TypedDict

LOG_LIMIT, LOG_KEPT = 4 * 2**20, 2**20  # bytes
KEEPER_LOCK = 3  # the descriptor of a lock we are born with and hold for life: it tells the living from the left-over
_PR_SET_PDEATHSIG = 1


class Errand(TypedDict):
    """What the keeper is told: paths, the server's command and environment, and the account (None: our own)."""

    users_lock: str
    log: str
    command: list[str]
    environment: dict[str, str]
    account: tuple[int, int] | None


def keep(errand: Errand) -> None:
    """Runs the server until its last user has gone. Exits at once if the server ends by itself."""
    users = os.open(errand["users_lock"], os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    bound(errand["log"])
    server = _serve(errand)
    signal.signal(signal.SIGCHLD, _server_gone)
    if server.poll() is not None:
        return
    signal.signal(signal.SIGALRM, lambda _number, _frame: bound(errand["log"]))
    signal.setitimer(signal.ITIMER_REAL, 60, 60)
    fcntl.flock(users, fcntl.LOCK_EX)
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    server.send_signal(signal.SIGINT)  # PostgreSQL's fast shutdown: open work is rolled back, the rest is on disk
    server.wait()


def bound(log: str) -> None:
    """Cuts the log to its last part when it has grown too long. The server only ever appends to it."""
    if os.path.exists(log) and os.path.getsize(log) > LOG_LIMIT:
        with open(log, "r+b") as file:
            file.seek(-LOG_KEPT, os.SEEK_END)
            kept = file.read()
            file.seek(0)
            file.write(kept)
            file.truncate()


def _serve(errand: Errand) -> subprocess.Popen[bytes]:
    log = os.open(errand["log"], os.O_WRONLY | os.O_CREAT | os.O_APPEND | os.O_CLOEXEC, 0o600)
    uid, gid = errand["account"] or (None, None)
    return subprocess.Popen(  # noqa: S603 - the launcher's own words, no shell
        errand["command"], env=errand["environment"], cwd="/", stdin=subprocess.DEVNULL, stdout=log, stderr=log,
        user=uid, group=gid, extra_groups=[] if uid is not None else None, umask=0o077, preexec_fn=_end_with_keeper,
    )  # fmt: skip


def _end_with_keeper() -> None:
    """In the server, before it begins (one thread, so this is safe): SIGINT when the keeper dies."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGINT)


def _server_gone(_number: int, _frame: FrameType | None) -> NoReturn:
    os.waitpid(-1, os.WNOHANG)
    sys.exit(1)


if __name__ == "__main__":
    os.closerange(KEEPER_LOCK + 1, 4096)  # a caller's other files and locks must not live on here
    os.chdir("/")
    keep(json.loads(sys.argv[1]))
