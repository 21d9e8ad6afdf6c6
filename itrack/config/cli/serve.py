"""`itrack serve`: the whole product on one machine, for trying it out. Ctrl-C stops all that it started."""

import os
import signal
import socket
import subprocess
import sys
from argparse import Namespace
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from itrack.config.cli.ground import TRIAL, set_up, standing
from itrack.config.launcher.api import Server, home_for, start
from itrack.foundation import clock
from itrack.foundation.refusal import Refused

ROOT = Path(__file__).resolve().parents[3]
HOST = "127.0.0.1"
THREADS = 8
# Far above what a transfer file may have, so that a file too large is answered by a page and not by the server.
LARGEST_REQUEST = 1024**3
# A line on which nothing moves is dropped after so many seconds, looked at this often: a request sent by half holds no
# thread, but it takes one of the server's places. There are as many as a process may usually have files open, but for
# the files it needs itself.
SILENT_FOR, LOOKED_AT_EVERY = 30, 10
LINES = 900


def serve(asked: Namespace) -> None:
    """Brings everything up, prints the address and the log-ins, and serves until it is told to stop."""
    signal.signal(signal.SIGTERM, _as_interrupt)
    home = home_for(asked.home)
    os.environ.setdefault("ITRACK_ADDRESS", f"http://localhost:{asked.port}")
    listening = _listening(asked.port)
    _say("Starting…")
    with listening, start(home) as server:
        set_up(home, server)
        _refuse_live_data()
        _migrate(server)
        _lay_out_static_files()
        _bring_the_demo(home, server)
        with _worker(home, server):
            _greet(home, server, asked.port)
            _answer(listening)


def _as_interrupt(number: int, frame: object) -> None:
    raise KeyboardInterrupt


def _say(words: str) -> None:
    print(words, flush=True)


def _listening(port: int) -> socket.socket:
    """Takes the port first: if another program has it, nothing else was started in vain."""
    taken = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    taken.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        taken.bind((HOST, port))
        # Listening now and not later, so that a second program cannot take the same port meanwhile.
        taken.listen(128)
    except OSError:
        taken.close()
        raise Refused(
            f"Port {port} is in use by another program. Choose another: --port {port + 1 if port < 65535 else 8000}"
        ) from None
    return taken


def _refuse_live_data() -> None:
    from django.conf import settings

    if not settings.TRIAL:
        raise Refused("`serve` is for the trial and brings demo schools; live data are served as docs/operate says.")


@contextmanager
def _as_owner(server: Server) -> Iterator[None]:
    """Django's connection as the owner of the tables; closed before the program's own role takes over again."""
    from django.db import connection

    program = dict(connection.settings_dict)
    connection.close()
    connection.settings_dict.update(server.settings("itrack_owner"))
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict.update(program)


def _migrate(server: Server) -> None:
    from django.core.management import call_command

    with _as_owner(server):
        call_command("migrate", verbosity=0, interactive=False)


def _lay_out_static_files() -> None:
    from django.core.management import call_command

    call_command("collectstatic", verbosity=0, interactive=False)


def _bring_the_demo(home: Path, server: Server) -> None:
    from django.db import connection

    from itrack.config.demo.logins import passwords_for, secrets_for
    from itrack.config.demo.seed import is_seeded, seed

    if is_seeded():
        return
    _say("Bringing in two demo schools, once…")
    seed(at=clock.now(), passwords=passwords_for(home), secrets=secrets_for(home))
    # Without statistics the first questions after a load would be planned badly; PostgreSQL takes a minute by itself.
    with _as_owner(server), connection.cursor() as cursor:
        cursor.execute("analyze")


@contextmanager
def _worker(home: Path, server: Server) -> Iterator[None]:
    command = [sys.executable, "-P", "-m", "itrack.config.cli", "worker", "--home", str(home)]
    environment = os.environ | server.environment() | {"PYTHONPATH": str(ROOT)}
    # In a session of its own, so that Ctrl-C reaches us alone and we end it in order.
    with subprocess.Popen(command, env=environment, start_new_session=True) as child:  # noqa: S603 - our own words
        try:
            yield
        finally:
            child.terminate()
            try:
                child.wait(timeout=10)
            except subprocess.TimeoutExpired:
                child.kill()


def worker(asked: Namespace) -> None:
    """Does queued work until told to stop; ends by itself when whoever started it is gone."""
    _end_with_parent()
    with standing(asked):
        from django.core.management import call_command

        call_command("procrastinate", "worker", "--concurrency=1", "--shutdown-graceful-timeout=5")


def _end_with_parent() -> None:
    import ctypes

    parent_died, terminate = 1, signal.SIGTERM
    ctypes.CDLL(None).prctl(parent_died, terminate)


def _greet(home: Path, server: Server, port: int) -> None:
    from itrack.config.demo.logins import logins_in

    _say(f"\niTRACK answers at http://localhost:{port}/   (Ctrl-C stops it)\n")
    _say(_table([login.as_json() for login in logins_in(home)]))
    _say(f"\nMail is not sent but shown: http://localhost:{port}/outbox")
    _say(f"All data lie under {home}.")
    for caution in server.cautions():
        _say(caution)


def _answer(listening: socket.socket) -> None:
    import waitress  # type: ignore[import-untyped]

    from itrack.config.wsgi import application

    try:
        waitress.serve(
            application,
            sockets=[listening],
            threads=THREADS,
            max_request_body_size=LARGEST_REQUEST,
            connection_limit=LINES,
            asyncore_use_poll=True,
            channel_timeout=SILENT_FOR,
            cleanup_interval=LOOKED_AT_EVERY,
            ident=None,
            _quiet=True,
        )
    except KeyboardInterrupt:
        _say("\nStopped.")


def demo_logins(asked: Namespace) -> tuple[Any, str]:
    """The trial's log-ins. Refused where people have passwords of their own."""
    chosen = os.environ.get("DJANGO_SETTINGS_MODULE", TRIAL)
    if chosen != TRIAL:
        raise Refused("Demo log-ins exist in the trial alone.")
    from itrack.config.demo.logins import logins_in

    home = home_for(asked.home)
    try:
        told = [login.as_json() for login in logins_in(home)]
    except OSError as error:
        raise Refused(f"{home} cannot be read ({(error.strerror or 'unknown').lower()}).") from None
    if not told:
        raise Refused(f"There are no demo schools under {home} yet. Start the trial there once: bin/run --home {home}")
    return told, _table(told)


def _table(rows: list[dict[str, Any]]) -> str:
    columns = {"username": "", "password": "", "role": "", "school": "", "urn": "school_urn", "totp_secret": ""}
    lines = [list(columns), *([str(row[kept or head] or "") for head, kept in columns.items()] for row in rows)]
    widths = [max(len(line[number]) for line in lines) for number in range(len(columns))]
    said = ["  ".join(word.ljust(width) for word, width in zip(line, widths, strict=True)).rstrip() for line in lines]
    return "\n".join([*said, "Who has a totp_secret also types the code an authenticator app makes of it."])
