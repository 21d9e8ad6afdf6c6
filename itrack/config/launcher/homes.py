"""Where everything the trial stores lies, and why a folder is refused.

HOME/postgres        the data, readable by the server's account alone
HOME/postgres.log    what the server says; bounded in size
HOME/postgres-run    locks and settings, written by whoever starts the program
"""

import os
import pwd
import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path

from itrack.config.launcher.accounts import Account
from itrack.config.launcher.refusal import LauncherRefused

ROOTS_HOME = Path("/var/lib/itrack")
ROOM_TO_BEGIN = 200 * 2**20  # bytes: a new database, its first log segments and two schools
ROOM_TO_GO_ON = 48 * 2**20


@dataclass(frozen=True, slots=True)
class Places:
    """The paths of one home."""

    home: Path

    @property
    def data(self) -> Path:
        return self.home / "postgres"

    @property
    def log(self) -> Path:
        return self.home / "postgres.log"

    @property
    def run(self) -> Path:
        return self.home / "postgres-run"


def home_for(option: str | None) -> Path:
    """The home to use: what `--home` says, else ITRACK_HOME, else the usual place for this user. Absolute."""
    if option == "":
        raise LauncherRefused("--home is empty; name a folder, or leave --home out for the usual one.")
    if chosen := option or os.environ.get("ITRACK_HOME"):
        return Path(chosen).expanduser().resolve()
    if os.geteuid() == 0:
        return ROOTS_HOME
    shared = os.environ.get("XDG_DATA_HOME", "")
    base = Path(shared) if shared.startswith("/") else Path.home() / ".local/share"
    return (base / "itrack").resolve()


def prepare(home: Path, account: Account) -> Places:
    """Makes what is missing of `home`, or refuses it with one sentence; changes the mode of nothing that was there."""
    try:
        places = Places(home.resolve())
        _refuse_closed(places.home, account)
        _make(places.home)
        _refuse_strangers(places, account)
        _make(places.run)
    except (NotADirectoryError, FileExistsError):
        raise LauncherRefused(f"{home} is a file or lies in one; --home must name a folder.") from None
    except OSError as error:
        raise LauncherRefused(f"{home} cannot be used: {error.strerror}. {_better()}") from None
    if not os.access(places.home, os.W_OK | os.X_OK):
        raise LauncherRefused(f"{home} cannot be written by {_name(os.geteuid())}. {_better()}")
    _refuse_full(places)
    return places


def throwaway(account: Account) -> Path:
    """A new temporary home that `account` can enter; the caller removes it."""
    for base in (tempfile.gettempdir(), "/tmp", "/var/tmp"):  # noqa: S108 - mkdtemp makes a private name in it
        if os.access(base, os.W_OK | os.X_OK) and account.may_enter(Path(base)):
            home = Path(tempfile.mkdtemp(prefix="itrack-", dir=base)).resolve()
            home.chmod(_mode())
            return home
    raise LauncherRefused("No temporary folder is open to the database; set TMPDIR to one that is.")


def _make(folder: Path) -> None:
    if not folder.is_dir():
        _make(folder.parent)
        folder.mkdir(mode=0o700)
        folder.chmod(_mode())  # ours, made this moment: the caller's umask must not close it to the account


def _mode() -> int:
    """Under root the server's account must be able to pass through; nobody may list."""
    return 0o711 if os.geteuid() == 0 else 0o700


def _refuse_closed(home: Path, account: Account) -> None:
    there = next(folder for folder in (home, *home.parents) if folder.exists())
    if not account.switched or account.may_enter(there):
        return
    closed = next(folder for folder in (*reversed(there.parents), there) if not account.may_enter(folder))
    if not closed.is_dir():
        raise NotADirectoryError
    raise LauncherRefused(
        f"{closed} is closed to {account.name}, the account that runs the database under root; "
        f"choose a folder it can enter, for example --home {ROOTS_HOME}."
    )


def _refuse_strangers(places: Places, account: Account) -> None:
    """Whoever owns a folder can swap what is in it while we write there, so the home must be the caller's own."""
    owners = {places.home: os.geteuid(), places.run: os.geteuid(), places.data: account.uid}
    for folder, owner in owners.items():
        if folder.is_symlink():
            raise LauncherRefused(f"{folder} is a link; give the folder it points to as --home instead.")
        if folder.exists() and folder.stat().st_uid != owner:
            other = _name(folder.stat().st_uid)
            raise LauncherRefused(f"{folder} belongs to {other}; start the program as {other}, or {_better(start='')}")


def _refuse_full(places: Places) -> None:
    needed = ROOM_TO_GO_ON if places.data.exists() else ROOM_TO_BEGIN
    free = shutil.disk_usage(places.home).free
    if free < needed:
        raise LauncherRefused(
            f"The disk that holds {places.home} has {free >> 20} MB left and the database needs {needed >> 20} MB; "
            "make room, or choose a folder on another disk with --home."
        )


def _name(uid: int) -> str:
    try:
        return pwd.getpwuid(uid).pw_name
    except KeyError:
        return f"user {uid}"


def _better(*, start: str = "Choose another folder with --home") -> str:
    usual = ROOTS_HOME if os.geteuid() == 0 else "~/.local/share/itrack"
    return f"{start or 'choose another folder with --home'}, for example --home {usual}."
