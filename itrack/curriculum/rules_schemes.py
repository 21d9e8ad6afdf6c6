"""Mark schemes: which band a mark means, and which sums it bears. `rules_reading` says how one is written.

    band_of(Reading("104", None, Decimal(104)), scale, Sitting(year_group="4", slot=2, subject=3))   → "expected"

A scheme is data: options, or a range, and rules that turn each into a band by year group, half term and subject. A
version that marks use never changes, so a band that was stored with a mark stays true.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from statistics import NormalDist
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


class Kind(StrEnum):
    """What sort of marks a scheme has."""

    RELATIVE = "relative"
    LADDER = "ladder"
    CODED = "coded"
    STANDARDISED = "standardised"
    SCALED = "scaled"
    AGE = "age"
    PERCENTAGE = "percentage"


class Sum(StrEnum):
    """What may be made of marks beside counting them."""

    SHARE = "share of each band"
    STEPS = "steps gained"
    MEAN = "mean"
    DIFFERENCE = "difference"
    PERCENTILE = "percentile"


KIND_NAMES: Final = {
    Kind.RELATIVE: "Against what the year expects (below, towards, expected, greater depth)",
    Kind.LADDER: "Steps of a ladder that goes on from year to year",
    Kind.CODED: "Codes",
    Kind.STANDARDISED: "Standardised score (average 100)",
    Kind.SCALED: "Scaled score",
    Kind.AGE: "Age in years and months",
    Kind.PERCENTAGE: "Percentage",
}
SHORT_NAMES: Final = {
    Kind.RELATIVE: "Against the year",
    Kind.LADDER: "Ladder",
    Kind.CODED: "Codes",
    Kind.STANDARDISED: "Standardised score",
    Kind.SCALED: "Scaled score",
    Kind.AGE: "Age",
    Kind.PERCENTAGE: "Percentage",
}
_SCORED: Final = frozenset({Sum.SHARE, Sum.MEAN, Sum.DIFFERENCE})
# A code has no distance from the next: no mean of codes, and of a relative mark no gain either, since staying put is
# keeping up. Two scores can be compared when they are of one scheme, whose scale is then the same.
BEARS: Final[dict[Kind, frozenset[Sum]]] = {
    Kind.RELATIVE: frozenset({Sum.SHARE}),
    Kind.LADDER: frozenset({Sum.SHARE, Sum.STEPS}),
    Kind.CODED: frozenset({Sum.SHARE}),
    Kind.STANDARDISED: _SCORED | {Sum.PERCENTILE},
    Kind.SCALED: _SCORED,
    Kind.AGE: _SCORED,
    Kind.PERCENTAGE: _SCORED,
}
NUMERIC: Final = frozenset({Kind.STANDARDISED, Kind.SCALED, Kind.AGE, Kind.PERCENTAGE})
# The usual range of each; a school that needs another gives its scheme one. Ages are in months.
RANGES: Final = {
    Kind.STANDARDISED: (Decimal(70), Decimal(130)),
    Kind.SCALED: (Decimal(80), Decimal(120)),
    Kind.AGE: (Decimal(36), Decimal(216)),
    Kind.PERCENTAGE: (Decimal(0), Decimal(100)),
}
# A letter or digit first, so that no code is taken for a formula, and none of the signs that join codes on a page.
CODE: Final = re.compile(r"[A-Z0-9][A-Z0-9+.=-]{0,5}")
LONGEST_CODE: Final = 6

_STANDARD: Final = NormalDist(mu=100, sigma=15)


@dataclass(frozen=True, slots=True)
class BandRule:
    """A mark with this code, or a score from `at_least` on, is in the band; for the year group, half-term slot and
    subject named, where they are named. Of an age, `at_least` is months ahead of the pupil's own."""

    band: str
    code: str = ""
    at_least: Decimal | None = None
    year_group: str = ""
    slot: int = 0
    subject: int = 0

    @property
    def named(self) -> tuple[bool, bool, bool]:
        """What it names, the weightiest first: the more exact rule counts."""
        return bool(self.subject), bool(self.year_group), bool(self.slot)

    def holds_for(self, sitting: Sitting) -> bool:
        return (
            self.subject in (0, sitting.subject)
            and self.year_group in ("", sitting.year_group)
            and self.slot in (0, sitting.slot)
        )


@dataclass(frozen=True, slots=True)
class Option:
    """A code of a scheme. `band` is what it means where no rule says otherwise, "" for none."""

    id: int
    code: str
    name: str
    band: str


