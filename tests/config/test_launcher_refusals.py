"""A home or an address that will not do is refused in one sentence that says what would."""

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from itrack.config.cli.words import parser
from itrack.config.launcher import accounts
from itrack.config.launcher.api import LauncherRefused, django_database, home_for, start

NOBODY = 65534
as_root = pytest.mark.skipif(os.geteuid() != 0, reason="the server has an account of its own under root alone")


def refusal(home: Path) -> str:
    with pytest.raises(LauncherRefused) as caught:
        start(home)
    sentence = str(caught.value)
    assert "\n" not in sentence
    assert sentence.endswith(".")
    return sentence


def made_by_an_older_server(home: Path) -> None:
    data = home / "postgres"
    data.mkdir(mode=0o700)
    (data / "PG_VERSION").write_text("13\n")
    account = accounts.server_account()
    os.chown(data, account.uid, account.gid)


def not_a_database(home: Path) -> None:
    made_by_an_older_server(home)
    (home / "postgres/PG_VERSION").write_text("of no use")


@pytest.mark.parametrize(
    ("prepare", "says"),
    [
        (made_by_an_older_server, "made by PostgreSQL 13"),
        (not_a_database, "does not hold a PostgreSQL database"),
        (lambda home: (home / "postgres").symlink_to("/tmp"), "is a link"),
    ],
)
def test_data_that_are_not_ours_to_open_are_left_alone(home: Path, prepare: Callable[[Path], None], says: str) -> None:
    prepare(home)
    before = held_in(home / "postgres")

    assert says in refusal(home)

    assert held_in(home / "postgres") == before


def held_in(folder: Path) -> list[Path]:
    """What lies in the folder; of a link only where it leads, since others may be at work there."""
    return [folder.readlink()] if folder.is_symlink() else sorted(folder.rglob("*"))


def test_a_file_is_no_home(home: Path) -> None:
    (home / "list.csv").write_text("")

    assert "must name a folder" in refusal(home / "list.csv")
    assert "must name a folder" in refusal(home / "list.csv" / "inside")


def test_a_full_disk_is_told_before_anything_is_made(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    usage = shutil.disk_usage(home)
    monkeypatch.setattr(shutil, "disk_usage", lambda _path: usage._replace(free=5 * 2**20))

    assert "has 5 MB left" in refusal(home)
    assert not (home / "postgres").exists()


@as_root
def test_a_home_below_a_closed_folder_is_refused_and_the_folder_stays_closed(home: Path) -> None:
    closed = home / "closed"
    closed.mkdir(mode=0o700)

    sentence = refusal(closed / "data")

    assert f"{closed} is closed to itrack-pg" in sentence
    assert "--home /var/lib/itrack" in sentence
    assert closed.stat().st_mode & 0o777 == 0o700
    assert list(closed.iterdir()) == []


@as_root
def test_somebody_elses_home_or_data_are_refused_by_name(home: Path) -> None:
    (home / "postgres").mkdir()
    os.chown(home / "postgres", NOBODY, NOBODY)
    assert "belongs to nobody" in refusal(home)

    os.chown(home, NOBODY, NOBODY)
    assert "start the program as nobody" in refusal(home)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_home_that_cannot_be_written_is_refused(home: Path) -> None:
    home.chmod(0o500)

    assert "cannot be" in refusal(home / "data")
    home.chmod(0o700)


def test_an_address_needs_the_owners_beside_it(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://itrack_app@db.example/itrack")

    assert "ITRACK_OWNER_DATABASE_URL must be too" in refusal(home)


def test_an_address_that_does_not_answer_keeps_its_password_to_itself(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("DATABASE_URL", "ITRACK_OWNER_DATABASE_URL"):
        monkeypatch.setenv(name, f"postgresql://itrack_app:swordfish@/itrack?host={home}")

    with pytest.raises(LauncherRefused, match="does not answer") as caught:
        start(home)

    assert "swordfish" not in str(caught.value)


def test_an_address_becomes_djangos_entry_whole() -> None:
    entry = django_database("postgresql://itrack_app:sw%40rd@db.example:6432/itrack?sslmode=verify-full&requirepeer=x")

    assert entry == {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": "itrack",
        "USER": "itrack_app",
        "PASSWORD": "sw@rd",
        "HOST": "db.example",
        "PORT": "6432",
        "OPTIONS": {"sslmode": "verify-full", "requirepeer": "x"},
    }
    with pytest.raises(LauncherRefused, match="not an address"):
        django_database("mysql://itrack")


def test_an_empty_home_is_not_taken_for_the_usual_one() -> None:
    with pytest.raises(LauncherRefused, match="--home is empty"):
        home_for("")


@pytest.mark.parametrize("typed", ["x", "", "0", "65536", "-1", "٣", "1" * 5000])
def test_a_port_that_is_none_is_refused_with_what_a_port_is(typed: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        parser().parse_args(["serve", f"--port={typed}"])

    assert "a port is a number from 1 to 65535" in capsys.readouterr().err


def test_the_home_is_the_option_then_the_variable_then_the_usual_place(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("ITRACK_HOME", str(tmp_path / "named"))
    assert home_for(str(tmp_path / "said")) == tmp_path / "said"
    assert home_for(None) == tmp_path / "named"

    monkeypatch.delenv("ITRACK_HOME")
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    assert home_for(None) == (Path("/var/lib/itrack") if os.geteuid() == 0 else tmp_path / "itrack")
