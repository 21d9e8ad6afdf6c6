"""Homes for the launcher's tests: real servers, in temporary folders that the server's account can enter."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from itrack.config.launcher import accounts, homes, processes
from itrack.config.launcher.api import APP_VARIABLE, OWNER_VARIABLE, start


@pytest.fixture(autouse=True)
def no_database_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """The test run itself has one; the servers here are started."""
    for name in (APP_VARIABLE, OWNER_VARIABLE, "ITRACK_HOME"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def home() -> Iterator[Path]:
    """An empty home."""
    folder = homes.throwaway(accounts.server_account())
    yield folder
    shutil.rmtree(folder)


@pytest.fixture(scope="session")
def made_once() -> Iterator[Path]:
    """A home in which a database was made."""
    folder = homes.throwaway(accounts.server_account())
    with pytest.MonkeyPatch.context() as patch:
        for name in (APP_VARIABLE, OWNER_VARIABLE):
            patch.delenv(name, raising=False)
        start(folder, throwaway=True).stop()
    yield folder
    shutil.rmtree(folder)


@pytest.fixture
def used_home(made_once: Path) -> Iterator[Path]:
    """The same home for all who ask, since making a database takes the longest; nothing runs on it before or after."""
    assert processes.wait_until(lambda: processes.living(made_once / "postgres") is None, seconds=10)
    yield made_once
    assert processes.wait_until(lambda: processes.living(made_once / "postgres") is None, seconds=10)
