"""The trial's database for a program: started, joined, or taken from the environment."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal, Self

from psycopg import Error

from itrack.config.launcher import accounts, address, homes, launching, sharing
from itrack.config.launcher.binaries import Kind
from itrack.config.launcher.cluster import LOGIN_ROLES
from itrack.config.launcher.refusal import LauncherRefused

Role = Literal["itrack_app", "itrack_owner", "itrack_backup", "itrack_super"]


@dataclass(slots=True)
class Server:
    """A database that answers. A context manager: leaving it lets the server go.

    `home` is None when the environment named the database; then nothing was started and nothing is stopped.
    """

    binaries_kind: Kind
    major: int
    urls: Mapping[str, str]
    home: Path | None = None
    _share: sharing.Share | None = field(default=None, repr=False)
    _running: launching.Running | None = field(default=None, repr=False)

    def dsn(self, role: Role, database: str = "") -> str:
        """The address for one role, of the product's database or of the one named."""
        if role not in self.urls:
            raise LauncherRefused(f"No address for the role {role} was given with {address.APP_VARIABLE}.")
        return address.with_database(self.urls[role], database) if database else self.urls[role]

    def settings(self, role: Role, database: str = "") -> dict[str, Any]:
        """The same as an entry of Django's DATABASES."""
        return address.django_database(self.dsn(role, database))

    def environment(self) -> dict[str, str]:
        """What another program needs to reach the database: the two addresses, under their names."""
        return {
            address.APP_VARIABLE: self.dsn("itrack_app"),
            address.OWNER_VARIABLE: self.dsn("itrack_owner"),
        }

    def cautions(self) -> list[str]:
        """What somebody who starts this database should know, a sentence each."""
        said = []
        if self.binaries_kind == "embedded":
            said.append(
                "The database comes from a Python package, whose security updates lag behind your system's: "
                "for trying out, not for a school's live data."
            )
        if self.home:
            said.append(
                "In this trial one account of the machine runs everything, so whoever has that account can enter "
                "the database in any role; a live system keeps them apart."
            )
        return said

    def stop(self) -> None:
        """Lets the server go: the last program to do so ends it, and then returns when it has ended."""
        if self._share and self._running:
            self._share.leave()
            launching.tidy(self._share.places, self._running)
            self._share = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()


def start(home: Path, *, throwaway: bool = False) -> Server:
    """A server for the data under `home`, or the one that DATABASE_URL names; LauncherRefused with one sentence.

    `throwaway` is for data nobody keeps: faster, because nothing is forced to disk.
    """
    if given := address.addresses_given():
        return Server("address", address.major_at(given["itrack_owner"]), given)
    account = accounts.server_account()
    places = homes.prepare(home, account)
    try:
        with sharing.starting(places):
            share = sharing.Share(places)
            running = _running(share, account, throwaway=throwaway)
    except (OSError, Error) as error:
        raise LauncherRefused(f"The database could not start in {home}: {str(error).strip()}") from None
    urls = {role: running.url(role, "itrack") for role in LOGIN_ROLES}
    return Server(running.kind, running.major, urls, places.home, share, running)


def _running(share: sharing.Share, account: accounts.Account, *, throwaway: bool) -> launching.Running:
    try:
        found = launching.find(share.places, account)
        return found or launching.launch(share, account, throwaway=throwaway)
    except BaseException:
        share.drop()
        raise
