"""What a report draws, as values: a drawing is made from them for the page and, the same one, for print.

Every picture stands beside a table with the same figures; its title and description are for who cannot see it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from itrack.curriculum.rules import BANDS, Band


@dataclass(frozen=True, slots=True)
class BarRow:
    """One bar: how many in each band."""

    label: str
    shares: Sequence[tuple[Band, int]]


@dataclass(frozen=True, slots=True)
class StackedBars:
    """Bars of equal length, each divided among the bands."""

    title: str
    rows: Sequence[BarRow]
    caption: str = "Share of pupils in each band"
    bands: Sequence[Band] = BANDS
    reading: str = ""


@dataclass(frozen=True, slots=True)
class YearLine:
    """One line over the years: `values` None where there is no figure, `said` as they are written."""

    label: str
    values: Sequence[Fraction | None]
    said: Sequence[str]
    beside: bool = False


@dataclass(frozen=True, slots=True)
class OverYears:
    """A figure over some years beside another. `gaps` say below a year why it has none."""

    title: str
    years: Sequence[str]
    lines: Sequence[YearLine]
    gaps: Sequence[str]
    low: int
    high: int
    unit: str = ""
    caption: str = "Over the years, beside England"
    reading: str = ""


# Which way pupils went between two marks, drawn as bands are: by letter, pattern and colour.
WENT = (
    Band("down", "▼", "Moved down", "d"),
    Band("same", "=", "Stayed in the same band", "s"),
    Band("up", "▲", "Moved up", "u"),
)


@dataclass(frozen=True, slots=True)
class GridCell:
    """How many, of how many of its row; `key` is that of the table's figure. `n` is None where it is held back.

    `way` is "up", "same" or "down", "" where the ends cannot be compared.
    """

    key: str
    n: int | None
    of: int
    spoken: str
    way: str = ""


@dataclass(frozen=True, slots=True)
class HeatGrid:
    """A grid shaded by how many are in each cell. `down` names what the rows are, `across` what the columns are.

    `reading` says under the picture how it is read.
    """

    title: str
    columns: Sequence[str]
    rows: Sequence[tuple[str, Sequence[GridCell]]]
    down: str
    across: str
    caption: str = "How many pupils went from which band to which"
    reading: str = ""
    bands: Sequence[Band] = ()


Picture = StackedBars | HeatGrid | OverYears
