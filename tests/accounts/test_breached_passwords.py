"""Passwords known from breaches: the file, the command that makes it, and what a new password meets."""

import hashlib
import json
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from itrack.accounts.actions.passwords import BREACHED, WeakPassword, breached_passwords, set_password, weaknesses
from itrack.accounts.sources.breached import HEADER, Unusable, open_filter, write_filter
from itrack.foundation.refusal import Refused
from tests.cast import NOW, Cast

KNOWN = "mint-Bungalow-saucepan-8"
OTHER = "lute-Gecko-thimble-31"


def digests(words: list[str], counts: bool = True) -> str:
    rows = sorted(hashlib.sha1(word.encode(), usedforsecurity=False).hexdigest().upper() for word in words)
    return "".join(f"{row}:{number}\n" if counts else f"{row}\n" for number, row in enumerate(rows, start=1))


@pytest.fixture
def a_list(tmp_path: Path) -> Path:
    source = tmp_path / "pwned.txt"
    source.write_text(digests([KNOWN, *(f"word {number}" for number in range(5_000))]))
    return source


def test_every_password_of_the_list_is_found_and_hardly_any_other(a_list: Path, tmp_path: Path) -> None:
    built = write_filter(a_list, tmp_path / "out.filter")

    held = open_filter(tmp_path / "out.filter")
    assert built.passwords == held.passwords == 5_001
    assert all(f"word {number}" in held for number in range(5_000))
    assert KNOWN in held
    assert sum(f"other {number}" in held for number in range(100_000)) <= 5
    assert built.one_in > 100_000


def test_it_takes_little_more_than_three_bytes_a_password(a_list: Path, tmp_path: Path) -> None:
    built = write_filter(a_list, tmp_path / "out.filter")

    assert built.size == (tmp_path / "out.filter").stat().st_size < 3.2 * built.passwords


@settings(max_examples=60, deadline=None)
@given(st.sets(st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1), min_size=1), st.booleans())
def test_whatever_stands_in_a_list_is_found(tmp_path_factory, words: set[str], plain: bool) -> None:
    folder = tmp_path_factory.mktemp("lists")
    (folder / "list").write_bytes(("\r\n".join(words) if plain else digests(list(words), counts=False)).encode())

    built = write_filter(folder / "list", folder / "out")

    assert built.passwords == len(words)
    assert all(word in open_filter(folder / "out") for word in words)


def test_seldom_seen_passwords_can_be_left_out(a_list: Path, tmp_path: Path) -> None:
    assert write_filter(a_list, tmp_path / "out", at_least=4_001).passwords == 1_001


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (digests(["one", "two"]) + "no digest\n", "Line 3 is no SHA-1 digest"),
        (digests(["one", "two"]) + digests(["one"]).replace(":", ":"), "Line 3 is out of order"),
        ("", "holds no password"),
        ("\n\n", "holds no password"),
    ],
)
def test_a_list_that_cannot_be_right_makes_no_file(tmp_path: Path, content: str, said: str) -> None:
    rows = sorted(digests(["one", "two"]).splitlines())
    (tmp_path / "list").write_text(content if "out of order" not in said else "\n".join([*rows, rows[0]]))

    with pytest.raises(Unusable, match=said):
        write_filter(tmp_path / "list", tmp_path / "out")
    assert [path.name for path in tmp_path.iterdir()] == ["list"]


def test_an_account_refuses_a_password_known_from_a_breach(cast: Cast, a_list: Path, tmp_path: Path, settings) -> None:
    write_filter(a_list, tmp_path / "out")
    assert weaknesses(password=KNOWN, person=cast.tom.person) == []

    settings.BREACHED_PASSWORDS = str(tmp_path / "out")

    with pytest.raises(WeakPassword) as refusal:
        set_password(person=cast.tom.person, password=KNOWN, at=NOW)
    assert refusal.value.faults == [BREACHED]
    set_password(person=cast.tom.person, password=OTHER, at=NOW)


def broken(path: Path, how: str) -> None:
    whole = path.read_bytes()
    changed = {
        "cut short": whole[:-1],
        "longer": whole + b"x",
        "empty": b"",
        "a text": b"password\n" * 99,
        "a wrong count": whole[:9] + bytes(8) + whole[17:],
        "a wrong place": whole[: HEADER.size + 8] + b"\xff\xff\xff\xff" + whole[HEADER.size + 12 :],
    }
    path.write_bytes(changed[how])


@pytest.mark.parametrize("how", ["cut short", "longer", "empty", "a text", "a wrong count", "a wrong place", "gone"])
def test_a_filter_that_cannot_be_used_is_refused_in_a_sentence(a_list: Path, tmp_path: Path, how: str) -> None:
    out = tmp_path / "out"
    write_filter(a_list, out)
    out.unlink() if how == "gone" else broken(out, how)

    with pytest.raises(Refused, match=r"ITRACK_BREACHED_PASSWORDS: .*(opened|anew)"):
        breached_passwords(str(out))


def itrack(*asked: str, **variables: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "itrack.config.cli", *asked]
    root = str(Path(__file__).resolve().parents[2])
    return subprocess.run(command, cwd=root, capture_output=True, text=True, env={"PYTHONPATH": root, **variables})


def test_the_command_makes_the_file_without_a_database(a_list: Path, tmp_path: Path) -> None:
    done = itrack("passwords", "filter", str(a_list), "--out", str(tmp_path / "out"), "--json")

    told = json.loads(done.stdout)
    assert (done.returncode, told["passwords"]) == (0, 5_001)
    assert told["bytes"] == (tmp_path / "out").stat().st_size
    gone = itrack("passwords", "filter", str(tmp_path / "nowhere"), "--out", str(tmp_path / "out"))
    assert (gone.returncode, gone.stderr) == (1, f"{tmp_path / 'nowhere'}: No such file or directory.\n")


def test_the_program_does_not_start_on_a_broken_file(tmp_path: Path) -> None:
    (tmp_path / "broken").write_text("nothing of the kind")
    start = "import django; django.setup()"
    variables = {"DJANGO_SETTINGS_MODULE": "itrack.config.settings.test"}

    root = str(Path(__file__).resolve().parents[2])
    broken = {"ITRACK_BREACHED_PASSWORDS": str(tmp_path / "broken")}
    tried = [
        subprocess.run([sys.executable, "-c", start], cwd=root, capture_output=True, text=True, env=variables | more)
        for more in ({}, broken)
    ]

    assert [one.returncode for one in tried] == [0, 1]
    assert "this is no filter of breached passwords" in tried[1].stderr
