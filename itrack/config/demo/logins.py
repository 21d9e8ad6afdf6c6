"""The log-ins of the trial: random passwords, kept beside the database in a file only its owner can read.

They are written before the schools come in, so whoever is in the database is in the file.
"""

from __future__ import annotations

import json
import os
import tempfile
from contextlib import suppress
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any, Final

import pyotp

from itrack.accounts.rules_words import generated
from itrack.config.demo.schools import SCHOOLS

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

FILE: Final = "demo-logins.json"


@dataclass(frozen=True, slots=True)
class Login:
    """How one person of the demo signs in. `totp_secret` is for an authenticator app, None without one."""

    username: str
    password: str
    totp_secret: str | None
    role: str
    school: str
    school_urn: str

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


def no_app(username: str) -> None:
    """Nobody has an app."""


def logins_with(passwords: Callable[[str], str], secrets: Callable[[str], str | None] = no_app) -> list[Login]:
    """Everybody of both schools, Oakfield first, with the password and the app's secret given for each.

    Who has a place in both is told once, with the first.
    """
    first = {member.username: school for school in reversed(SCHOOLS) for member in school.staff}
    return [
        Login(
            username=member.username,
            password=passwords(member.username),
            totp_secret=secrets(member.username),
            role=member.role.value,
            school=school.name,
            school_urn=school.urn,
        )
        for school in SCHOOLS
        for member in school.staff
        if first[member.username] is school
    ]


def logins_in(home: Path) -> list[Login]:
    """The log-ins kept under this home; none where no demo was brought in."""
    try:
        kept = json.loads((home / FILE).read_text(encoding="utf-8"))
    except FileNotFoundError:
        return []
    return [Login(**login) for login in kept]


def passwords_for(home: Path) -> Callable[[str], str]:
    """The password of each user name, kept under this home: those already there, else new ones, written first."""
    if not logins_in(home):
        drawn: dict[str, str] = {}
        _keep(home, logins_with(lambda username: drawn.setdefault(username, _new_password()), _new_secret))
    kept: Mapping[str, str] = {login.username: login.password for login in logins_in(home)}
    return kept.__getitem__


def secrets_for(home: Path) -> Callable[[str], str | None]:
    """The secret of each user name's authenticator app, kept beside the passwords; None for most."""
    kept = {login.username: login.totp_secret for login in logins_in(home)}
    return kept.get


def _new_secret(username: str) -> str | None:
    with_app = {member.username for school in SCHOOLS for member in school.staff if member.app}
    return pyotp.random_base32() if username in with_app else None


def _new_password() -> str:
    """One that would do for anybody of either school."""
    around = [name for school in SCHOOLS for name in (school.name, *(member.name for member in school.staff))]
    return generated(avoid=around)


def _keep(home: Path, logins: list[Login]) -> None:
    """Whole or not at all: another program's file that came first stays, and a killed one leaves none."""
    number, name = tempfile.mkstemp(prefix=".demo-logins-", dir=home)  # made with mode 0600
    try:
        with os.fdopen(number, "w", encoding="utf-8") as file:
            json.dump([login.as_json() for login in logins], file, indent=2)
            file.flush()
            os.fsync(file.fileno())
        with suppress(FileExistsError):
            os.link(name, home / FILE)
    finally:
        os.unlink(name)
