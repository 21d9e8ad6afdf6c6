"""Runs a command with a database beside it: `python -m itrack.config.launcher [--home DIR] -- COMMAND …`

The command finds the addresses in its environment. Without `--home` the data are temporary and removed at the end.
"""

import argparse
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from types import FrameType

from itrack.config.launcher import accounts, homes
from itrack.config.launcher.address import APP_VARIABLE
from itrack.config.launcher.refusal import LauncherRefused
from itrack.config.launcher.server import Server, start


def main(arguments: Sequence[str]) -> int:
    """The command's own exit code; 1 with a sentence when the database is refused, 2 on wrong usage."""
    parser = argparse.ArgumentParser(
        prog="python -m itrack.config.launcher", description="Run a command with a database."
    )
    parser.add_argument("--home", help="where the data lie; without it they are temporary")
    parser.add_argument("command", nargs="+", metavar="COMMAND", help="the command and its words, after --")
    asked = parser.parse_args(arguments)
    try:
        with _server(asked.home) as server:
            return run(asked.command, server)
    except LauncherRefused as refusal:
        sys.stderr.write(f"{refusal}\n")
        return 1


def run(command: Sequence[str], server: Server) -> int:
    """Runs the command to its end; a signal that would end us ends it first, and the database after it."""
    children: list[subprocess.Popen[bytes]] = []

    def pass_on(number: int, _frame: FrameType | None) -> None:
        if not children:
            sys.exit(128 + number)
        children[0].send_signal(number)

    signal.signal(signal.SIGTERM, pass_on)
    signal.signal(signal.SIGINT, lambda *_: None)  # the terminal has told the child itself
    with subprocess.Popen(command, env=os.environ | server.environment()) as child:  # noqa: S603 - the caller's command
        children.append(child)
        code = child.wait()
    return code if code >= 0 else 128 - code


@contextmanager
def _server(home: str | None) -> Iterator[Server]:
    if home or os.environ.get(APP_VARIABLE):
        with start(homes.home_for(home)) as server:
            yield server
        return
    temporary = homes.throwaway(accounts.server_account())
    try:
        with start(temporary, throwaway=True) as server:
            yield server
    finally:
        shutil.rmtree(temporary, ignore_errors=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
