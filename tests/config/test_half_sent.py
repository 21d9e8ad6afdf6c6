"""Three hundred strangers begin to sign in and never send the rest: the others are answered, and they are dropped."""

import os
import select
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from http.client import HTTPConnection

import pytest
from django.db import connection
from waitress.adjustments import Adjustments

from itrack.config.cli import serve
from itrack.config.launcher.address import APP_VARIABLE, url_of
from tests.cast import build_cast

MANY = 300
# The product's own server, on the test's database.
ANSWER = """
import socket, sys
from itrack.config.cli import serve
serve.SILENT_FOR = int(sys.argv[2])
serve.LOOKED_AT_EVERY = min(serve.LOOKED_AT_EVERY, serve.SILENT_FOR)
serve._answer(socket.socket(fileno=int(sys.argv[1])))
"""
HALF = (
    b"POST /sign-in/enter HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/x-www-form-urlencoded\r\n"
    b"Content-Length: 400\r\n\r\nusername=tom&pass"
)


@contextmanager
def serving(*, patience: int) -> Iterator[int]:
    """The pages in a process of their own that drops a line after so many silent seconds; the port."""
    named = connection.settings_dict
    database = {"user": named["USER"], "dbname": named["NAME"], "host": named["HOST"], "port": named["PORT"]}
    environment = dict(os.environ) | {APP_VARIABLE: url_of({name: at for name, at in database.items() if at})}
    with socket.create_server(("127.0.0.1", 0), backlog=128) as listening:
        command = [sys.executable, "-c", ANSWER, str(listening.fileno()), str(patience)]
        with subprocess.Popen(command, env=environment, pass_fds=[listening.fileno()]) as server:
            try:
                yield listening.getsockname()[1]
            finally:
                server.terminate()


def half_sent(port: int) -> socket.socket:
    line = socket.create_connection(("127.0.0.1", port), timeout=20)
    line.sendall(HALF)
    return line


def answer_to(port: int, address: str, cookie: str = "") -> int:
    line = HTTPConnection("127.0.0.1", port, timeout=20)
    line.request("GET", address, headers={"Host": "localhost", "Cookie": cookie})
    status = line.getresponse().status
    line.close()
    return status


def is_open(line: socket.socket) -> bool:
    """Nothing came back on it: no answer, and not its end."""
    readable, _, _ = select.select([line], [], [], 0)
    return not readable


@pytest.mark.django_db(transaction=True)
def test_half_sent_sign_ins_hold_nobody_up() -> None:
    tom = build_cast().client("tom")
    cookie = "; ".join(f"{name}={morsel.value}" for name, morsel in tom.cookies.items())

    with serving(patience=serve.SILENT_FOR) as port, ExitStack() as lines:
        held = [lines.enter_context(half_sent(port)) for _ in range(MANY)]
        assert len(held) > serve.THREADS, "enough to hold every thread, if one could"
        assert len(held) > Adjustments.connection_limit, "and every place the server begins with"

        answers = [answer_to(port, "/sign-in"), answer_to(port, "/", cookie), answer_to(port, "/forgotten")]

        assert answers == [200, 200, 200]
        assert all(is_open(line) for line in held)


def test_half_sent_sign_ins_are_dropped_without_an_answer() -> None:
    with serving(patience=1) as port, ExitStack() as lines:
        held = [lines.enter_context(half_sent(port)) for _ in range(MANY)]

        assert {line.recv(1) for line in held} == {b""}
