"""What a report answers: figures that keep the pupils behind them, in tables, in sections.

    Count("reading.expected", pupils=frozenset({7, 9}), of=everybody, spoken="expected in reading", about="Reading")

Page, print, spreadsheet, PDF and command line are all made from one Answer, so no two of them can disagree. A figure is
never a bare number: who is in it is part of it, and its key is the address of their names.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from itrack.reports.rules.finding import Finding
from itrack.reports.rules.pictures import Picture
from itrack.reports.rules.pooled import OneSchool, Pooled


@dataclass(frozen=True, slots=True)
class Person:
    """A pupil of a report: the one line it shows of them, with the class they are counted in."""

    id: int
    surname: str
    forename: str
    class_id: int | None = None
    class_name: str = ""

    @property
    def spoken(self) -> str:
        return f"{self.forename} {self.surname}"

    @property
    def name(self) -> str:
        return f"{self.surname}, {self.forename}"

    @property
    def filed(self) -> str:
        return self.name

    @property
    def order(self) -> tuple[str, str, int]:
        return self.surname.casefold(), self.forename.casefold(), self.id


@dataclass(frozen=True, slots=True)
class Count:
    """How many pupils, who they are and, where it is a share, of whom.

    `key` is unique in the answer and holds ids and codes, never a name. `spoken` says the figure in the middle of a
    sentence. `about` names the part of Answer.standing that says where each of them stands.
    """

    key: str
    pupils: frozenset[int]
    of: frozenset[int] | None = None
    spoken: str = ""
    about: str = ""

    @property
    def n(self) -> int:
        return len(self.pupils)

    @property
    def filed(self) -> int:
        return self.n

    @property
    def share(self) -> Fraction | None:
        return Fraction(len(self.pupils), len(self.of)) if self.of else None


@dataclass(frozen=True, slots=True)
class Percent:
    """A share in a column of its own, beside the counts it is made from. None where there is nobody to count."""

    share: Fraction | None

    @property
    def filed(self) -> Fraction | None:
        return self.share


class Unit(StrEnum):
    POINTS = "points"
    MEAN = "mean"
    NUMBER = "number"


@dataclass(frozen=True, slots=True)
class Number:
    """A figure that counts no pupils. POINTS are signed and whole, a MEAN has one decimal, a NUMBER is as it is.

    `rests_on` are the keys of the counts it is made of that stand in other rows than its own.
    """

    value: Fraction | int | None
    unit: Unit = Unit.NUMBER
    rests_on: tuple[str, ...] = ()

    @property
    def decimal(self) -> Decimal | int | None:
        """Rounded once, halves away from nought: to one decimal for a mean, else whole."""
        if self.value is None:
            return None
        tens = 10 if self.unit is Unit.MEAN else 1
        exact = Fraction(self.value) * tens
        whole = (2 * abs(exact.numerator) + exact.denominator) // (2 * exact.denominator)
        whole = whole if exact >= 0 else -whole
        return Decimal(whole).scaleb(-1) if tens == 10 else whole

    @property
    def filed(self) -> Decimal | int | None:
        return self.decimal


@dataclass(frozen=True, slots=True)
class Mark:
    """A mark as it is written, with the code of its band, "" for none."""

    code: str
    band: str = ""

    @property
    def filed(self) -> str:
        return self.code


@dataclass(frozen=True, slots=True)
class Bar:
    """A share drawn small beside that of everybody. It repeats other cells, so files leave it out.

    `rests_on` are the keys of the counts that `beside` is made of.
    """

    part: int
    whole: int
    beside: tuple[int, int]
    rests_on: tuple[str, ...] = ()

    @property
    def filed(self) -> None:
        return None


@dataclass(frozen=True, slots=True)
class Nothing:
    """There is no such figure, and why. Where a figure would be bad statistics this stands instead of it."""

    why: str

    @property
    def filed(self) -> str:
        return self.why


@dataclass(frozen=True, slots=True)
class Hidden:
    """A figure this reader is not shown, because so few pupils are in it or because it would give such a one away."""

    @property
    def filed(self) -> str:
        return "held back"


Figure = Person | Count | Pooled | OneSchool | Percent | Number | Mark | Bar | Nothing | Hidden
Cell = Figure | str | date | None
Filed = str | int | Fraction | Decimal | date | None


def filed(cell: Cell) -> Filed:
    """What a file holds of a cell: a count its number, a share a fraction, a pupil the name."""
    return cell.filed if isinstance(cell, Figure) else cell


@dataclass(frozen=True, slots=True)
class Column:
    """`short` is an abbreviation for a narrow page. `share`: its counts are shown with their percentage.

    `named`: left out where nobody is named. How many are missing would give away how many there are.
    """

    head: str
    short: str = ""
    numeric: bool = True
    share: bool = False
    strong: bool = False
    filed: bool = True
    named: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """The first cell is the row's head. Rows of one `group` stand under it. `note`: "under 5"."""

    cells: Sequence[Cell]
    group: str = ""
    note: str = ""
    strong: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """`title` is also the name of its sheet in a workbook, at most 31 signs, none of []:*?/\\."""

    title: str
    columns: Sequence[Column]
    rows: Sequence[Row]
    key: str = ""


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


# Whether the figure of a key is shown to the reader.
Shown = Callable[[str], bool]


@dataclass(frozen=True, slots=True)
class Held:
    """That an answer names nobody and holds small numbers back: counts of one to `upto`, and what gives them away.

    `hidden`: how many figures of it. `reasons` are why pupils are not counted in some part, each with how many.
    """

    upto: int
    hidden: int = 0
    reasons: Sequence[tuple[str, int]] = ()


@dataclass(frozen=True, slots=True)
class Answer:
    """`people` are all in view by id. `standing` says, of each thing reported about, where each pupil stands.

    `counted` are in at least one figure; `out` is everybody else in view, and those left out of a part, with reasons.
    `sums` say of its counts which add up to which, `retold` gives the answer with its sentences made of nothing but
    what is shown: without it a reader who sees no small numbers reads no sentences.
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
    everywhere: bool = True
    sums: Sequence[Sum] = ()
    # Where nothing can be shown yet: a title and a sentence that says how it comes about.
    empty: tuple[str, str] | None = None
    retold: "Callable[[Shown], Answer] | None" = None
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
