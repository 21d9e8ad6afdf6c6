"""Bands: the four words every mark of any kind comes down to, so that unlike marks can stand side by side."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from itrack.schools.rules import fingerprint

if TYPE_CHECKING:
    from collections.abc import Sequence

LONGEST_NAME: Final = 40
MOST_OPTIONS: Final = 60
FROZEN: Final = (
    "Marks use this scheme, so its codes, bands and order stand: changing them would change what earlier marks mean."
)


@dataclass(frozen=True, slots=True)
class Band:
    """`letter` is the key typed and printed; `css` names the pattern and colour that tell it apart."""

    code: str
    letter: str
    name: str
    css: str


BELOW = Band("below", "B", "Below", "b")
TOWARDS = Band("towards", "W", "Working towards", "w")
EXPECTED = Band("expected", "E", "Expected", "e")
GREATER = Band("greater", "G", "Greater depth", "g")
BANDS = (BELOW, TOWARDS, EXPECTED, GREATER)
BAND_OF = {band.code: band for band in BANDS}
# "At expected or above" is asked for in every report, so it is said once.
SECURE = frozenset({EXPECTED.code, GREATER.code})


@dataclass(frozen=True, slots=True)
class OptionRow:
    """One mark a scheme offers. `band` is empty for a code, such as absent, that no percentage counts."""

    id: int
    code: str
    name: str
    band: str
    css: str


@dataclass(frozen=True, slots=True)
class OptionFacts:
    """What can be edited of a mark."""

    code: str
    name: str
    band: str

    @property
    def seen(self) -> str:
        return fingerprint([(self.code, self.name, self.band)])


def swapped(ids: Sequence[int], moved: int) -> dict[int, int]:
    """Every id's place, from 1, once `moved` stands before the one above it; empty when it stands first or nowhere."""
    if moved not in ids[1:]:
        return {}
    at = list(ids).index(moved)
    order = [*ids[: at - 1], moved, ids[at - 1], *ids[at + 1 :]]
    return {one: place for place, one in enumerate(order, start=1)}
