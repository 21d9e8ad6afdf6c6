"""A short private folder for the server's socket: a socket's path holds 107 bytes and a home may be longer."""

import hashlib
import os
import stat
import tempfile
from collections.abc import Iterator
from pathlib import Path

from itrack.config.launcher.accounts import Account
from itrack.config.launcher.processes import SOCKET
from itrack.config.launcher.refusal import LauncherRefused

LONGEST_PATH = 107  # bytes; sockaddr_un


def folder_for(home: Path, account: Account) -> Path:
    """Makes (or finds again) the folder for this home's socket: owned by `account`, closed to everybody else."""
    name = f"itrack-{account.uid}-{hashlib.sha256(os.fsencode(home)).hexdigest()[:10]}"
    for base in _bases():
        folder = base / name
        if len(os.fsencode(folder / f"{SOCKET}.lock")) <= LONGEST_PATH and _private(folder, account):
            return folder
    raise LauncherRefused(
        "No folder is free for the database's socket; set XDG_RUNTIME_DIR to a short folder of yours."
    )


def _bases() -> Iterator[Path]:
    yield Path("/run")
    if given := os.environ.get("XDG_RUNTIME_DIR"):
        yield Path(given)
    yield Path(tempfile.gettempdir())
    yield Path("/tmp")  # noqa: S108 - the folder made in it is checked to be ours


def _private(folder: Path, account: Account) -> bool:
    """False when it cannot be made there, or when somebody else made one of that name first."""
    try:
        folder.mkdir(mode=0o700)
        if account.switched:
            os.chown(folder, account.uid, account.gid, follow_symlinks=False)
    except FileExistsError:
        pass
    except OSError:
        return False
    found = folder.lstat()
    mine = stat.S_ISDIR(found.st_mode) and found.st_uid == account.uid and stat.S_IMODE(found.st_mode) == 0o700
    return mine and account.may_enter(folder)
