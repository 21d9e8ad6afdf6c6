"""Sheets as a tagged PDF (PDF/UA-1), set by Typst inside this process.

A process sets two files at once, the others wait a little and then are told to come again. A sign that no font here
has would make the file inaccessible, so it is replaced by a box: what those signs are is learnt from Typst itself, on a
few words, before the whole is set.
"""

import json
import re
from collections.abc import Iterator, Sequence, Set
from contextlib import contextmanager
from datetime import datetime
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from threading import BoundedSemaphore
from unicodedata import category, normalize

import typst

from itrack.foundation.refusal import Refused
from itrack.ui.pdf.blocks import Sheet
from itrack.ui.pdf.written import quoted, written

AT_ONCE, PATIENCE = 2, 20.0
BOX = "□"
# What the first font surely has: Latin with its accents, and the signs our own sentences use.
PLAIN = re.compile("[^\x20-\x7e\u00a0-\u017f\u2010-\u2026−\n]")
UNPRINTED = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ufeff\ud800-\udfff]")
NO_SIGN = re.compile(r'the text `"(.*?)"` could not be displayed', re.DOTALL)
ESCAPED = re.compile(r"\\u\{([0-9a-f]+)\}")
MOST_SIGNS_LEARNT = 40
MOST_LINES = 6000
MANY_SHEETS, REMEMBERED = 20, 11
PROBE = (
    b'#set document(title: "-")\n'
    b'#set text(font: ("Source Sans Pro", "Libertinus Serif", "DejaVu Sans Mono"))\n'
    b"#for word in json(bytes(sys.inputs.told)) [#word #strong(word) ]\n"
)

_places = BoundedSemaphore(AT_ONCE)
_unknown: set[str] = set()


class Busy(Refused):
    status = 503

    def __init__(self) -> None:
        super().__init__("Several PDFs are being made at this moment. Try again in a minute.")
        self.headers["Retry-After"] = "20"


def as_pdf(sheets: Sequence[Sheet], *, title: str, at: datetime) -> bytes:
    """One file of these sheets, each on pages of its own. `title` names no pupil. Raises Busy."""
    with _a_place():
        try:
            return _compiled(_document(sheets, title), at=at)
        finally:
            if len(sheets) > MANY_SHEETS:
                _let_go()


def as_pictures(sheets: Sequence[Sheet], *, title: str) -> list[bytes]:
    """The same pages as PNG, to look at them."""
    pages = typst.compile(_document(sheets, title), format="png", ppi=90, **_usual())  # type: ignore[call-overload]
    return pages if isinstance(pages, list) else [pages]


@cache
def house() -> bytes:
    return Path(__file__).with_name("house.typ").read_bytes()


@cache
def fonts() -> typst.Fonts:
    """Source Sans from its package, and what Typst carries: nothing of the machine, so files look the same anywhere."""
    found = find_spec("font_source_sans_pro")
    if found is None or found.origin is None:
        raise RuntimeError("The package font-source-sans-pro is not installed")
    return typst.Fonts(include_system_fonts=False, font_paths=[str(Path(found.origin).with_name("files"))])


def _let_go() -> None:
    """Typst keeps what the last ten files were made from, to set them again: small ones push a large one out."""
    for _ in range(REMEMBERED):
        typst.compile(b"", **_usual())  # type: ignore[call-overload]


def _usual(told: str = "") -> dict[str, object]:
    return {"font_paths": fonts(), "ignore_system_fonts": True, "sys_inputs": {"told": told}}


def _compiled(source: bytes, told: str = "", at: datetime | None = None) -> bytes:
    stamp = int(at.timestamp()) if at else 0
    made: bytes = typst.compile(source, pdf_standards=["ua-1"], timestamp=stamp, **_usual(told))  # type: ignore[call-overload]
    return made


@contextmanager
def _a_place() -> Iterator[None]:
    if not _places.acquire(timeout=PATIENCE):
        raise Busy
    try:
        yield
    finally:
        _places.release()


def _document(sheets: Sequence[Sheet], title: str) -> bytes:
    """The house's words and the sheets in them, every text as it can be printed."""
    unusual: set[str] = set()

    def say(text: str) -> str:
        spelt = _spelt(text)
        if PLAIN.search(spelt):
            unusual.update(word for word in spelt.split() if PLAIN.search(word))
        return quoted(spelt)

    told = written(sheets, title=title, say=say)
    lacking = _signs_lacking(sorted(unusual))
    if lacking:
        told = written(sheets, title=title, say=lambda text: quoted(_boxed(_spelt(text), lacking)))
    return house() + told.encode()


def _spelt(text: str) -> str:
    return UNPRINTED.sub("", normalize("NFC", text))


def _signs_lacking(words: Sequence[str]) -> frozenset[str]:
    """The signs in these words that no font has. Found by trying, and remembered."""
    for _ in range(MOST_SIGNS_LEARNT if words else 0):
        lacking = _lacking([_boxed(word, _unknown) for word in words])
        signs = {sign for sign in lacking if PLAIN.search(sign) and sign != BOX}
        if not signs:
            break
        _unknown.update({sign for sign in signs if not _hangs_on(sign)} or signs)
    else:
        return frozenset(sign for word in words for sign in word if PLAIN.search(sign))
    return frozenset(_unknown & set("".join(words)))


def _lacking(words: Sequence[str]) -> str:
    """The first piece of text that cannot be shown; "" when all can."""
    try:
        _compiled(PROBE, json.dumps(words))
    except typst.TypstError as error:
        if (found := NO_SIGN.search(str(error))) is None:
            raise
        return ESCAPED.sub(lambda code: chr(int(code[1], 16)), found[1])
    return ""


def _hangs_on(sign: str) -> bool:
    return category(sign) in ("Mn", "Mc", "Me", "Cf")


def _boxed(text: str, lacking: Set[str]) -> str:
    """A box for each sign lacking; the marks and joiners that hung on it go."""
    if lacking.isdisjoint(text):
        return text
    said: list[str] = []
    for sign in text:
        if not _hangs_on(sign):
            said.append(BOX if sign in lacking else sign)
        elif sign not in lacking and said[-1:] != [BOX]:
            said.append(sign)
    return "".join(said)
