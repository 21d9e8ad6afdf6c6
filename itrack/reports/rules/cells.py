"""What stands in a table of a report: figures that keep the pupils behind them, marks, and why there is no figure."""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

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
    sentence. `about` names the part of Answer.standing that says where each of them stands. `kept`: they are at the
    end of a table where they were at its start, which is shown as a shade.
    """

    key: str
    pupils: frozenset[int]
    of: frozenset[int] | None = None
    spoken: str = ""
    about: str = ""
    kept: bool = field(default=False, kw_only=True)

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
class Mean(Count):
    """The mean of what these pupils scored on one scale; `value` None where nobody has a score. Opens like a Count."""

    value: Fraction | None = None

    @property
    def decimal(self) -> Decimal | None:
        """To one decimal, halves up."""
        rounded = Number(self.value, Unit.MEAN).decimal
        return Decimal(rounded) if rounded is not None else None


@dataclass(frozen=True, slots=True)
class Percent:
    """A share in a column of its own, beside the counts it is made from. None where there is nobody to count.

    `places` behind the point, for what somebody else published so. `settled`: who sees no small numbers has been
    thought of already, by rules of the figure's own.
    """

    share: Fraction | None
    places: int = 0
    settled: bool = False

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
class Step:
    """A step of a scale that is none of the bands: its code, its name, and the class of its pattern, "" for none."""

    code: str
    name: str
    css: str = ""

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


Figure = Person | Count | Pooled | OneSchool | Percent | Number | Mark | Step | Bar | Nothing | Hidden
Cell = Figure | str | date | None
Filed = str | int | Fraction | Decimal | date | None


def filed(cell: Cell) -> Filed:
    """What a file holds of a cell: a count its number, a share a fraction, a pupil the name."""
    return cell.filed if isinstance(cell, Figure) else cell
