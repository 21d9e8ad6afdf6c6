"""Several programs on one home share one server: the first starts it, the last one out ends it.

Three lock files. `start`: held for moments, one program at a time comes or goes. `users`: shared, held by each
program for as long as it uses the server. `keeper`: held by the keeper while a server runs.
"""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from itrack.config.launcher.homes import Places
from itrack.config.launcher.processes import living, ready, wait_until


class Share:
    """This program's share in the server of a home; given back by `leave`, or by the system when the program ends."""

    def __init__(self, places: Places) -> None:
        self.places = places
        self.keeper: int | None = None  # the keeper's process id when it is our child
        self._lock: int | None = _open(places.run / "users")
        fcntl.flock(self._lock, fcntl.LOCK_SH)  # waits while a keeper shuts down

    def keeper_ended(self) -> bool:
        """Whether the keeper we started has ended; it is then no longer our child."""
        if self.keeper and os.waitpid(self.keeper, os.WNOHANG)[0]:
            self.keeper = None
            return True
        return False

    def leave(self) -> None:
        """Gives the share back; if it was the last, returns when the server has ended."""
        with starting(self.places):
            self.drop()

    def drop(self) -> None:
        """The same, for a caller that is already the one that comes or goes."""
        if self._lock is None:
            return
        lock, self._lock = self._lock, None
        last = _got(lock, fcntl.LOCK_EX)  # asking for it lets go of the shared lock
        others = not last and _got(lock, fcntl.LOCK_SH)  # neither is to be had while the keeper shuts down
        os.close(lock)
        if not others:
            self._wait_for_the_end()

    def _wait_for_the_end(self) -> None:
        wait_until(lambda: not kept(self.places), seconds=60)
        if self.keeper:
            with suppress(ChildProcessError):
                os.waitpid(self.keeper, 0)


@contextmanager
def starting(places: Places) -> Iterator[None]:
    """One program at a time comes or goes."""
    lock = _open(places.run / "start")
    try:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
    finally:
        os.close(lock)


def kept(places: Places) -> bool:
    """Whether a keeper lives for this home, also one in another container, whose processes we cannot see."""
    lock = _open(places.run / "keeper")
    free = _got(lock, fcntl.LOCK_SH)
    os.close(lock)
    return not free


def keepers_lock(places: Places) -> int:
    """The keeper's lock, taken for the keeper that is about to be born with it."""
    lock = _open(places.run / "keeper")
    fcntl.flock(lock, fcntl.LOCK_EX)
    return lock


def settled(places: Places) -> bool:
    """Whether keeper and server agree: both at work or both gone, not one about to follow the other."""
    return ready(places.data) if kept(places) else living(places.data) is None


def _got(lock: int, kind: int) -> bool:
    try:
        fcntl.flock(lock, kind | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _open(path: Path) -> int:
    return os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
