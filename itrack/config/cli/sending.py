"""`itrack ctf export`. The file appears whole or not at all, readable by its owner alone."""

import os
import secrets
from argparse import Namespace
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, BinaryIO

from itrack.config.cli.ground import asking, standing
from itrack.foundation import clock
from itrack.foundation.refusal import Refused
from itrack.imports.rules.outgoing import NOT_A_SCHOOL, VERSION, destination
from itrack.imports.rules.rows import SchoolRef

LARGEST_LIST = 1_000_000  # bytes; some 70,000 UPNs


def export_file(asked: Namespace) -> tuple[Any, str]:
    """Writes the records of the pupils listed, or of the whole roll, in the user's name and within their role."""
    to = destination(asked.to)
    if to is None:
        raise Refused(f"--to: {NOT_A_SCHOOL}")
    listed = _lines(asked.pupils) if asked.pupils else None
    with standing(asked):
        return _export(asked, to, listed)


def _export(asked: Namespace, to: SchoolRef, listed: list[str] | None) -> tuple[Any, str]:
    from itrack.foundation.tenancy.windows import writing
    from itrack.foundation.viewer import OFFICE
    from itrack.imports import api

    who, at = asking(asked, OFFICE), clock.now()
    with writing(who.school), appearing(asked.out, force=asked.force) as file:
        if listed is None:
            pupils = api.whole_roll(school=who.school, on=clock.day_of(at))
        else:
            pupils = _found(listed, api.numbers_known(school=who.school))
        _, written = api.send(school=who.school, pupils=pupils, to=to, by=who.member, at=at, into=file)
    told = {"version": VERSION, "pupils": written.pupils, "results": written.results}
    told |= {"destination": f"{to.la}/{to.estab}", "file": str(asked.out)}
    return told, f"{written.pupils} pupils with {written.results} results written to {asked.out}."


def _lines(path: Path) -> list[str]:
    try:
        text = path.read_bytes()[: LARGEST_LIST + 1]
    except OSError as error:
        raise Refused(f"{path}: the list cannot be read ({(error.strerror or 'unknown').lower()}).") from None
    if len(text) > LARGEST_LIST:
        raise Refused(f"{path}: the list is larger than any school's can be.")
    try:
        return [line.strip() for line in text.decode("utf-8-sig").splitlines()]
    except UnicodeDecodeError:
        raise Refused(f"{path}: the list is not a text file.") from None


def _found(lines: list[str], known: Mapping[str, int]) -> list[int]:
    """The pupils listed, each once; empty lines are passed over."""
    pupils = []
    for number, line in enumerate(lines, start=1):
        if line and line.upper() not in known:
            raise Refused(f"Line {number} of the list is no UPN or id of a pupil of this school. No file was written.")
        if line:
            pupils.append(known[line.upper()])
    return list(dict.fromkeys(pupils))


@contextmanager
def appearing(path: Path, *, force: bool) -> Iterator[BinaryIO]:
    """A file beside `path` that takes its name once it is whole; gone without a trace if anything was raised."""
    if path.exists() and not force:
        raise Refused(f"{path} is there already. Choose another name, or add --force to write over it.")
    fresh = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    try:
        with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        _take_name(fresh, path, force=force)
    except OSError as error:
        raise Refused(f"{path}: the file cannot be written ({(error.strerror or 'unknown').lower()}).") from None
    finally:
        fresh.unlink(missing_ok=True)


def _take_name(fresh: Path, path: Path, *, force: bool) -> None:
    if force:
        fresh.replace(path)
        return
    try:
        # Unlike a renaming, a link never takes the place of a file that has come meanwhile.
        path.hardlink_to(fresh)
    except FileExistsError:
        raise Refused(f"{path} is there already. Choose another name, or add --force to write over it.") from None
