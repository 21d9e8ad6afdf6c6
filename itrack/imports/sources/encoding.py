"""Decides how a file's bytes are to be read, before anything is parsed, and hands them on as UTF-8.

A parser finds a wrong label only when it meets the first wrong byte, which may be after a thousand pupils. One pass
over the bytes beforehand costs a fiftieth of the parse and settles it: byte-order mark, then UTF-16 by its look, then
the declared label if it is one of a few, then UTF-8 if the bytes are UTF-8, else Windows (what a school gets when it
saves a file in an old editor). Text with accents that fits UTF-8 is UTF-8 whatever its label says: in Windows text the
same bytes would be such rubbish as “Ã©” throughout. After that pass the parser sees UTF-8 alone.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, BinaryIO, Final

from itrack.imports.sources.refused import Refused

if TYPE_CHECKING:
    from collections.abc import Iterator

CHUNK: Final = 1 << 16  # bytes
MISLABELLED: Final = (
    "The file calls itself UTF-8 but holds Windows text. It was read as Windows text: look at names with accents."
)
MISLABELLED_WINDOWS: Final = (
    "The file calls itself Windows or Latin text but holds UTF-8. It was read as UTF-8: look at names with accents."
)

_MARKS: Final = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_UNMARKED: Final = ((b"<\0", "utf-16-le"), (b"\0<", "utf-16-be"))
_LABEL: Final = re.compile(rb"""\s*<\?xml[^>]*?encoding\s*=\s*["']\s*([A-Za-z0-9._:-]{1,40})""")
# ISO-8859-1 is read as Windows: nobody means the control characters 80-9F, everybody means the curly apostrophe.
_LABELS: Final = {
    "utf-8": "utf-8", "utf8": "utf-8", "us-ascii": "utf-8", "ascii": "utf-8", "utf-16": "utf-8",
    "windows-1252": "cp1252", "cp1252": "cp1252", "iso-8859-1": "cp1252", "latin1": "cp1252",
    "iso-8859-15": "iso8859-15",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Encoding:
    """How to read a file: the codec, the bytes of its mark to skip, and what to tell the user ("" for nothing)."""

    codec: str
    mark: int
    warning: str = ""


def encoding_of(file: BinaryIO) -> Encoding:
    """How to read this file, every byte of it tried. Raises Refused where no reading fits."""
    file.seek(0)
    head = file.read(400)
    for mark, codec in _MARKS:
        if head.startswith(mark):
            return _tried(file, Encoding(codec, len(mark)))
    for look, codec in _UNMARKED:
        if head.startswith(look):
            return _tried(file, Encoding(codec, 0))
    codec = _labelled(head)
    fits = _first_misfit(file, Encoding("utf-8", 0)) is None
    if codec == "utf-8":
        return Encoding(codec, 0) if fits else _tried(file, Encoding("cp1252", 0, MISLABELLED))
    if fits:
        return Encoding("utf-8", 0, "" if _is_plain(file) else MISLABELLED_WINDOWS)
    return _tried(file, Encoding(codec, 0))


def _is_plain(file: BinaryIO) -> bool:
    """Whether there is no accent in it, so that every encoding reads it alike."""
    file.seek(0)
    return all(chunk.isascii() for chunk in iter(lambda: file.read(CHUNK), b""))


def utf8_chunks(file: BinaryIO, encoding: Encoding) -> Iterator[bytes]:
    """The file's text from its start, as UTF-8, a piece at a time."""
    if encoding.codec == "utf-8":
        file.seek(encoding.mark)
        while chunk := file.read(CHUNK):
            yield chunk
    else:
        for text in _texts(file, encoding):
            yield text.encode()


def _labelled(head: bytes) -> str:
    found = _LABEL.match(head)
    label = found.group(1).decode("ascii").lower() if found else "utf-8"
    if label not in _LABELS:
        raise Refused(f"The file says that it is written in “{label}”, which a Common Transfer File never is.")
    return _LABELS[label]


def _tried(file: BinaryIO, encoding: Encoding) -> Encoding:
    misfit = _first_misfit(file, encoding)
    if misfit is not None:
        line = _line_at(file, encoding, misfit)
        raise Refused(f"Line {line} of the file has bytes that stand for no character. Nothing was read.")
    return encoding


def _first_misfit(file: BinaryIO, encoding: Encoding) -> int | None:
    """The byte at which the reading stops fitting; None where all fits. Raises Refused at a NUL."""
    decoded = encoding.mark
    try:
        for text in _texts(file, encoding):
            if "\0" in text:
                raise Refused("The file has empty (NUL) characters in it, so it is not text. Nothing was read.")
            decoded = file.tell()
    except UnicodeDecodeError as misfit:
        return decoded + misfit.start
    return None


def _line_at(file: BinaryIO, encoding: Encoding, offset: int) -> int:
    """The line on which a byte stands, counted from 1."""
    file.seek(encoding.mark)
    return 1 + file.read(offset - encoding.mark).decode(encoding.codec, errors="ignore").count("\n")


def _texts(file: BinaryIO, encoding: Encoding) -> Iterator[str]:
    file.seek(encoding.mark)
    decoder = codecs.getincrementaldecoder(encoding.codec)()
    while chunk := file.read(CHUNK):
        yield decoder.decode(chunk)
    yield decoder.decode(b"", final=True)
