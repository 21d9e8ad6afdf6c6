"""`itrack ctf check` and `itrack ctf import`."""

from argparse import Namespace
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, BinaryIO

from itrack.config.cli.ground import asking, standing
from itrack.foundation import clock
from itrack.foundation.refusal import Refused
from itrack.imports.rules.receipt import as_text
from itrack.imports.sources.checking import check
from itrack.imports.sources.ctf import open_ctf
from itrack.imports.sources.upload import opened


def check_file(asked: Namespace) -> tuple[Any, str]:
    """Reads a file from end to end, without a database."""
    with _file(asked.file) as file:
        receipt = check(open_ctf(file, today=clock.day_of(clock.now())))
    return receipt.as_json(), as_text(receipt)


@contextmanager
def _file(path: Path) -> Iterator[BinaryIO]:
    try:
        given = path.open("rb")
    except OSError as error:
        raise Refused(f"{path}: the file cannot be opened ({(error.strerror or 'unknown').lower()}).") from None
    with given:
        if not given.seekable() or not path.is_file():
            raise Refused(f"{path}: this is not a file.")
        with opened(given) as file:
            yield file


def import_file(asked: Namespace) -> tuple[Any, str]:
    """The page's own preview and apply; without --apply the preview is thrown away again."""
    with _file(asked.file) as file, standing(asked):
        return _import(asked, file)


def _import(asked: Namespace, file: BinaryIO) -> tuple[Any, str]:
    from itrack.foundation.tenancy.windows import writing
    from itrack.foundation.viewer import OFFICE
    from itrack.imports import api

    who, at = asking(asked, OFFICE), clock.now()
    with writing(who.school):
        batch = api.preview(school=who.school, file=file, by=who.member, at=at)
        receipt = api.receipt_counts(school=who.school, batch=batch)
        if not asked.apply:
            api.discard(school=who.school, batch=batch, by=who.member, at=at)
            receipt["change_set"] = None
    if asked.apply:
        with writing(who.school):
            receipt["change_set"] = api.apply(school=who.school, batch=batch, by=who.member, at=clock.now())
    return receipt, _text(receipt)


def _text(receipt: dict[str, Any]) -> str:
    done = receipt["change_set"]
    nothing = "Nothing was stored."
    if receipt["conflict"]:
        nothing += " Who the pupils in doubt are, and which birthday is right, is chosen on the Import page."
    elif not receipt["new"] + receipt["changed"]:
        nothing = "The file changes nothing."
    lines = [
        f"Pupils in the file: {receipt['pupils']}. {receipt['new']} new, {receipt['changed']} changed, "
        f"{receipt['unchanged']} unchanged, {receipt['conflict']} for you to choose, "
        f"{len(receipt['rejected'])} refused. {receipt['results']} results."
    ]
    lines += [f"  line {one['line']}, {one['pupil']}: {one['reason']}" for one in receipt["rejected"]]
    lines += [f"  {warning}" for warning in receipt["warnings"]]
    lines.append(f"Applied as change set {done}." if done else nothing)
    return "\n".join(lines)
