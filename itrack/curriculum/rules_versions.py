"""A version of a scheme in words: its stretches, what differs from the version before, what some marks would mean.

stretches(cut, scale)   → [("below", "70 to 84"), ("towards", "85 to 94"), …]
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from itrack.curriculum.rules import BAND_OF, Band
from itrack.curriculum.rules_reading import Unread, read
from itrack.curriculum.rules_schemes import Kind, Scale, Sitting, Sum, band_of, bears, shown, why_not
from itrack.curriculum.rules_thresholds import Cut, Line, bottom, lines_of, steps, top

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

LOCKED: Final = (
    "This scheme is the trust’s. Its schools use it as the trust made it, so that their marks can be laid side "
    "by side; only the trust changes it."
)
NO_BAND: Final = "counted nowhere"
MOST_TRIED: Final = 40
# An age between the two ends of the primary years, for trying out marks that are compared with the pupil's own.
USUAL_AGE: Final = 102
_NEXT: Final = {Kind.STANDARDISED, Kind.SCALED}


@dataclass(frozen=True, slots=True)
class Tried:
    """What a typed mark would become: as it is written, with its band; or why it would be refused."""

    typed: str
    code: str
    band: Band | None
    refused: str = ""


@dataclass(frozen=True, slots=True)
class Borne:
    """A sum, and why there is no such figure; "" when there is one."""

    sum: Sum
    why_not: str


def sums(kind: Kind) -> list[Borne]:
    """Which arithmetic the marks of this kind bear."""
    return [Borne(each, "" if bears(kind, each) else why_not(kind, each)) for each in Sum]


def stretches(cut: Cut, scale: Scale) -> list[tuple[Band, str]]:
    """Each band with the scores or steps that have it."""
    if not cut.lowest:
        return []
    begun = [(cut.lowest, ""), *cut.starts]
    following = [text for _, text in begun[1:]] + [""]
    return [(BAND_OF[band], _stretch(text, until, scale)) for (band, text), until in zip(begun, following, strict=True)]


def _stretch(begins: str, until: str, scale: Scale) -> str:
    if scale.kind is Kind.AGE:
        return f"from {_months(Decimal(begins))}" if begins else "further behind" if until else "any"
    if scale.kind is Kind.LADDER:
        held = steps(scale)
        first, last = held.index(begins) if begins else 0, held.index(until) - 1 if until else len(held) - 1
        return held[first] if first == last else f"{held[first]} to {held[last]}"
    low = Decimal(begins) if begins else bottom(scale)
    if until and scale.kind not in _NEXT:
        return f"{shown(low, scale.kind)} to under {shown(Decimal(until), scale.kind)}"
    high = Decimal(until) - 1 if until else top(scale)
    return shown(low, scale.kind) if low == high else f"{shown(low, scale.kind)} to {shown(high, scale.kind)}"


def _months(ahead: Decimal) -> str:
    months = abs(int(ahead))
    if not months:
        return "the own age"
    return f"{months} {'month' if months == 1 else 'months'} {'ahead' if ahead > 0 else 'behind'}"


@dataclass(frozen=True, slots=True)
class Shown:
    """A line of the bands as a page shows it: whom it is for, and each band (None for none) with what has it."""

    where: str
    bands: list[tuple[Band | None, str]]


def shown_lines(scale: Scale, subjects: Mapping[int, str]) -> list[Shown]:
    """The bands of a scale, line by line."""
    return [
        Shown(
            line.where.words(subjects),
            [*stretches(line, scale)] if isinstance(line, Cut) else [(BAND_OF.get(line.band), line.code)],
        )
        for line in lines_of(scale)
    ]


def range_words(scale: Scale) -> str:
    """ "70 to 130"; "" for codes."""
    low, high = scale.range
    return f"{shown(low, scale.kind)} to {shown(high, scale.kind)}" if scale.numeric else ""


def line_words(line: Line, scale: Scale, subjects: Mapping[int, str]) -> str:
    """ "Year 2, Maths: below 70 to 89, expected 90 to 130"."""
    if isinstance(line, Cut):
        said = ", ".join(f"{band.name.lower()} {words}" for band, words in stretches(line, scale)) or NO_BAND
    else:
        said = f"{line.code} is {BAND_OF[line.band].name.lower() if line.band else NO_BAND}"
    return f"{line.where.words(subjects)}: {said}"


def differences(old: Scale, new: Scale, subjects: Mapping[int, str]) -> list[str]:
    """What a version changed, one sentence each; none when only names differ or nothing does."""
    low, high = (shown(score, new.kind) for score in new.range)
    ranged = [f"Scores from {low} to {high}."] if new.numeric and old.range != new.range else []
    before = {line_words(line, old, subjects) for line in lines_of(old)}
    after = [line_words(line, new, subjects) for line in lines_of(new)]
    gone = [f"No longer: {words}." for words in sorted(before - set(after))]
    return [*_marks(old, new), *ranged, *(f"{words}." for words in after if words not in before), *gone]


def _marks(old: Scale, new: Scale) -> list[str]:
    added = [f"{code} added." for code in new.options if code not in old.options]
    gone = [f"{code} taken out." for code in old.options if code not in new.options]
    both = [code for code in new.options if code in old.options]
    moved = ["Another order."] if both != [code for code in old.options if code in new.options] else []
    changed = [
        f"{code} counts as {BAND_OF[band].name.lower() if band else NO_BAND}."
        for code in both
        if (band := new.options[code].band) != old.options[code].band
    ]
    return [*added, *gone, *moved, *changed]


def sample(scale: Scale, age: int = USUAL_AGE) -> list[str]:
    """Marks worth trying: every code; of scores both ends and both sides of each border."""
    if not scale.numeric:
        return list(scale.options)[:MOST_TRIED]
    own = Decimal(age) if scale.kind is Kind.AGE else Decimal(0)
    borders = {rule.at_least + own for rule in scale.rules if rule.at_least is not None}
    low, high = scale.range
    scores = {low, high, *borders, *(border - 1 for border in borders)}
    held = sorted(score for score in scores if low <= score <= high)
    return [*(shown(score, scale.kind) for score in held), *scale.options][:MOST_TRIED]


def try_out(typed: Iterable[str], scale: Scale, sitting: Sitting) -> list[Tried]:
    """What the scheme makes of marks as they would be typed."""
    return [_tried(text, scale, sitting) for text in list(typed)[:MOST_TRIED]]


def _tried(text: str, scale: Scale, sitting: Sitting) -> Tried:
    told = read(text, scale)
    if isinstance(told, Unread):
        return Tried(text, "", None, f"{told.why} {told.instead}".strip())
    if told.of_year:
        said = "A mark against another year is below for a younger one and greater depth for an older one."
        return Tried(text, told.code, None, said)
    return Tried(text, told.code, BAND_OF.get(band_of(told, scale, sitting)))
