"""Which server runs on a data folder, and what a dead one left behind."""

import os
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from itrack.config.launcher.refusal import LauncherRefused

SOCKET = ".s.PGSQL.5432"
_PID, _SOCKET_FOLDER, _STATE = 0, 4, 7  # lines of postmaster.pid


def living(data: Path) -> int | None:
    """The process id of the server that runs on `data`, or None.

    A zombie is not alive (`pg_ctl status` says it is), nor is another program that got the old number.
    """
    try:
        pid = int(_pid_file(data)[_PID])
        state = Path(f"/proc/{pid}/stat").read_text(encoding="utf8", errors="replace").rsplit(")", 1)[1].split()[0]
        words = Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0")
    except (OSError, ValueError, IndexError):
        return None
    return pid if state not in "ZX" and os.fsencode(data) in words else None


def ready(data: Path) -> bool:
    """Whether the living server says it takes connections."""
    lines = _pid_file(data)
    return len(lines) > _STATE and lines[_STATE].strip() == "ready" and living(data) is not None


def socket_folder(data: Path) -> Path:
    """Where the living server listens."""
    return Path(_pid_file(data)[_SOCKET_FOLDER])


def clear_left_over(data: Path, socket: Path) -> None:
    """Takes away what a killed server left, which would stop the next one.

    Without its pid file a second server could run on the data of a first whose helpers still live, so we make sure
    that no process stands in the data folder, and refuse if one stays.
    """
    if not wait_until(lambda: not any(_standing_in(data)), seconds=10):
        pids = ", ".join(str(pid) for pid in _standing_in(data))
        raise LauncherRefused(f"An earlier database server still works in {data} (process {pids}); end it first.")
    for path in (data / "postmaster.pid", socket / SOCKET, socket / f"{SOCKET}.lock"):
        path.unlink(missing_ok=True)


def wait_until(done: Callable[[], bool], *, seconds: float) -> bool:
    """Whether `done` came true in time; asks every five milliseconds."""
    end = time.monotonic() + seconds
    while not done():
        if time.monotonic() > end:
            return False
        time.sleep(0.005)
    return True


def _pid_file(data: Path) -> list[str]:
    try:
        return (data / "postmaster.pid").read_text(encoding="utf8").split("\n")
    except OSError:
        return []


def _standing_in(data: Path) -> Iterator[int]:
    for entry in Path("/proc").iterdir():
        try:
            if entry.name.isdigit() and (entry / "cwd").readlink() == data:
                yield int(entry.name)
        except OSError:  # gone meanwhile, or another user's: that one cannot work in our folder
            continue
