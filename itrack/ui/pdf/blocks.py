"""What a page of paper is put together from, as values; `house.typ` beside this file sets them.

    Sheet("Attainment overview", school="Oakfield", blocks=[Heading("Reading"), Register("By class", heads, lines)])

They hold text and numbers alone. Whatever a name or a comment says reaches the typesetter as a string in quotes and is
never read as its language.
"""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Heading:
    """`level` 2 is a part of the sheet, 3 a part of that; the sheet's own heading is the only 1."""

    text: str
    level: int = 2


@dataclass(frozen=True, slots=True)
class Words:
    """A paragraph, or several: an empty line parts them. `lead` is printed strong before it.

    `stays`: on the page of what follows.
    """

    text: str
    lead: str = ""
    small: bool = False
    stays: bool = False


@dataclass(frozen=True, slots=True)
class Finding:
    lead: str
    rest: str


@dataclass(frozen=True, slots=True)
class Drawing:
    """An SVG that carries its own colours. `width` is at most what it takes, in mm; `alt` is read aloud for it."""

    svg: str
    alt: str
    width: int
    caption: str = ""
    keys: Sequence[tuple[str, str]] = ()


@dataclass(frozen=True, slots=True)
class Cell:
    """`small` follows the text, softly; `band` is "b", "w", "e" or "g"; a `bar` is (part, whole, part, whole).

    `shade`: on a shaded ground.
    """

    text: str
    small: str = ""
    band: str = ""
    strong: bool = False
    bar: Sequence[int] = ()
    shade: bool = False


@dataclass(frozen=True, slots=True)
class Head:
    """`grow`: the column takes what room the others leave. `room`: it is empty, for a pen.

    `signs`: it is wide enough for a line of so many, whatever the others take; 0 for as wide as is left.
    """

    text: str
    numeric: bool = False
    grow: bool = False
    room: bool = False
    signs: int = 0


@dataclass(frozen=True, slots=True)
class Line:
    cells: Sequence[Cell]
    note: str = ""
    strong: bool = False


@dataclass(frozen=True, slots=True)
class Register:
    """A table under its title; `bodies` are (heading or "", the lines under it)."""

    title: str
    heads: Sequence[Head]
    bodies: Sequence[tuple[str, Sequence[Line]]]


@dataclass(frozen=True, slots=True)
class Facts:
    """Terms with what they are, the terms in a column."""

    rows: Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Beside:
    """Two halves of the page side by side."""

    left: Sequence["Block"]
    right: Sequence["Block"]


Block = Heading | Words | Finding | Drawing | Register | Facts | Beside


@dataclass(frozen=True, slots=True)
class Sheet:
    """One document, on pages of its own. `title` is that of the file and names nobody; `heading` may.

    `logo` is an SVG, "" for none. `compact` is to hold much on one page, `large` is for readers at home.
    """

    title: str
    heading: str
    school: str
    made: str
    blocks: Sequence[Block]
    lead: str = ""
    wide: bool = False
    logo: str = ""
    compact: bool = False
    large: bool = False
