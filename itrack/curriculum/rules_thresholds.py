"""What the marks of a scheme mean, in lines as a person reads and types them, each for a year group, a time of the year
and a subject, or for all.

    lines_of(scale)   → [Cut(Where(), "below", (("towards", "85"), ("expected", "95"), ("greater", "116")))]
    rules_from(lines_of(scale), scale)   → the rules of the scale again

Scores and steps of a ladder are cut into stretches: the lowest have one band, each further band begins at a score or
step. So nothing is between two bands, and nothing below them all. Of other codes each has a line of its own.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Final

from itrack.curriculum.rules import BAND_OF, BANDS
from itrack.curriculum.rules_schemes import BandRule, Kind, Scale, shown

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

LONGEST_TABLE: Final = 40
YEAR_GROUPS: Final = {"N1": "Nursery 1", "N2": "Nursery 2", "R": "Reception"} | {
    str(year): f"Year {year}" for year in range(1, 7)
}
HALF_TERMS: Final = ("Autumn 1", "Autumn 2", "Spring 1", "Spring 2", "Summer 1", "Summer 2")
TERMS: Final = {"autumn": (1, 2), "spring": (3, 4), "summer": (5, 6)}
WHENS: Final = (
    {"": "Any time"}
    | {name: f"{name.capitalize()} term" for name in TERMS}
    | {str(slot): name for slot, name in enumerate(HALF_TERMS, start=1)}
)
_ORDER: Final = [band.code for band in BANDS]


@dataclass(frozen=True, slots=True)
class Where:
    """Whom and when a line is for; what is empty holds for all. `when` is one of WHENS, `subject` an id."""

    year_group: str = ""
    when: str = ""
    subject: int = 0

    @property
    def slots(self) -> tuple[int, ...]:
        """The half-term slots it names; (0,) for any."""
        return TERMS[self.when] if self.when in TERMS else (int(self.when or 0),)

    def words(self, subjects: Mapping[int, str]) -> str:
        """ "Year 2, Summer term, Maths"."""
        named = [
            YEAR_GROUPS.get(self.year_group, self.year_group) if self.year_group else "",
            WHENS[self.when] if self.when else "",
            subjects.get(self.subject, "a subject that is no longer there") if self.subject else "",
        ]
        return ", ".join(name for name in named if name) or "Everybody"


@dataclass(frozen=True, slots=True)
class Cut:
    """The lowest scores or steps have one band, and each further band begins somewhere: (band, score or step)."""

    where: Where
    lowest: str
    starts: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class CodeBand:
    """A code that means this band, for whom the line names; "" takes it out of the count."""

    where: Where
    code: str
    band: str


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with one line, counted from 0: the field to mend and the sentence."""

    line: int
    field: str
    sentence: str


type Line = Cut | CodeBand


def is_cut(kind: Kind) -> bool:
    """Whether bands are stretches of what this kind offers, rather than one for each code."""
    return kind not in (Kind.RELATIVE, Kind.CODED)


def steps(scale: Scale) -> list[str]:
    """The steps of a ladder, the lowest first. A code without a band, such as absent, is none."""
    return [option.code for option in scale.options.values() if option.band]


def bottom(scale: Scale) -> Decimal:
    """What the lowest band begins at. An age is so many months ahead of the pupil's own, behind it below 0."""
    low, high = scale.range
    return low - high if scale.kind is Kind.AGE else low


def top(scale: Scale) -> Decimal:
    """The highest that a band may begin at."""
    low, high = scale.range
    return high - low if scale.kind is Kind.AGE else high


def place(text: str, scale: Scale) -> Decimal | None:
    """Where on the scale a score or a step lies, as a number; None when it lies nowhere on it."""
    if scale.kind is Kind.LADDER:
        held = steps(scale)
        return Decimal(held.index(text)) if text in held else None
    try:
        value = Decimal(text)
    except InvalidOperation:
        return None
    if not value.is_finite() or (scale.kind is not Kind.PERCENTAGE and value % 1):
        return None
    return value if bottom(scale) <= value <= top(scale) else None


def rules_from(lines: Iterable[Line], scale: Scale) -> list[BandRule]:
    """The rules by which marks are read. The lines must be without fault."""
    return [rule for line in lines for slot in line.where.slots for rule in _rules(line, slot, scale)]


def _rules(line: Line, slot: int, scale: Scale) -> list[BandRule]:
    whom = line.where.year_group, slot, line.where.subject
    if isinstance(line, CodeBand):
        return [BandRule(line.band, line.code, None, *whom)]
    if not line.lowest:
        return []
    if scale.kind is not Kind.LADDER:
        begun = [(line.lowest, bottom(scale)), *((band, Decimal(text)) for band, text in line.starts)]
        return [BandRule(band, "", value, *whom) for band, value in begun]
    begins, found, band = {text: band for band, text in line.starts}, [], line.lowest
    for code in steps(scale):
        band = begins.get(code, band)
        found.append(BandRule(band, code, None, *whom))
    return found


def lines_of(scale: Scale) -> list[Line]:
    """The rules of a scale as lines, what holds for everybody first. Both halves of a term alike are one line."""
    slots: dict[tuple[str, int, Line], list[int]] = {}
    for (year_group, subject, slot), rules in _by_whom(scale.rules).items():
        for line in _for_everybody(rules, scale):
            slots.setdefault((year_group, subject, line), []).append(slot)
    found = [
        replace(line, where=Where(year_group, when, subject))
        for (year_group, subject, line), held in slots.items()
        for when in _whens(held)
    ]
    return sorted(found, key=_in_order)


