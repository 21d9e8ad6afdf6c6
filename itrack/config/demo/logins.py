"""The log-ins of the trial: random passwords, kept beside the database in a file only its owner can read.

They are written before the schools come in, so whoever is in the database is in the file.
"""

from __future__ import annotations

import json
import os
import secrets
import tempfile
from contextlib import suppress
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any, Final

from itrack.config.demo.names import words
from itrack.config.demo.schools import SCHOOLS

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

FILE: Final = "demo-logins.json"
# 32 words each: with the number some three million passwords, and argon2 makes each guess cost.
FIRST: Final = words(
    "Amber Birch Cedar Clover Copper Coral Crimson Ember Fern Flint Garnet Golden Hazel Heather Indigo Ivory "
    "Jade Juniper Linen Maple Marble Misty Olive Pearl Pepper Plum Quartz Russet Saffron Silver Velvet Willow"
)
SECOND: Final = words(
    "otter badger heron puffin beaver curlew dormouse falcon ferret gannet hamster hedgehog jackdaw kestrel lapwing "
    "magpie marten mole newt osprey oyster petrel pigeon plover rabbit robin salmon sparrow stoat swallow thrush vole"
)
THIRD: Final = words(
    "acorn anchor basket beacon bridge candle castle cottage ferry garden harbour island kettle ladder lantern meadow "
    "mill mitten orchard paddle pebble puddle quarry ribbon saddle teapot thimble tunnel valley whistle windmill yarn"
)


@dataclass(frozen=True, slots=True)
class Login:
    """How one person of the demo signs in. `totp_secret` is None while no second factor is asked for."""

    username: str
    password: str
    totp_secret: str | None
    role: str
    school: str
    school_urn: str

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


def logins_with(passwords: Callable[[str], str]) -> list[Login]:
    """Everybody of both schools, Oakfield first, with the password given for each."""
    return [
        Login(member.username, passwords(member.username), None, member.role.value, school.name, school.urn)
        for school in SCHOOLS
        for member in school.staff
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
        _keep(home, logins_with(lambda username: drawn.setdefault(username, _new_password())))
    kept: Mapping[str, str] = {login.username: login.password for login in logins_in(home)}
    return kept.__getitem__


def _new_password() -> str:
    words = (secrets.choice(FIRST), secrets.choice(SECOND), secrets.choice(THIRD))
    return "-".join((*words, str(secrets.randbelow(90) + 10)))


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
