"""The words of the command line. Each command's work is imported when it is asked for, so that `--help` is quick."""

import argparse
from collections.abc import Callable
from datetime import date
from importlib import import_module
from pathlib import Path
from typing import Any

Run = Callable[[argparse.Namespace], tuple[Any, str] | None]


def parser() -> argparse.ArgumentParser:
    whole = argparse.ArgumentParser(prog="itrack", description="iTRACK: pupils' attainment and progress.")
    commands = whole.add_subparsers(dest="command", required=True, metavar="COMMAND")
    shared = argparse.ArgumentParser(add_help=False)
    shared.add_argument("--json", action="store_true", help="print the answer as JSON")
    shared.add_argument("--home", help="the folder all data lie under (default: ITRACK_HOME, else the usual place)")
    for add in (_serving, _schools, _importing, _frameworks, _schemes, _reporting, _proving, _guarding):
        add(commands, shared)
    return whole


def _command(
    commands: Any, shared: argparse.ArgumentParser, name: str, work: str, words: str
) -> argparse.ArgumentParser:
    added: argparse.ArgumentParser = commands.add_parser(name, parents=[shared], help=words, description=words)
    added.set_defaults(run=_later(work))
    return added


def _later(work: str) -> Run:
    module, _, function = work.rpartition(".")

    def run(asked: argparse.Namespace) -> tuple[Any, str] | None:
        done: Run = getattr(import_module(f"itrack.config.cli.{module}"), function)
        return done(asked)

    return run


def _serving(commands: Any, shared: argparse.ArgumentParser) -> None:
    serve = _command(commands, shared, "serve", "serve.serve", "run the trial: database, demo schools, pages, worker")
    serve.add_argument("--port", type=_port, default=8000, help="where the pages answer (default 8000)")
    _command(commands, shared, "demo-logins", "serve.demo_logins", "print the log-ins of the trial")
    _command(commands, shared, "worker", "serve.worker", "do the background work; `serve` starts one itself")


def _schools(commands: Any, shared: argparse.ArgumentParser) -> None:
    schools = commands.add_parser("schools", help="take a school on").add_subparsers(
        dest="what", required=True, metavar="WHAT"
    )
    add = _command(schools, shared, "add", "schools.add", "take a school on and invite its first administrator")
    for option, words in (
        ("--urn", "its URN, six digits"),
        ("--la", "its local authority, three digits"),
        ("--estab", "its establishment number, four digits"),
        ("--name", "its name, as it is shown everywhere"),
        ("--administrator", "the first administrator's name"),
        ("--email", "where the administrator's invitation goes"),
    ):
        add.add_argument(option, required=True, help=words)
    _about_a_school(add)
    again = _command(schools, shared, "invite-again", "schools.invite_again", "send a first administrator a new link")
    again.add_argument("--urn", required=True, help="the school's URN")
    again.add_argument("--email", required=True, help="where the first invitation went")


def _about_a_school(add: argparse.ArgumentParser) -> None:
    add.add_argument("--job-title", default="Administrator", help="the administrator's (default Administrator)")
    add.add_argument("--phase", default="primary", choices=["infant", "junior", "primary", "special"])
    add.add_argument("--product", action="append", choices=["itrack", "iasend"], help="once for each (default itrack)")
    add.add_argument(
        "--from", dest="begins", type=date.fromisoformat, metavar="DATE", help="subscribed from, 2026-09-01"
    )
    add.add_argument("--until", dest="ends", type=date.fromisoformat, metavar="DATE", help="and until")
    add.add_argument("--town", default="", help="its town, which no password may hold")
    add.add_argument("--trust", default="", metavar="NAME", help="the trust that runs it; made if it is not here yet")


def _importing(commands: Any, shared: argparse.ArgumentParser) -> None:
    ctf = commands.add_parser("ctf", help="read a Common Transfer File").add_subparsers(
        dest="what", required=True, metavar="WHAT"
    )
    check = _command(ctf, shared, "check", "ctf.check_file", "read a file without storing anything")
    check.add_argument("file", type=Path)
    taken = _command(ctf, shared, "import", "ctf.import_file", "compare a file with the roll; --apply stores it")
    taken.add_argument("file", type=Path)
    taken.add_argument("--apply", action="store_true", help="store what the preview shows")
    _sending(ctf, shared)
    undo = _command(commands, shared, "undo", "changes.undo", "take a change set back")
    undo.add_argument("change_set", type=_number, metavar="CHANGESET")
    undo.add_argument("--school", help="the school's URN; needed when the user works for several")
    undo.add_argument("--by", required=True, help="user name of the person in whose name it is done")
    _of_school(taken)


def _sending(ctf: Any, shared: argparse.ArgumentParser) -> None:
    sent = _command(ctf, shared, "export", "sending.export_file", "write pupils' records as a file for another school")
    _of_school(sent)
    sent.add_argument("--pupils", type=Path, metavar="FILE", help="UPNs or ids, one a line (default: the whole roll)")
    sent.add_argument("--to", default="", metavar="LA/ESTAB", help="where it goes, as 823/2002 (default: not known)")
    sent.add_argument(
        "--out", type=Path, required=True, metavar="FILE", help="the file to write; it must not exist yet"
    )
    sent.add_argument("--force", action="store_true", help="write over the file if it exists")


