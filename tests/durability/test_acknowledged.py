"""A mark that a teacher was told is saved is there after a power cut, and this harness would see it if it were not."""

from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from itrack.config.launcher.api import APP_VARIABLE, OWNER_VARIABLE
from itrack.config.launcher.api import start as start_database
from tests.architecture import source
from tests.durability.killing import Round, play, prepared_home

SEED = 2026


@pytest.fixture(scope="module")
def home() -> Iterator[Path]:
    """A home of its own: the test run's database is made for speed, not for keeping."""
    with prepared_home() as home:
        yield home


@pytest.fixture(scope="module")
def rounds(home: Path) -> list[Round]:
    return play(home, SEED, ["sound", "crowded", "hasty", "unwritten"])


def test_every_acknowledged_mark_is_there_after_the_plug_was_pulled(rounds: list[Round]) -> None:
    sound = [one for one in rounds if one.kind == "sound"]

    assert [one.lost for one in sound] == [[]]
    assert all(one.acknowledged >= one.moment.acknowledged >= 5 for one in sound)


def test_nothing_is_lost_of_what_twenty_teachers_save_at_once(rounds: list[Round]) -> None:
    (crowded,) = [one for one in rounds if one.kind == "crowded"]

    assert crowded.lost == []
    assert crowded.acknowledged >= crowded.moment.acknowledged >= 5


def test_no_cell_changed_that_nobody_typed_in(rounds: list[Round]) -> None:
    assert [one.strange for one in rounds] == [[], [], [], []]


@pytest.mark.parametrize("kind", ["hasty", "unwritten"])
def test_the_harness_notices_an_acknowledgement_that_comes_too_early(
    home: Path, rounds: list[Round], kind: str
) -> None:
    (broken,) = [one for one in rounds if one.kind == kind]
    lost = broken.lost

    # A broken server loses marks often, not always: the plug may fall just after a write. Five rounds are enough.
    for again in range(1, 5):
        if not lost:
            lost = play(home, SEED + again, [kind])[0].lost

    assert lost


def test_the_database_of_a_served_home_waits_for_the_disk(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in (APP_VARIABLE, OWNER_VARIABLE):
        monkeypatch.delenv(name, raising=False)

    # As the pages and the worker find it: role, database and server may each have settings of their own.
    with start_database(home) as server, psycopg.connect(server.dsn("itrack_app")) as connection:
        found = connection.execute(
            "select name, setting from pg_settings where name in ('fsync', 'full_page_writes', 'synchronous_commit')"
        ).fetchall()

    assert dict(found) == {"fsync": "on", "full_page_writes": "on", "synchronous_commit": "on"}


def test_only_a_database_that_nobody_keeps_is_told_not_to_wait() -> None:
    texts = {str(path.relative_to(source.PACKAGE)): path.read_text(encoding="utf8") for path in source.files()}

    told = {place for place, text in texts.items() if "synchronous_commit" in text or "fsync = " in text}

    assert told == {"config/launcher/cluster.py"}
    (text,) = (texts[place] for place in told)
    assert text.count("synchronous_commit") == text.count("fsync = off") == 1, "in THROWAWAY, and nowhere else"
