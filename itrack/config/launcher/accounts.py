"""Who runs the database server: whoever started the program, or, under root, an ordinary account made for it.

PostgreSQL refuses to run as root, and so do we: a fault in it must not own the machine.
"""

import os
import pwd
import shutil
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from itrack.config.launcher.refusal import LauncherRefused

SERVICE_ACCOUNT = "itrack-pg"
# Nothing of the caller's environment reaches the server: no PG* variable, no secret.
ENVIRONMENT = {"PATH": "/usr/sbin:/usr/bin:/sbin:/bin", "LC_ALL": "C.UTF-8", "TZ": "UTC"}


@dataclass(frozen=True, slots=True)
class Account:
    """An account of the operating system; `switched` when it is not the one we run under."""

    name: str
    uid: int
    gid: int
    switched: bool

    def may_enter(self, folder: Path) -> bool:
        """Whether this account can pass through `folder` and all above it (asked of the system: ACLs count)."""
        return run_as(self, ["/bin/sh", "-c", 'test -x "$1"', "sh", str(folder)]).returncode == 0


def caller_name() -> str:
    """The name of the account that started the program, which peer authentication needs."""
    try:
        return pwd.getpwuid(os.geteuid()).pw_name
    except KeyError:
        raise LauncherRefused(
            f"User id {os.geteuid()} has no name on this machine, so the database could not recognise it; "
            "give it one in /etc/passwd, or set DATABASE_URL to a database that is already there."
        ) from None


def server_account() -> Account:
    """The account that owns the data and runs the server; made once when we are root."""
    if os.geteuid() != 0:
        return Account(caller_name(), os.geteuid(), os.getegid(), switched=False)
    found = _lookup() or _make()
    account = Account(found.pw_name, found.pw_uid, found.pw_gid, switched=True)
    if run_as(account, ["/bin/sh", "-c", ":"]).returncode:
        raise LauncherRefused(
            f"The database never runs as root, and root may not become {SERVICE_ACCOUNT} here; "
            "start the program as an ordinary user, or set DATABASE_URL."
        )
    return account


def run_as(account: Account, command: Sequence[str | Path]) -> subprocess.CompletedProcess[str]:
    """Runs a short command to its end as `account`, output captured; what cannot be run answers 126, as in a shell."""
    switch: dict[str, Any] = {}
    if account.switched:
        switch = {"user": account.uid, "group": account.gid, "extra_groups": []}
    try:
        return subprocess.run(  # noqa: S603 - a list, no shell; the words are ours or a found program
            command, cwd="/", env=ENVIRONMENT, umask=0o077, stdin=subprocess.DEVNULL,
            capture_output=True, text=True, errors="replace", check=False, **switch,
        )  # fmt: skip
    except OSError as error:
        return subprocess.CompletedProcess(list(command), 126, "", str(error))


def _lookup() -> pwd.struct_passwd | None:
    try:
        return pwd.getpwnam(SERVICE_ACCOUNT)
    except KeyError:
        return None


def _make() -> pwd.struct_passwd:
    me = Account("root", 0, 0, switched=False)
    useradd = shutil.which("useradd", path=ENVIRONMENT["PATH"]) or "useradd"
    options = ["--system", "--user-group", "--no-create-home", "--home-dir", "/nonexistent", "--shell", "/bin/false"]
    answer = run_as(me, [useradd, *options, SERVICE_ACCOUNT])
    if found := _lookup():  # also when another start made it a moment before us
        return found
    raise LauncherRefused(
        f"The database never runs as root, and the account {SERVICE_ACCOUNT} could not be made "
        f"({answer.stderr.strip() or 'useradd failed'}); start the program as an ordinary user instead."
    )
