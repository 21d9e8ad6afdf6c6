"""Passwords known from breaches, as a small file that answers "is it among them?" without naming any.

    write_filter(Path("pwned-passwords.txt"), Path("breached.filter"))  →  Built(passwords=…, size=…, …)
    "Password1" in open_filter(Path("breached.filter"))                 →  True

SHA-1 digests are spread evenly, so their first bits say in which bucket one belongs, about 64 of them to each, and the
next 24 bits are kept: three bytes a password and a quarter of a byte for the index. A password that is in the list is
always found; one that is not is taken for one of them once in 260,000 times. One pass, in the order of the digests.

    8 bytes mark · bits of the index, 1 byte · passwords, 8 bytes · CRC-32 of index and all this, 4 bytes
    index: where each bucket begins, 4 bytes each, and the end · the 24 bits of each password, in order
"""

import hashlib
import itertools
import mmap
import os
import re
import struct
import tempfile
import zlib
from array import array
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

MARK = b"ITRACKP1"
HEADER = struct.Struct("<8sBQI")
KEPT, WIDTH = 24, 3  # bits, and the bytes they take
IN_A_BUCKET = 64
LEAST, MOST = 4, 26  # bits of the index
TYPICAL_LINE = 43  # bytes: 40 hex digits, a count, the end
DIGEST_LINE = re.compile(rb"[0-9A-Fa-f]{40}(:\d+)?\s*")
MANY = 2**32 - 1


class Unusable(Exception):
    """The file is not what it should be; says why, and what to do, in sentences."""


@dataclass(frozen=True, slots=True)
class Built:
    """`one_in` says how many passwords that are not in the list must be tried until one is taken for one that is."""

    passwords: int
    size: int
    one_in: int


class Filter:
    """A filter that stands in a file, mapped and not read: only the pages asked about come into memory."""

    def __init__(self, held: mmap.mmap, bits: int, passwords: int) -> None:
        self.passwords = passwords
        self._held, self._bits = held, bits
        self._rows = HEADER.size + 4 * (2**bits + 1)

    def __contains__(self, password: str) -> bool:
        bucket, rest = _parts(_first_bits(hashlib.sha1(password.encode(), usedforsecurity=False).digest()), self._bits)
        start, end = struct.unpack_from("<II", self._held, HEADER.size + 4 * bucket)
        rows = self._held[self._rows + WIDTH * start : self._rows + WIDTH * end]
        return any(rows[at : at + WIDTH] == rest for at in range(0, len(rows), WIDTH))


def open_filter(path: Path) -> Filter:
    """The filter in this file. Raises Unusable when there is none, or when it is cut short or damaged."""
    try:
        with path.open("rb") as file:
            held = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else "It is empty"
        raise Unusable(f"{path}: the filter of breached passwords cannot be opened. {reason}.") from None
    return Filter(held, *_checked(path, held))


def _checked(path: Path, held: mmap.mmap) -> tuple[int, int]:
    if len(held) >= HEADER.size:
        mark, bits, passwords, crc = HEADER.unpack_from(held)
        rows = HEADER.size + 4 * (2 ** min(bits, MOST) + 1)
        whole = mark == MARK and LEAST <= bits <= MOST and len(held) == rows + WIDTH * passwords
        if whole and crc == zlib.crc32(held[HEADER.size : rows], zlib.crc32(held[: HEADER.size - 4])):
            return bits, passwords
    raise Unusable(
        f"{path}: this is no filter of breached passwords, or not a whole one. Make it anew with "
        "`itrack passwords filter`."
    )


def write_filter(source: Path, out: Path, *, at_least: int = 1) -> Built:
    """Builds the filter of a list: digests in ascending order, `HASH:count` each, or plain passwords, one a line.

    Passwords counted fewer than `at_least` times are left out. Plain passwords are sorted in memory, digests are not.
    The file appears whole or not at all. Raises Unusable.
    """
    try:
        with source.open("rb") as file:
            first = file.readline()
            digests = bool(DIGEST_LINE.fullmatch(first))
            lines = itertools.chain([first], file)
            keys = _of_digests(lines, at_least) if digests else iter(sorted(_of_words(lines)))
            expected = source.stat().st_size // (TYPICAL_LINE if digests else 10)
            return _write(keys, out, _bits_for(expected))
    except OSError as error:
        raise Unusable(f"{error.filename or source}: {error.strerror}.") from None


def _bits_for(passwords: int) -> int:
    return max(LEAST, min(MOST, (passwords // IN_A_BUCKET).bit_length()))


def _of_digests(lines: Iterable[bytes], at_least: int) -> Iterator[int]:
    before = -1
    for number, line in enumerate(lines, start=1):
        if not DIGEST_LINE.fullmatch(line):
            raise Unusable(f"Line {number} is no SHA-1 digest of 40 hex digits with its count. Nothing was written.")
        if at_least > 1 and int(line[41:].strip() or 1) < at_least:
            continue
        key = int(line[:16], 16)
        if key < before:
            raise Unusable(f"Line {number} is out of order: the list must be ordered by hash. Nothing was written.")
        before = key
        yield key


def _of_words(lines: Iterable[bytes]) -> Iterator[int]:
    for line in lines:
        if word := line.rstrip(b"\r\n"):
            yield _first_bits(hashlib.sha1(word, usedforsecurity=False).digest())


def _first_bits(digest: bytes) -> int:
    return int.from_bytes(digest[:8])


def _parts(key: int, bits: int) -> tuple[int, bytes]:
    """The bucket, and what is kept there."""
    return key >> (64 - bits), (key >> (64 - bits - KEPT) & (2**KEPT - 1)).to_bytes(WIDTH)


def _write(keys: Iterator[int], out: Path, bits: int) -> Built:
    number, name = tempfile.mkstemp(prefix=f".{out.name}-", dir=out.parent)
    try:
        with os.fdopen(number, "wb") as file:
            passwords = _fill(file, keys, bits)
            file.flush()
            os.fsync(file.fileno())
        Path(name).chmod(0o644)
        Path(name).rename(out)
    finally:
        with suppress(FileNotFoundError):
            os.unlink(name)
    return Built(passwords, out.stat().st_size, _one_in(passwords, bits))


def _fill(file: BinaryIO, keys: Iterator[int], bits: int) -> int:
    """Writes index and rows and, last of all, the header, without which the file is none."""
    begins = array("I", bytes(4 * (2**bits + 1)))
    file.seek(HEADER.size + 4 * len(begins))
    passwords, bucket = 0, 0
    for key, _ in itertools.groupby(keys):
        belongs, rest = _parts(key, bits)
        while bucket < belongs:
            bucket += 1
            begins[bucket] = passwords
        file.write(rest)
        passwords += 1
    begins[bucket + 1 :] = array("I", [passwords]) * (2**bits - bucket)
    if not 0 < passwords <= MANY:
        raise Unusable("The list holds no password. Nothing was written.")
    index, before = begins.tobytes(), struct.pack("<8sBQ", MARK, bits, passwords)
    file.seek(0)
    file.write(before + struct.pack("<I", zlib.crc32(index, zlib.crc32(before))) + index)
    return passwords


def _one_in(passwords: int, bits: int) -> int:
    return max(1, (1 << (bits + KEPT)) // passwords)