@dataclass(frozen=True, slots=True)
class Scale:
    """A version of a scheme as marks are read by it."""

    id: int
    name: str
    kind: Kind
    options: Mapping[str, Option] = field(default_factory=dict)
    lowest: Decimal | None = None
    highest: Decimal | None = None
    rules: tuple[BandRule, ...] = ()

    @property
    def numeric(self) -> bool:
        return self.kind in NUMERIC

    @property
    def range(self) -> tuple[Decimal, Decimal]:
        """Lowest and highest score, both possible."""
        low, high = RANGES.get(self.kind, (Decimal(0), Decimal(0)))
        return (low if self.lowest is None else self.lowest), (high if self.highest is None else self.highest)

    @property
    def takes_a_year(self) -> bool:
        """Whether a mark may be given against another year's expectations. A ladder has its years within it."""
        return self.kind not in (Kind.LADDER, Kind.AGE)

    def band_of_code(self, code: str) -> str:
        """The band a page may show for a code before the record has told: "" of a score and of a ladder's step, whose
        band hangs on the pupil's year group."""
        option = self.options.get(code)
        return option.band if option and self.kind is not Kind.LADDER else ""

    @property
    def by_year(self) -> bool:
        """Whether a pupil's year group decides the band."""
        return any(rule.year_group for rule in self.rules)


@dataclass(frozen=True, slots=True)
class Sitting:
    """When and in what a pupil was assessed. `age` is in months on the day, None when no day or birth date is known."""

    year_group: str = ""
    slot: int = 0
    subject: int = 0
    age: int | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """A mark as it is stored: the code shown for it, and the option or the score it stands for.

    `of_year` is the year group against whose expectations it was given, "" for the pupil's own.
    """

    code: str
    option: int | None
    score: Decimal | None
    of_year: str = ""


def bears(kind: Kind, sum_: Sum) -> bool:
    """Whether that sum of marks of this kind means anything."""
    return sum_ in BEARS[kind]


def why_not(kind: Kind, sum_: Sum) -> str:
    """Why there is no such figure; "" when there is one."""
    if bears(kind, sum_):
        return ""
    return {
        Sum.MEAN: "Codes have an order and no distances, so they have no mean. Compare shares of bands instead.",
        Sum.DIFFERENCE: "Codes have no distances, so there is no difference to work out. Compare bands instead.",
        Sum.STEPS: "Only the steps of one ladder can be counted up.",
        Sum.PERCENTILE: "Only a standardised score has a percentile.",
        Sum.SHARE: "",
    }[sum_]


def shown(score: Decimal, kind: Kind) -> str:
    """A score as it is written: 87 months are "7:03", a half per cent keeps its half."""
    if kind is Kind.AGE:
        return f"{int(score) // 12}:{int(score) % 12:02}"
    text = f"{score:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def band_of(told: Reading, scale: Scale, sitting: Sitting) -> str:
    """The band of a mark, "" for none: the most exact rule decides, else what the option itself means.

    A score takes the highest threshold it reaches among the rules that name the same things; below them all it has no
    band, so a scheme names its lowest. An age is compared with the pupil's own; without that it has none.
    """
    if told.option is not None:
        option = next(each for each in scale.options.values() if each.id == told.option)
        found = _most_exact([rule for rule in scale.rules if rule.code == option.code], sitting)
        return found[0].band if found else option.band
    value = told.score
    if value is not None and scale.kind is Kind.AGE:
        value = None if sitting.age is None else value - sitting.age
    if value is None:
        return ""
    found = _most_exact([rule for rule in scale.rules if rule.at_least is not None], sitting)
    reached = [(rule.at_least, rule.band) for rule in found if rule.at_least is not None and rule.at_least <= value]
    return max(reached)[1] if reached else ""


def _most_exact(rules: Iterable[BandRule], sitting: Sitting) -> list[BandRule]:
    holding = [rule for rule in rules if rule.holds_for(sitting)]
    best = max((rule.named for rule in holding), default=None)
    return [rule for rule in holding if rule.named == best]


def percentile(score: Decimal) -> int:
    """The share of the tested population at or below a standardised score, in per cent from 1 to 99.

    A standardised score is normally distributed about 100 with a standard deviation of 15, by its definition.
    """
    return min(99, max(1, round(_STANDARD.cdf(float(score)) * 100)))


def rules_data(rules: Iterable[BandRule]) -> list[dict[str, Any]]:
    """The rules as they are stored: what a rule does not name is left out."""
    return [
        {
            name: str(value) if isinstance(value, Decimal) else value
            for name in ("band", "code", "at_least", "year_group", "slot", "subject")
            if (value := getattr(rule, name)) not in ("", 0, None)
            or name == "band"
            or (name == "at_least" and value == 0)
        }
        for rule in rules
    ]


def rules_of(data: Iterable[Mapping[str, Any]]) -> tuple[BandRule, ...]:
    """The rules as they were stored."""
    return tuple(
        BandRule(**{**row, **({"at_least": Decimal(row["at_least"])} if "at_least" in row else {})}) for row in data
    )
