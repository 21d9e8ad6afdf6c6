"""Run as a program: marks a class, pulls the plug at a seeded moment, starts again and counts what is there.

    python -m tests.durability.killing [--seed N] [--home DIR] [ROUND …]   each sound, crowded, hasty or unwritten

A teacher's client saves one cell after the other and notes each mark the server acknowledged. At the moment that the
seed names, the web process and PostgreSQL get kill -9. The product starts again on the same home, and its own page
must show every mark noted; the one that was on its way may be there or not; no other cell may have changed.

A `sound` round runs the product as it is, and must lose nothing; neither must a `crowded` one, in which twenty teachers
save at once, each in their own class. In a `hasty` round the server acknowledges before it
commits, in an `unwritten` one PostgreSQL acknowledges commits that it has not written: both must lose marks, or this
harness would see nothing. Prints one JSON line; ends with 1 when a round did not come out as it must.
"""

from __future__ import annotations

import argparse
import json
import random
import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, nullcontext
from dataclasses import asdict, dataclass
from http.client import HTTPException
from pathlib import Path
from threading import Lock, Timer
from typing import TYPE_CHECKING

from itrack.config.launcher import accounts, homes
from tests.durability.ground import COLLEAGUES
from tests.durability.marker import Marker
from tests.durability.trial import LONGEST_START, ROOT, Trial, environment

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

TEACHER, PASSWORD = "tom", "Correct-horse-7"
ROUNDS = ("sound", "crowded", "hasty", "unwritten")
KEPT = ("sound", "crowded")
HASTY = {"DJANGO_SETTINGS_MODULE": "tests.durability.hasty", "ITRACK_SECRET_KEY": "only-for-the-fault"}
# PostgreSQL answers a commit before it has written it, and takes its time with the writing.
UNWRITTEN = (
    "alter system set synchronous_commit = off",
    "alter system set wal_writer_delay = '10s'",
    "alter system set wal_writer_flush_after = '64MB'",
    "select pg_reload_conf()",
)
AS_IT_WAS = ("alter system reset all", "select pg_reload_conf()")


@dataclass(frozen=True, slots=True)
class Moment:
    """When the plug is pulled: so many milliseconds after so many acknowledgements."""

    acknowledged: int
    pause: float
    web_first: bool


@dataclass(frozen=True, slots=True)
class Noted:
    """What the client knows when the server is gone, each a code by cell; `on_its_way` had no answer yet."""

    shown_before: dict[str, str]
    acknowledged: dict[str, str]
    on_its_way: dict[str, str]


@dataclass(frozen=True, slots=True)
class Round:
    """What one round came to. `strange` are cells that changed although nobody typed in them."""

    kind: str
    moment: Moment
    acknowledged: int
    lost: list[str]
    strange: list[str]

    @property
    def as_it_must_be(self) -> bool:
        return bool(self.lost) == (self.kind not in KEPT) and not self.strange


def moment_of(chance: random.Random, number: int, most: int) -> Moment:
    """Every other one falls on the very moment at which an acknowledgement arrives, the cruellest there is."""
    pause = 0.0 if number % 2 else round(chance.uniform(0, 25), 1)
    return Moment(chance.randint(5, most), pause, web_first=chance.random() < 0.5)


def mark_until_killed(trial: Trial, teachers: Sequence[str], moment: Moment, chance: random.Random) -> Noted:
    """Everybody saves cell after cell of their class, each once, until the line goes dead."""
    markers = [signed_in(trial, teacher) for teacher in teachers]
    noted, plug = Noted({}, {}, {}), Plug(trial, moment)
    turns = []
    for marker in markers:
        shown = marker.open_page()
        noted.shown_before.update(shown)
        wanted = {cell: chance.choice("BWEGA".replace(shown[cell], "", 1)) for cell in shown}
        turns.append((marker, dict(chance.sample(list(wanted.items()), len(wanted))), noted, plug))
    with ThreadPoolExecutor(len(turns)) as room:
        list(room.map(lambda turn: _save_until_silent(*turn), turns))
    plug.join()
    return noted


