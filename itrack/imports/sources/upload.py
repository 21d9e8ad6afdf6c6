"""Opens what a person uploaded: a transfer file, or a zip holding exactly one.

A zip is unpacked in memory up to a bound and past it to an unnamed temporary file, which the system removes by itself
even if the process is killed. What the zip says about its sizes is read but not believed: unpacking stops at the limit.
Entry names are only looked at, never used as paths.
"""

from __future__ import annotations

import io
import tempfile
import zipfile
import zlib
from contextlib import contextmanager
from pathlib import Path
from typing import IO, TYPE_CHECKING, BinaryIO, Final, cast

from itrack.imports.sources.ctf import LARGEST
from itrack.imports.sources.refused import Refused

if TYPE_CHECKING:
    from collections.abc import Iterator

MOST_ENTRIES: Final = 20  # folders and system files that some programs add
IN_MEMORY: Final = 1 << 20  # bytes kept in memory while unpacking
CHUNK: Final = 1 << 16

_ENCRYPTED: Final = 0x1  # the zip format's flag bit 0
_TOO_LARGE: Final = f"The file is larger than {LARGEST // 2**20} MB, the most a Common Transfer File may have here."
_EMPTY: Final = "The zip file is empty. Choose the .xml file itself, or a zip that holds it."
_BROKEN: Final = (
    "The zip file is damaged. Ask the other school to send it again, or unpack it and choose the .xml file."
)


@contextmanager
def opened(given: Path | BinaryIO) -> Iterator[BinaryIO]:
    """The transfer file in what was given, as a seekable stream at its start. Raises Refused, one sentence each."""
    if isinstance(given, Path):
        with given.open("rb") as file, opened(file) as inner:
            yield inner
        return
    size = given.seek(0, io.SEEK_END)
    given.seek(0)
    if size > LARGEST:
        raise Refused(_TOO_LARGE)
    begins = given.read(4)
    if begins == b"PK\x05\x06":
        raise Refused(_EMPTY)
    if begins != b"PK\x03\x04":
        given.seek(0)
        yield given
        return
    with tempfile.SpooledTemporaryFile(max_size=IN_MEMORY) as unpacked:
        _unpack(given, unpacked)
        unpacked.seek(0)
        yield cast("BinaryIO", unpacked)


def _unpack(given: BinaryIO, into: IO[bytes]) -> None:
    whole = True
    try:
        with zipfile.ZipFile(given) as archive, archive.open(_only_xml(archive)) as packed:
            _copy(packed, into)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError, ValueError):
        whole = False
    if not whole:
        raise Refused(_BROKEN)


def _only_xml(archive: zipfile.ZipFile) -> zipfile.ZipInfo:
    """The one transfer file in the zip."""
    entries = [entry for entry in archive.infolist() if not entry.is_dir()]
    if len(archive.infolist()) > MOST_ENTRIES:
        raise Refused(f"The zip file holds more than {MOST_ENTRIES} files. Unpack it and choose the .xml file.")
    if any(_leads_outside(entry.filename) for entry in entries):
        raise Refused("The zip file holds a file that would be unpacked outside its folder. Nothing was read.")
    entries = [entry for entry in entries if not _is_of_the_mac(entry.filename)]
    if not entries:
        raise Refused(_EMPTY)
    found = [entry for entry in entries if entry.filename.lower().endswith(".xml")]
    if len(found) != 1 or len(entries) != 1:
        raise Refused("The zip file needs to hold one .xml file and nothing else. Unpack it and choose the .xml file.")
    if found[0].flag_bits & _ENCRYPTED:
        raise Refused("The zip file is locked with a password. Unpack it with the password and choose the .xml file.")
    if found[0].file_size > LARGEST:
        raise Refused(_TOO_LARGE)
    return found[0]


def _leads_outside(name: str) -> bool:
    parts = name.replace("\\", "/").split("/")
    return ".." in parts or parts[0] == "" or ":" in parts[0]


def _is_of_the_mac(name: str) -> bool:
    """A Mac adds files of its own to the zips it makes: "__MACOSX/._CTF.xml" beside "CTF.xml"."""
    *folders, last = name.split("/")
    return "__MACOSX" in folders[:1] or last.startswith("._") or last == ".DS_Store"


def _copy(packed: IO[bytes], into: IO[bytes]) -> None:
    size = 0
    while chunk := packed.read(CHUNK):
        size += len(chunk)
        if size > LARGEST:
            raise Refused(_TOO_LARGE)
        into.write(chunk)
