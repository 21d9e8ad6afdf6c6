"""What a report draws, as values: a drawing is made from them for the page and, the same one, for print.

Every picture stands beside a table with the same figures; its title and description are for who cannot see it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from itrack.curriculum.rules import BANDS, Band


@dataclass(frozen=True, slots=True)
class BarRow:
    """One bar: how many in each band. `keys` are those of the figures it repeats, for who is not shown all of them.

    `held`: not drawn, because one of them is held back.
    """

    label: str
    shares: Sequence[tuple[Band, int]]
    keys: Sequence[str] = ()
    held: bool = False


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
    Band("down", "▼", "Moved down", "f"),
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


@dataclass(frozen=True, slots=True)
class Line:
    """A share at each point, None where nobody is counted. `partly`: at which points many are not counted.

    `strong`: it is the one the others are parts of.
    """

    name: str
    shares: Sequence[Fraction | None]
    partly: Sequence[bool]
    strong: bool = False


@dataclass(frozen=True, slots=True)
class Lines:
    """Shares over points. `points` are (name, name of its year), the earliest first."""

    title: str
    points: Sequence[tuple[str, str]]
    lines: Sequence[Line]
    caption: str = "At expected or above"
    reading: str = ""
    bands: Sequence[Band] = ()


@dataclass(frozen=True, slots=True)
class Scale:
    """One axis of a scatter: marks are (score, as written), and `line` divides it."""

    title: str
    line: Fraction
    line_words: str
    marks: Sequence[tuple[Fraction, str]]


@dataclass(frozen=True, slots=True, order=True)
class Dot:
    """Two scores of a pupil, and the place of their group among the names."""

    across: Fraction
    up: Fraction
    group: int = 0


@dataclass(frozen=True, slots=True)
class Scatter:
    """A mark for each pupil; `groups` names the shapes, empty where there is one shape."""

    title: str
    across: Scale
    up: Scale
    dots: Sequence[Dot]
    groups: Sequence[str]
    caption: str = "A mark for each pupil"
    reading: str = ""
    bands: Sequence[Band] = ()


@dataclass(frozen=True, slots=True)
class GroupDot:
    """A group's share. `base`: the others of its kind are measured from it. `keys` as in BarRow."""

    label: str
    n: int
    of: int
    base: bool = False
    keys: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class DotGroup:
    """A kind of group. Without a base among its dots they are measured from everybody."""

    title: str
    dots: Sequence[GroupDot]


@dataclass(frozen=True, slots=True)
class PairedDots:
    """Each group's share joined to that of the group it is measured from, kind by kind; a line for everybody.

    `css` is the class of the band whose colour the dots take, `keys` those of the figures of everybody.
    """

    title: str
    groups: Sequence[DotGroup]
    whole: tuple[int, int]
    caption: str
    css: str = "e"
    keys: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Circles:
    """Three overlapping circles. `counts` maps each set of places of `names` to how many are in just those.

    `keys` as in BarRow: who is not shown all of them sees no circles.
    """

    title: str
    names: tuple[str, str, str]
    counts: Mapping[frozenset[int], int]
    caption: str
    css: str = "e"
    keys: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class ShareBar:
    """`said` is written beside the bar: "57%". Bars of one `group` stand under it. `keys` as in BarRow."""

    label: str
    n: int
    of: int
    said: str
    group: str = ""
    keys: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class ShareBars:
    """One share a bar. Where all are small the scale ends before 100%, which its axis says."""

    title: str
    bars: Sequence[ShareBar]
    caption: str
    noun: str = "pupil"


@dataclass(frozen=True, slots=True)
class BandSteps:
    """One pupil's bands, subject by subject over the same points; None where there is no mark of a band."""

    title: str
    points: Sequence[str]
    rows: Sequence[tuple[str, Sequence[Band | None]]]
    caption: str = "Bands over time"
    bands: Sequence[Band] = BANDS


Picture = StackedBars | HeatGrid | Lines | Scatter | PairedDots | Circles | ShareBars | OverYears | BandSteps
