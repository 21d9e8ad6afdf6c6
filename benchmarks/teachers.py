"""Twenty teachers who save marks at once, from a server as `itrack serve` runs it.

save, 20 teachers   each types a mark a second in a class of their own for some seconds, as the page sends them: one
                    save a mark, acknowledged before the next; against one such teacher alone
                    the same without pause between two saves is said beside it: what the server can take at most

Every mark acknowledged is read back from the database afterwards.
"""

from __future__ import annotations

import json
import random
import re
import statistics
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from http.client import HTTPConnection
from itertools import cycle
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from benchmarks.ground import empty_database

if TYPE_CHECKING:
    from collections.abc import Iterator

    from benchmarks.classroom import Classroom

TEACHERS, EACH, PAUSE = 20, 20, 1.0
MOST_MEDIAN, MOST_P95 = 50, 150  # milliseconds
PUPILS = 6
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')


@dataclass
class Desk:
    """A teacher at their class: what they send with, which cells they may fill, and what they were told is saved."""

    cookie: str
    token: str
    group: int
    cells: Iterator[str]
    saved: dict[str, str] = field(default_factory=dict)


def teachers() -> list[dict[str, Any]]:
    """Median and 95th percentile of a save; `lost` counts marks that were acknowledged and are not there."""
    from benchmarks.classroom import build
    from benchmarks.readers import serving

    with empty_database():
        room = build()
        desks = [_desk(room, number) for number in range(TEACHERS)]
        with serving() as port, ThreadPoolExecutor(TEACHERS) as people:
            _at_once(people, port, room, desks, 2, 0.1)
            alone = _at_once(people, port, room, desks[:1], EACH, PAUSE / 10)
            typed = _at_once(people, port, room, desks, EACH, PAUSE)
            began = time.perf_counter()
            rushed = _at_once(people, port, room, desks, EACH, 0)
            lasted = time.perf_counter() - began
        lost = _lost(room, desks)
    told: dict[str, Any] = {"acknowledged": sum(len(desk.saved) for desk in desks), "lost": lost}
    told["without_pause_median_ms"] = round(statistics.median(rushed) * 1000, 1)
    told["without_pause_per_second"] = round(len(rushed) / lasted, 1)
    return [_row(typed, alone, told)]


def _row(typed: list[float], alone: list[float], told: dict[str, Any]) -> dict[str, Any]:
    from benchmarks.marking import row

    median, p95 = statistics.median(typed), statistics.quantiles(typed, n=20)[-1]
    return row(
        f"save, {TEACHERS} teachers",
        median,
        statistics.median(alone),
        f"median <= {MOST_MEDIAN} ms, p95 <= {MOST_P95} ms, none lost",
        met=median * 1000 <= MOST_MEDIAN and p95 * 1000 <= MOST_P95 and not told["lost"],
        median_ms=round(median * 1000, 1),
        p95_ms=round(p95 * 1000, 1),
        **told,
    )


def _desk(room: Classroom, number: int) -> Desk:
    """A teacher with a small class of their own, signed in."""
    from django.test import Client

    from benchmarks.classroom import PASSWORD, teacher_with_a_class

    username, group, pupils = teacher_with_a_class(room, number, PUPILS)
    client = Client(headers={"host": "localhost"})
    answer = client.post("/sign-in/enter", {"username": username, "password": PASSWORD})
    assert answer.status_code == 302, f"signing in answered {answer.status_code}"  # noqa: S101 - else no figure
    token = TOKEN.findall(client.get("/mark/").content.decode())[0]
    cookie = "; ".join(f"{name}={morsel.value}" for name, morsel in client.cookies.items())
    cells = cycle([f"{pupil}-{subject}" for subject in room.subjects for pupil in pupils])
    return Desk(cookie, token, group, cells)


def _at_once(people: ThreadPoolExecutor, port: int, room: Classroom, desks: list[Desk], each: int, pause: float) -> Any:
    turns = [people.submit(_type, port, room, desk, each, pause) for desk in desks]
    return [seconds for turn in turns for seconds in turn.result()]


def _type(port: int, room: Classroom, desk: Desk, each: int, pause: float) -> list[float]:
    """Seconds of each save, from sending it to the last byte of its acknowledgement."""
    line, seconds, chance = HTTPConnection("127.0.0.1", port, timeout=60), [], random.Random(desk.group)
    headers = {"Cookie": desk.cookie, "X-CSRFToken": desk.token, "Content-Type": "application/x-www-form-urlencoded"}
    time.sleep(chance.uniform(0, pause))
    for _ in range(each):
        cell = next(desk.cells)
        code = chance.choice("BWEG".replace(desk.saved.get(cell, "-"), ""))
        sent = {"group": desk.group, "point": room.now, cell: code, f"was-{cell.partition('-')[0]}": ""}
        began = time.perf_counter()
        line.request("POST", "/mark/cells", urlencode(sent), headers)
        answer = line.getresponse()
        told = answer.read()
        lasted = time.perf_counter() - began
        assert answer.status == 200, f"saving answered {answer.status}"  # noqa: S101 - else no figure
        assert json.loads(told)["saved"] == 1, told  # noqa: S101 - likewise
        desk.saved[cell] = code
        seconds.append(lasted)
        time.sleep(max(0.0, chance.uniform(0.5, 1.5) * pause - lasted))
    line.close()
    return seconds


def _lost(room: Classroom, desks: list[Desk]) -> int:
    from itrack.assessment.api import judgement_table
    from itrack.foundation.tenancy.windows import reading

    with reading(room.viewer.school):
        table = judgement_table(school=room.viewer.school, point=room.now)
    there = {f"{pupil}-{subject}": code for pupil, subject, code, _ in table}
    return sum(there.get(cell) != code for desk in desks for cell, code in desk.saved.items())
