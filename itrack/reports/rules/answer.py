"""What a report answers: figures that keep the pupils behind them, in tables, in sections.

    Count("reading.expected", pupils=frozenset({7, 9}), of=everybody, spoken="expected in reading", about="Reading")

Page, print, spreadsheet, PDF and command line are all made from one Answer, so no two of them can disagree. A figure is
never a bare number: who is in it is part of it, and its key is the address of their names.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from itrack.reports.rules.cells import (
    Bar,
    Cell,
    Count,
    Figure,
    Filed,
    Hidden,
    Mark,
    Mean,
    Nothing,
    Number,
    Percent,
    Person,
    Step,
    Unit,
    filed,
)
from itrack.reports.rules.finding import Finding
from itrack.reports.rules.pictures import Picture
from itrack.reports.rules.suppression.held import Held, Shown

# An answer and what stands in it are asked for in one breath.
__all__ = [
    "LEADS_TO_NAMES",
    "Answer",
    "Bar",
    "Cell",
    "Column",
    "Count",
    "Figure",
    "Filed",
    "Hidden",
    "Mark",
    "Mean",
    "Nothing",
    "Number",
    "Out",
    "Percent",
    "Person",
    "Row",
    "Section",
    "Step",
    "Sum",
    "Table",
    "Unit",
    "filed",
]

# The first sentence of a note under a table, where it stands on a page; paper leads nowhere, so there it is left out.
LEADS_TO_NAMES = "Each number leads to its names. "


@dataclass(frozen=True, slots=True)
class Column:
    """`short` is an abbreviation for a narrow page. `share`: its counts are shown with their percentage.

    `named`: left out where nobody is named. How many are missing would give away how many there are.
    `room`: it is empty, for what is written on paper. `leading`: the percentage, or the mean, is shown first, and of
    how many below; a file has each in a column.
    """

    head: str
    short: str = ""
    numeric: bool = True
    share: bool = False
    leading: bool = False
    room: bool = False
    strong: bool = False
    filed: bool = True
    named: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """The first cell is the row's head. Rows of one `group` stand under it. `note`: "under 5".

    `minor`: it says more of the row above, whose head it repeats for files and for who listens.
    `then`: what its figures were on the earlier day of a report as at two, None for what is no figure; () for none.
    """

    cells: Sequence[Cell]
    group: str = ""
    note: str = ""
    strong: bool = False
    minor: bool = False
    then: Sequence[Cell] = ()


@dataclass(frozen=True, slots=True)
class Table:
    """`title` is also the name of its sheet in a workbook, at most 31 signs, none of []:*?/\\."""

    title: str
    columns: Sequence[Column]
    rows: Sequence[Row]
    key: str = ""

    @property
    def compared(self) -> bool:
        return any(row.then for row in self.rows)


@dataclass(frozen=True, slots=True)
class Section:
    """One idea: a picture beside its table, or tables side by side; `words` before them, `notes` after."""

    tables: Sequence[Table]
    title: str = ""
    picture: Picture | None = None
    words: str = ""
    notes: Sequence[str] = ()
    findings: Sequence[Finding] = ()


@dataclass(frozen=True, slots=True)
class Out:
    """A pupil in view who is not counted: where, and why."""

    pupil: int
    where: str
    reason: str


@dataclass(frozen=True, slots=True)
class Sum:
    """Figures by key: the parts add up to the total. What holds back small numbers has to know."""

    total: str
    parts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Answer:
    """`people` are all in view by id. `standing` says, of each thing reported about, where each pupil stands.

    `counted` are in at least one figure; `out` is everybody else in view, and those left out of a part, with reasons.
    `sums` say of its counts which add up to which, `retold` gives the answer with its sentences made of nothing but
    what is shown: without it a reader who sees no small numbers reads no sentences.
    Where not all parts count the same pupils, `everywhere` is False and `somewhere` says in how many parts they are.
    """

    denominator: str
    sections: Sequence[Section]
    people: Mapping[int, Person] = field(default_factory=dict)
    counted: frozenset[int] = frozenset()
    out: Sequence[Out] = ()
    findings: Sequence[Finding] = ()
    standing: Mapping[str, Mapping[int, str]] = field(default_factory=dict)
    rules: Sequence[str] = ()
    groups_on: date | None = None
    # The earlier day whose figures stand beside those of today.
    beside: date | None = None
    everywhere: bool = True
    somewhere: str = "in at least one subject"
    sums: Sequence[Sum] = ()
    # Figures that stand nowhere but are known to whoever can subtract: guarded like those that do.
    untold: Sequence[Count] = ()
    # Where nothing can be shown yet: a title and a sentence that says how it comes about.
    empty: tuple[str, str] | None = None
    retold: "Callable[[Shown], Answer] | None" = None
    # Who sees no names has been thought of already, by rules of the report's own: nothing more is held back of it.
    settled: bool = False
    # Set for readers who see nobody's name.
    held: Held | None = None

    @property
    def tables(self) -> list[Table]:
        return [table for section in self.sections for table in section.tables]

    def figures(self) -> Iterator[Count]:
        """Every figure that counts pupils, in the order of the page."""
        for table in self.tables:
            for row in table.rows:
                yield from (cell for cell in row.cells if isinstance(cell, Count))

    @property
    def finding(self) -> str:
        """All that it finds, as one text."""
        told = [*self.findings, *(one for section in self.sections for one in section.findings)]
        return " ".join(dict.fromkeys(one.text for one in told))
