"""Bands: the four words every mark of any kind comes down to, so that unlike marks can stand side by side."""

from dataclasses import dataclass


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
