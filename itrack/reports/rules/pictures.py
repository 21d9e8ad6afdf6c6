"""What a report draws, as values: a drawing is made from them for the page and, the same one, for print.

Every picture stands beside a table with the same figures; its title and description are for who cannot see it.
"""

from collections.abc import Mapping, Sequence
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
class Dot:
    """A group's share. `base`: the others of its kind are measured from it."""

    label: str
    n: int
    of: int
    base: bool = False


@dataclass(frozen=True, slots=True)
class DotGroup:
    """A kind of group. Without a base among its dots they are measured from everybody."""

    title: str
    dots: Sequence[Dot]


@dataclass(frozen=True, slots=True)
class PairedDots:
    """Each group's share joined to that of the group it is measured from, kind by kind; a line for everybody.

    `css` is the class of the band whose colour the dots take.
    """

    title: str
    groups: Sequence[DotGroup]
    whole: tuple[int, int]
    caption: str
    css: str = "e"


@dataclass(frozen=True, slots=True)
class Circles:
    """Three overlapping circles. `counts` maps each set of places of `names` to how many are in just those."""

    title: str
    names: tuple[str, str, str]
    counts: Mapping[frozenset[int], int]
    caption: str
    css: str = "e"


@dataclass(frozen=True, slots=True)
class ShareBar:
    """`said` is written beside the bar: "57%". Bars of one `group` stand under it."""

    label: str
    n: int
    of: int
    said: str
    group: str = ""


@dataclass(frozen=True, slots=True)
class ShareBars:
    """One share a bar. Where all are small the scale ends before 100%, which its axis says."""

    title: str
    bars: Sequence[ShareBar]
    caption: str
    noun: str = "pupil"


Picture = StackedBars | PairedDots | Circles | ShareBars
