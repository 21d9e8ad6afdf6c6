"""The marks page from a real server, to one reader and to eight at once."""

from __future__ import annotations

import os
import socket
import statistics
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from http.client import HTTPConnection
from pathlib import Path
from typing import TYPE_CHECKING, Any

from benchmarks.classroom import PASSWORD, Classroom

if TYPE_CHECKING:
    from collections.abc import Iterator

READERS, EACH, ALONE = 8, 12, 24
SERVE = """
import logging, socket, sys, waitress
from itrack.config.wsgi import application
logging.getLogger("waitress.queue").setLevel("ERROR")  # a queue is what is asked for
waitress.serve(application, sockets=[socket.socket(fileno=int(sys.argv[1]))], threads=8, ident=None, _quiet=True)
"""


def readers(room: Classroom) -> dict[str, Any]:
    """Both medians; for the eight also the 95th percentile and what the server answers in a second."""
    from benchmarks.marking import row

    address = f"/mark/?group={room.classes[30]}&point={room.now}"
    cookie = _signed_in(room)
    with serving() as port, ThreadPoolExecutor(READERS) as people:
        _times(port, cookie, address, READERS)
        alone = _times(port, cookie, address, ALONE)
        began = time.perf_counter()
        at_once = [people.submit(_times, port, cookie, address, EACH) for _ in range(READERS)]
        together = [seconds for one in at_once for seconds in one.result()]
        lasted = time.perf_counter() - began
    median, one = statistics.median(together), statistics.median(alone)
    return row(
        f"grid, {READERS} readers", median, one, f"<= {READERS} x one reader", met=median / one <= READERS,
        median_ms=round(median * 1000, 1), p95_ms=round(statistics.quantiles(together, n=20)[-1] * 1000, 1),
        requests_per_second=round(len(together) / lasted, 1),
        requests_per_second_alone=round(1 / statistics.mean(alone), 1),
    )  # fmt: skip


def _signed_in(room: Classroom) -> str:
    from django.test import Client

    client = Client(headers={"host": "localhost"})
    answer = client.post("/sign-in/enter", {"username": room.username, "password": PASSWORD})
    assert answer.status_code == 302, f"signing in answered {answer.status_code}"  # noqa: S101 - else no figure
    return "; ".join(f"{name}={morsel.value}" for name, morsel in client.cookies.items())


@contextmanager
def serving() -> Iterator[int]:
    """The pages in a process of their own, as `itrack serve` answers them; the port."""
    with socket.create_server(("127.0.0.1", 0), backlog=64) as listening:
        command = [sys.executable, "-c", SERVE, str(listening.fileno())]
        folder = Path(__file__).parents[1]
        with subprocess.Popen(command, cwd=folder, env=dict(os.environ), pass_fds=[listening.fileno()]) as server:
            try:
                yield listening.getsockname()[1]
            finally:
                server.terminate()


def _times(port: int, cookie: str, address: str, many: int) -> list[float]:
    """Seconds of each request of one reader, one after the other, to the last byte."""
    line, seconds = HTTPConnection("127.0.0.1", port, timeout=60), []
    for _ in range(many):
        began = time.perf_counter()
        line.request("GET", address, headers={"Cookie": cookie})
        answer = line.getresponse()
        page = answer.read()
        seconds.append(time.perf_counter() - began)
        assert answer.status == 200, f"the page answered {answer.status}"  # noqa: S101 - else no figure
        assert b"</table>" in page  # noqa: S101 - likewise
    line.close()
    return seconds
