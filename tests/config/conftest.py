"""Homes for the launcher's tests: real servers, in temporary folders that the server's account can enter."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from itrack.config.launcher import accounts, homes
from itrack.config.launcher.api import APP_VARIABLE, OWNER_VARIABLE


@pytest.fixture
def home(monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """An empty home, and an environment that names no database."""
    for name in (APP_VARIABLE, OWNER_VARIABLE, "ITRACK_HOME"):
        monkeypatch.delenv(name, raising=False)
    folder = homes.throwaway(accounts.server_account())
    yield folder
    shutil.rmtree(folder)
