"""Reads a Common Transfer File, the file in which schools hand a pupil's record on, in memory that stays flat.

The bytes are judged first (size, encoding, what stands before the first element), then parsed a piece at a time with
everything switched off that a hostile file could use; each pupil becomes a row or a rejection and is then forgotten.

    with upload.opened(path) as file:
        ctf = open_ctf(file, today=date(2026, 11, 23))
        for pupil in ctf: ...          # PupilRow or Rejected; then ctf.ignored, ctf.warnings and ctf.results are final
"""

from __future__ import annotations

import io
import re
from typing import TYPE_CHECKING, BinaryIO, Final, cast

from lxml import etree

from itrack.imports.rules.admit import Admission
from itrack.imports.rules.raw import Facts
from itrack.imports.sources.ctf_header import academic_year_of, local, read_header, version_warning
from itrack.imports.sources.ctf_pupil import PupilReader
from itrack.imports.sources.encoding import encoding_of, utf8_chunks
from itrack.imports.sources.prolog import LONGEST_PROLOG, NOT_XML, check_prolog
from itrack.imports.sources.refused import Refused
from itrack.imports.sources.shorthand import Shorthand, is_plain

if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import Iterator
    from datetime import date

    from lxml.etree import _Element

    from itrack.imports.rules.rows import PupilRow, Rejected

__all__ = ("CtfFile", "Refused", "open_ctf")

LARGEST: Final = 100 * 1024 * 1024  # bytes; 2,000 pupils with daily marks make some tens of MB
LARGEST_PUPIL: Final = 1024 * 1024  # bytes; a pupil's record is about 9 KB
MOST_PUPILS: Final = 50_000

_LAST_TAG: Final = re.compile(rb"</[\w.:-]*CTfile\s*>")
_TAIL: Final = 4096  # bytes in which the last tag is looked for
_TRUNCATED: Final = "The file breaks off before its end. Ask the other school to send it again. Nothing was read."


def open_ctf(file: BinaryIO, *, today: date) -> CtfFile:
    """Open a seekable file and read its header. Raises Refused, here or while the pupils are walked."""
    size = file.seek(0, io.SEEK_END)
    if size == 0:
        raise Refused("The file is empty.")
    if size > LARGEST:
        raise Refused(f"The file is larger than {LARGEST // 2**20} MB, the most a Common Transfer File may have here.")
    encoding = encoding_of(file)
    check_prolog(_head(file, encoding.codec, encoding.mark))
    shorthand = Shorthand() if is_plain(utf8_chunks(file, encoding)) else None
    ctf = CtfFile(utf8_chunks(file, encoding), shorthand, today=today)
    if encoding.warning:
        ctf.warnings.append(encoding.warning)
    return ctf


class CtfFile:
    """One file, walked once. `header` is there at once; `ignored`, `warnings` and `results` are whole at the end.

    A file may turn out broken after thousands of good pupils: whoever walks it keeps nothing until the walk is over.
    """

    def __init__(self, chunks: Iterator[bytes], shorthand: Shorthand | None, *, today: date) -> None:
        self._elements = _elements(shorthand.shorten(chunks) if shorthand else chunks, instructions=bool(shorthand))
        self.header = read_header(_header_element(self._elements))
        self.warnings = [warning] if (warning := version_warning(self.header.version)) else []
        full = self.header.qualifier == "full"
        self._admission = Admission(Facts(today=today, full=full, academic_year=academic_year_of(self.header)))
        self._reader = PupilReader(shorthand or Shorthand())
        self._pupils = self._walk()

    @property
    def ignored(self) -> Counter[str]:
        """How often each element was read past and not stored, by its path from Pupil."""
        return self._reader.ignored

    @property
    def results(self) -> int:
        """Statutory results met so far, of admitted and rejected pupils."""
        return self._reader.results

    def __iter__(self) -> Iterator[PupilRow | Rejected]:
        return self._pupils

    def _walk(self) -> Iterator[PupilRow | Rejected]:
        read, admit, met = self._reader.read, self._admission.admit, 0
        for element in self._elements:
            if element.tag.endswith("Pupil"):
                met += 1
                if met > MOST_PUPILS:
                    raise Refused(f"The file has more than {MOST_PUPILS:,} pupils. Nothing was read.")
                yield admit(read(element))
            _forget(element)
        if not met:
            raise Refused("The file has no pupils in it.")


