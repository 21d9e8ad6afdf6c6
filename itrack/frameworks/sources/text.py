"""Somebody's file as text, whatever program wrote it, and cells that no spreadsheet takes for a formula."""

import re
from typing import Final

LARGEST_FILE: Final = 3_000_000  # bytes; the shipped framework has a twelfth of it
_RISKY: Final = re.compile("'*[=+@\\-]")
_ESCAPED: Final = re.compile("'+[=+@\\-]")


class UnreadableFileError(Exception):
    """Why a file as a whole cannot be read, as a sentence for whoever chose it."""


def decoded(file: bytes) -> str:
    """UTF-8 and UTF-16 with or without their mark, else what Windows programs of Western Europe write."""
    if len(file) > LARGEST_FILE:
        raise UnreadableFileError(
            f"The file has {len(file):,} bytes; at most {LARGEST_FILE:,} are read. Nothing was stored."
        )
    for encoding in _encodings(file[:4096]):
        try:
            return file.decode(encoding).removeprefix("\ufeff")
        except UnicodeDecodeError:
            continue
    raise UnreadableFileError("The file is not text. Choose a CSV or JSON file. Nothing was stored.")


def _encodings(start: bytes) -> tuple[str, ...]:
    if start.startswith((b"\xff\xfe", b"\xfe\xff")):
        return ("utf-16",)
    if start.count(0) * 4 >= len(start) > 0:
        return ("utf-16-le", "utf-16-be") if start[1:2] == b"\0" else ("utf-16-be",)
    return ("utf-8-sig", "windows-1252")


def escaped(cell: str) -> str:
    """A cell that would be taken for a formula gets an apostrophe before it; `unescaped` takes it off again."""
    return f"'{cell}" if _RISKY.match(cell) else cell


def unescaped(cell: str) -> str:
    return cell[1:] if _ESCAPED.match(cell) else cell