def _save_until_silent(marker: Marker, wanted: dict[str, str], noted: Noted, plug: Plug) -> None:
    """One teacher's part. A cell is on its way from before it is sent until its answer is read."""
    for cell, code in wanted.items():
        noted.on_its_way[cell] = code
        try:
            marker.save(cell, code)
        except (OSError, HTTPException):
            break
        noted.acknowledged[cell] = noted.on_its_way.pop(cell)
        plug.heard(len(noted.acknowledged))
    marker.leave()


class Plug:
    """Pulled once, by whoever brings the acknowledgement that the moment names, or a little after it."""

    def __init__(self, trial: Trial, moment: Moment) -> None:
        self._moment, self._once = moment, Lock()
        self._timer = Timer(moment.pause / 1000, trial.kill, kwargs={"web_first": moment.web_first})

    def heard(self, acknowledged: int) -> None:
        if acknowledged < self._moment.acknowledged or not self._once.acquire(blocking=False):
            return
        self._timer.start() if self._moment.pause else self._timer.function(**self._timer.kwargs)

    def join(self) -> None:
        if self._timer.is_alive():
            self._timer.join()


def signed_in(trial: Trial, teacher: str) -> Marker:
    marker = Marker(trial.port)
    marker.sign_in(teacher, PASSWORD)
    return marker


def read_back(trial: Trial, teachers: Sequence[str]) -> dict[str, str]:
    shown: dict[str, str] = {}
    for teacher in teachers:
        marker = signed_in(trial, teacher)
        shown.update(marker.open_page())
        marker.leave()
    return shown


def compare(kind: str, moment: Moment, noted: Noted, shown: dict[str, str]) -> Round:
    lost = [cell for cell, code in noted.acknowledged.items() if shown[cell] != code]
    others = noted.shown_before.keys() - noted.acknowledged.keys()
    strange = [c for c in others if shown[c] not in (noted.shown_before[c], noted.on_its_way.get(c))]
    return Round(kind, moment, len(noted.acknowledged), lost, strange)


def play(home: Path, seed: int, kinds: Sequence[str]) -> list[Round]:
    """The rounds on a home that ground.py has prepared; the product is at rest before and afterwards."""
    chance, played = random.Random(seed), []
    trial = start(home, kinds[0])
    try:
        for number, kind in enumerate(kinds):
            trial.ask("itrack_super", *(UNWRITTEN if kind == "unwritten" else AS_IT_WAS))
            moment = moment_of(chance, number, most=60 if kind in KEPT else 12)
            teachers = [TEACHER, *COLLEAGUES] if kind == "crowded" else [TEACHER]
            noted = mark_until_killed(trial, teachers, moment, chance)
            # What a faulty server has lost, a sound one shows as well: each start serves the round before and after.
            trial = start(home, next(iter(kinds[number + 1 :]), "sound"))
            played.append(compare(kind, moment, noted, read_back(trial, teachers)))
        trial.ask("itrack_super", *AS_IT_WAS)
    finally:
        trial.stop()
    return played


def start(home: Path, kind: str) -> Trial:
    return Trial(home, HASTY | {"ITRACK_STATIC": str(home / "static")} if kind == "hasty" else None)


@contextmanager
def prepared_home() -> Iterator[Path]:
    """A temporary home with a school, for as long as this lasts."""
    home = homes.throwaway(accounts.server_account())
    try:
        command = [sys.executable, "-m", "tests.durability.ground", str(home)]
        subprocess.run(command, cwd=ROOT, env=environment(), check=True, timeout=LONGEST_START)
        yield home
    finally:
        shutil.rmtree(home)


def main() -> int:
    asking = argparse.ArgumentParser(prog="python -m tests.durability.killing")
    asking.add_argument("rounds", nargs="*", choices=ROUNDS, default=["sound"] * 5, metavar="ROUND")
    asking.add_argument(
        "--home", type=Path, help="one that tests.durability.ground prepared (default: a temporary one)"
    )
    asking.add_argument("--seed", type=int, default=1)
    asked = asking.parse_args()
    with nullcontext(asked.home) if asked.home else prepared_home() as home:
        played = play(home, asked.seed, asked.rounds)
    sys.stdout.write(json.dumps([asdict(one) for one in played]) + "\n")
    return 0 if all(one.as_it_must_be for one in played) else 1


if __name__ == "__main__":
    sys.exit(main())
