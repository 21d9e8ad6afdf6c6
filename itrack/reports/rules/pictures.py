"""What a report draws, as values: a drawing is made from them for the page and, the same one, for print.

Every picture stands beside a table with the same figures; its title and description are for who cannot see it.
"""

from collections.abc import Sequence
from dataclasses import dataclass

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


@dataclass(frozen=True, slots=True)
class BandSteps:
    """One pupil's bands, subject by subject over the same points; None where there is no mark of a band."""

    title: str
    points: Sequence[str]
    rows: Sequence[tuple[str, Sequence[Band | None]]]
    caption: str = "Bands over time"
    bands: Sequence[Band] = BANDS


Picture = StackedBars | BandSteps