def _frameworks(commands: Any, shared: argparse.ArgumentParser) -> None:
    group = commands.add_parser("frameworks", help="the school's frameworks of statements").add_subparsers(
        dest="what", required=True, metavar="WHAT"
    )
    listed = _command(group, shared, "list", "frameworks.listed", "the school's frameworks, each with its number")
    sent = _command(group, shared, "export", "frameworks.exported", "write a framework as CSV or JSON")
    sent.add_argument("framework", metavar="FRAMEWORK", help="its number, or its name as `list` shows it")
    taken = _command(group, shared, "import", "frameworks.imported", "read a framework's file; --apply stores it")
    taken.add_argument("file", type=Path)
    taken.add_argument("--name", help="the name to store it under (default: the file's)")
    taken.add_argument("--version", help="the version to store it under (default: the file's)")
    taken.add_argument("--apply", action="store_true", help="store it as the school's own")
    compared = _command(group, shared, "diff", "frameworks.compared", "what one framework has otherwise than another")
    compared.add_argument("old", metavar="OLD", help="a framework of the school, or a .csv or .json file")
    compared.add_argument("new", metavar="NEW", help="the same")
    for command in (sent, compared):
        words = "the file to write, .csv or .json; it must not exist yet"
        command.add_argument("--out", type=Path, required=command is sent, metavar="FILE", help=words)
        command.add_argument("--force", action="store_true", help="write over the file if it exists")
    for command in (listed, sent, taken, compared):
        _of_school(command)


def _schemes(commands: Any, shared: argparse.ArgumentParser) -> None:
    group = commands.add_parser("schemes", help="the school's mark schemes").add_subparsers(
        dest="what", required=True, metavar="WHAT"
    )
    listed = _command(group, shared, "list", "schemes.listed", "the school's mark schemes, each with its number")
    given = _command(
        group, shared, "share", "schemes.given", "give a scheme to the trust's other schools, locked there"
    )
    given.add_argument("scheme", type=_number, metavar="SCHEME", help="its number, as `list` shows it")
    for command in (listed, given):
        _of_school(command)


def _reporting(commands: Any, shared: argparse.ArgumentParser) -> None:
    report = _command(commands, shared, "report", "report.report", "any report of the catalogue as data")
    report.add_argument("name")
    _of_school(report)
    for option, words in (
        ("--year", "academic year, as 2026 or 2026/27"),
        ("--point", "assessment point, as 2 or “Autumn 2”"),
        ("--subject", "one subject"),
        ("--group", "a class, or a year group as “Year 4”"),
        ("--as-at", "the day it is to be told as it stood, as 2026-11-23"),
    ):
        report.add_argument(option, default="", help=words)
    report.add_argument(
        "--choose",
        action="append",
        default=[],
        type=_choice,
        metavar="NAME=VALUE",
        help="a filter of this report's own, as measure=greater; may be given again",
    )
    report.add_argument("--names", action="store_true", help="with the pupils' names, for roles that may see them")


def _choice(text: str) -> tuple[str, str]:
    name, equals, value = text.partition("=")
    if not (name and equals):
        raise argparse.ArgumentTypeError("write it as NAME=VALUE")
    return name, value


def _proving(commands: Any, shared: argparse.ArgumentParser) -> None:
    prove = _command(commands, shared, "prove", "promises.prove", "hold the promises against the running system")
    prove.add_argument("names", nargs="*", metavar="NAME")
    _command(commands, shared, "pages", "promises.pages", "every page, who may open it and whether it writes")
    _command(commands, shared, "data-map", "promises.data_map", "every stored field: whose, why, how long")
    docs = _command(commands, shared, "docs", "promises.docs", "write the generated pages of docs/")
    docs.add_argument("--check", action="store_true", help="change nothing; refuse if a page has gone stale")
    bench = _command(commands, shared, "bench", "bench.bench", "compare our speed with its floor")
    bench.add_argument("names", nargs="*", metavar="NAME")


def _guarding(commands: Any, shared: argparse.ArgumentParser) -> None:
    passwords = commands.add_parser("passwords", help="lists of passwords known from breaches").add_subparsers(
        dest="what", required=True, metavar="WHAT"
    )
    made = _command(
        passwords, shared, "filter", "passwords.make_filter", "make the file new passwords are compared with"
    )
    made.add_argument("source", type=Path, help="SHA-1 digests in order, HASH:count, or plain passwords; one a line")
    made.add_argument("--out", type=Path, required=True, metavar="FILE", help="the file to write")
    made.add_argument("--at-least", type=_number, default=1, metavar="N", help="leave out what was seen fewer times")


def _of_school(command: argparse.ArgumentParser) -> None:
    command.add_argument("--school", required=True, metavar="URN", help="the school's URN")
    command.add_argument("--by", required=True, metavar="USER", help="user name of the person in whose name it is done")


def _port(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) < 6 and 0 < int(text) < 65536):
        raise argparse.ArgumentTypeError("a port is a number from 1 to 65535")
    return int(text)


def _number(text: str) -> int:
    if not text.isascii() or not text.isdigit() or len(text) > 18:
        raise argparse.ArgumentTypeError("a number is wanted")
    return int(text)