def _head(file: BinaryIO, codec: str, mark: int) -> str:
    file.seek(mark)
    return file.read(LONGEST_PROLOG).decode(codec, errors="ignore")


def _header_element(elements: Iterator[_Element]) -> _Element:
    """The header, which must come before the pupils."""
    first = next(elements, None)
    if first is None or local(first.tag) != "Header":
        raise Refused("The file has no header that says which school it comes from. Nothing was read.")
    return first


def _elements(chunks: Iterator[bytes], *, instructions: bool) -> Iterator[_Element]:
    """The header, each pupil and the end of the pupils, once each is complete and if it is in its place.

    Between two of these no more than one pupil's bytes may pass: what the parser holds stays small, whatever is sent.
    """
    parser = _hardened_parser(instructions=instructions)
    pending, home, end = 0, None, b""
    for chunk in chunks:
        _feed(parser, chunk)
        pending, end = pending + len(chunk), (end + chunk)[-_TAIL:]
        for _, element in parser.read_events():
            element = cast("_Element", element)
            parent = element.getparent()
            if parent is not home or home is None:
                if not _in_place(element):
                    continue
                home = parent if element.tag.endswith("Pupil") else None
            pending = 0
            yield element
        if pending > LARGEST_PUPIL:
            raise Refused("One entry of the file is larger than any pupil's record can be. Nothing was read.")
    _finish(parser, end)


def _hardened_parser(*, instructions: bool) -> etree.XMLPullParser:
    """A parser that resolves, loads and fetches nothing; it keeps instructions only where they are our own."""
    return etree.XMLPullParser(
        events=("end",), tag=("{*}Header", "{*}Pupil", "{*}CTFpupilData"), encoding="utf-8",
        resolve_entities=False, no_network=True, load_dtd=False, dtd_validation=False, attribute_defaults=False,
        huge_tree=False, recover=False, remove_comments=True, remove_pis=not instructions, collect_ids=False,
    )  # fmt: skip


def _in_place(element: _Element) -> bool:
    """Whether the names from the root to this element are those of a transfer file."""
    above = [local(one.tag) for one in element.iterancestors()]
    return above == (["CTFpupilData", "CTfile"] if element.tag.endswith("Pupil") else ["CTfile"])


def _feed(parser: etree.XMLPullParser, chunk: bytes) -> None:
    whole = True
    try:
        parser.feed(chunk)
    except etree.XMLSyntaxError:
        whole = False
    # An error that does not raise (an entity nobody declared) would have the next piece start a new document. And the
    # refusal is raised out here, so that the parser's own words, which quote the file, do not hang on it.
    if not whole or parser.feed_error_log.filter_from_errors():
        raise Refused(_damage(parser))


def _finish(parser: etree.XMLPullParser, end: bytes) -> None:
    whole = True
    try:
        parser.close()
    except etree.XMLSyntaxError:
        whole = False
    if not whole:
        raise Refused(_damage(parser) if _LAST_TAG.search(end) else _TRUNCATED)


def _damage(parser: etree.XMLPullParser) -> str:
    """Where the file stops being XML. Only lines and kinds are taken from the parser's log, never its messages."""
    log = parser.feed_error_log
    first = next(iter(log.filter_from_fatals() or log), None)
    if first is None:
        return NOT_XML
    if first.type == etree.ErrorTypes.ERR_RESOURCE_LIMIT:
        return "The file's elements are nested deeper than any Common Transfer File's. Nothing was read."
    return f"The file is damaged at line {first.line}: from there on it is not proper XML. Nothing was read."


def _forget(element: _Element) -> None:
    """Free an element that has been read, with everything before it at its level."""
    element.clear()
    parent = element.getparent()
    while parent is not None and element.getprevious() is not None:
        del parent[0]