def _by_whom(rules: Iterable[BandRule]) -> dict[tuple[str, int, int], list[BandRule]]:
    found: dict[tuple[str, int, int], list[BandRule]] = {}
    for rule in rules:
        found.setdefault((rule.year_group, rule.subject, rule.slot), []).append(rule)
    return found


def _for_everybody(rules: Sequence[BandRule], scale: Scale) -> list[Line]:
    """The lines these rules make, whomever they are for."""
    if not is_cut(scale.kind):
        return [CodeBand(Where(), rule.code, rule.band) for rule in rules]
    if scale.kind is Kind.LADDER:
        held = {rule.code: rule.band for rule in rules}
        walked = [(held[code], code) for code in steps(scale) if code in held]
    else:
        scores = sorted((rule.at_least, rule.band) for rule in rules if rule.at_least is not None)
        walked = [(band, f"{score:f}") for score, band in scores]
    begun: dict[str, str] = {}
    for band, text in walked:
        begun.setdefault(band, text)
    (lowest, _), *others = begun.items() or [("", "")]
    return [Cut(Where(), lowest, tuple(others))]


def carried(scale: Scale, to: Scale, renamed: Mapping[str, str]) -> list[BandRule] | str:
    """The rules once the codes of a scheme are others, `renamed` by their old name; a sentence when they cannot stand.

    A line about a code that is gone goes with it, and a new step of a ladder has the band of the step before it.
    """
    lines: list[Line] = []
    for line in lines_of(scale):
        if isinstance(line, Cut):
            starts = tuple((band, renamed.get(text, text)) for band, text in line.starts)
            lines.append(replace(line, starts=starts))
        elif (code := renamed.get(line.code, line.code)) in to.options:
            lines.append(replace(line, code=code))
    if found := faults(lines, to):
        return f"The bands of this scheme would no longer fit: {found[0].sentence} Change the bands first."
    return rules_from(lines, to)


def _whens(slots: Sequence[int]) -> list[str]:
    left = set(slots)
    found = []
    for name, both in TERMS.items():
        if left.issuperset(both):
            left.difference_update(both)
            found.append(name)
    return found + [str(slot or "") for slot in sorted(left)]


def _in_order(line: Line) -> tuple[bool, bool, bool, int, int, tuple[int, ...], str]:
    where, years = line.where, list(YEAR_GROUPS)
    year = years.index(where.year_group) if where.year_group in years else -1
    code = line.code if isinstance(line, CodeBand) else ""
    return bool(where.subject), bool(year >= 0), bool(where.when), where.subject, year, where.slots, code


def faults(lines: Sequence[Line], scale: Scale) -> list[Fault]:
    """What must be mended before the lines can be stored, at most one a line."""
    if len(lines) > LONGEST_TABLE:
        return [Fault(LONGEST_TABLE, "year", f"A table has at most {LONGEST_TABLE} lines. Take some out.")]
    found: list[Fault] = []
    taken: set[tuple[str, int, int, str]] = set()
    for at, line in enumerate(lines):
        code = line.code if isinstance(line, CodeBand) else ""
        places = {(line.where.year_group, slot, line.where.subject, code) for slot in line.where.slots}
        fault = _of_code(line, scale) if isinstance(line, CodeBand) else _of_cut(line, scale)
        if taken & places:
            fault = "year", "Another line says what holds here. Change that one, or take one of them out."
        if fault:
            found.append(Fault(at, *fault))
        taken |= places
    return found


def _of_code(line: CodeBand, scale: Scale) -> tuple[str, str] | None:
    if line.code not in scale.options:
        return "code", f"{line.code or 'No code'} is not a mark of this scheme. Choose one from the list."
    if line.where == Where():
        return "year", "Say for which year, time or subject. What a mark means for everybody is set at the mark itself."
    return None


def _of_cut(line: Cut, scale: Scale) -> tuple[str, str] | None:
    if scale.kind is Kind.LADDER and line.where == Where():
        return "year", "Say for which year, time or subject. What a step means for everybody is set at the step itself."
    if not line.lowest:
        if line.starts or line.where != Where():
            return "lowest", "Say which band the lowest have, so that no mark is left without one."
        return None
    reached, least = _ORDER.index(line.lowest), place(steps(scale)[0], scale) if _is_ladder(scale) else bottom(scale)
    for band, text in sorted(line.starts, key=lambda start: _ORDER.index(start[0])):
        here = place(text, scale)
        if here is None or least is None:
            return band, f"{text} is not on this scale. {_allowed(scale)}"
        if _ORDER.index(band) <= reached:
            return band, f"{BAND_OF[band].name} is not above {_name(_ORDER[reached])}. Leave this empty."
        if here <= least:
            return band, f"{BAND_OF[band].name} must begin above where {_name(_ORDER[reached])} does."
        reached, least = _ORDER.index(band), here
    return None


def _is_ladder(scale: Scale) -> bool:
    return scale.kind is Kind.LADDER and bool(steps(scale))


def _name(band: str) -> str:
    return BAND_OF[band].name.lower()


def _allowed(scale: Scale) -> str:
    if scale.kind is Kind.LADDER:
        return "Choose a step from the list."
    if scale.kind is Kind.AGE:
        return f"Type months ahead of the pupil's own age, from {bottom(scale)} to {top(scale)}."
    return f"Type a score from {shown(bottom(scale), scale.kind)} to {shown(top(scale), scale.kind)}."
