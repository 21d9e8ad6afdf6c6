"""Opens what a person chose: a workbook, or a table saved as text. Its first bytes tell which."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, BinaryIO, Final

from itrack.foundation.refusal import Refused
from itrack.spreadsheets.sources.table import LARGEST, TOO_LARGE
from itrack.spreadsheets.sources.text_file import TextFile
from itrack.spreadsheets.sources.workbook import Workbook

if TYPE_CHECKING:
    from itrack.spreadsheets.sources.table import Book

_OLD: Final = (
    "This is a workbook of an older kind (.xls), or one locked with a password. Save it as .xlsx without a password."
)


def open_book(file: BinaryIO) -> Book:
    """The file as a book of sheets. Raises Refused, one sentence each, and holds nothing of a pupil in it."""
    size = file.seek(0, io.SEEK_END)
    file.seek(0)
    if not size:
        raise Refused("The file is empty.")
    if size > LARGEST:
        raise Refused(TOO_LARGE)
    begins = file.read(8)
    file.seek(0)
    if begins == b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1":
        raise Refused(_OLD)
    if begins.startswith(b"PK"):
        return Workbook(file)
    if begins.startswith((b"%PDF", b"<?xml", b"<!DOC", b"<html")):
        raise Refused("This is not a spreadsheet. Choose a workbook (.xlsx) or a table saved as text (.csv).")
    return TextFile(file.read())
