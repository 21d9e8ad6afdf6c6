"""The values components take. They know no school words: a band is a letter, a name and one of four classes."""

from dataclasses import dataclass
from typing import Protocol


class BandLike(Protocol):
    """What a chip, a key or a bar is drawn from. `css` is "b", "w", "e" or "g" and picks colour and pattern.

    Drawings and keys also know "x" for what was left out and "n" for what is not there yet, both without a colour.
    """

    @property
    def letter(self) -> str: ...
    @property
    def name(self) -> str: ...
    @property
    def css(self) -> str: ...


@dataclass(frozen=True, slots=True)
class Link:
    """A named address: a main tab, a tab of a page, a step of a trail."""

    name: str
    url: str
    current: bool = False


@dataclass(frozen=True, slots=True)
class Count:
    """One figure of a row of counts: 24 "pupils in the file"."""

    words: str
    n: int
    url: str = ""


@dataclass(frozen=True, slots=True)
class Fact:
    term: str
    value: str
    note: str = ""
