"""Figures a school enters itself: what may be entered for which measure, and how it is said.

entered("rwm-expected", "62") → Decimal("62")      said("rwm-expected", Decimal("62.0")) → "62%"
"""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from typing import Final

from itrack.statutory.rules.measures import MEASURES

STANDARD: Final = "phonics-standard"
STANDARD_TITLE: Final = "Standard of the phonics check"
TENTH: Final = Decimal("0.1")
# (least, most) of what is no percentage.
BOUNDS: Final = {STANDARD: (1, 40), "tables-average": (0, 25)} | {
    f"{name}-average": (80, 120) for name in ("reading", "maths", "gps")
}
KNOWN: Final = (*MEASURES, STANDARD)


def title_of(measure: str) -> str:
    if measure == STANDARD:
        return STANDARD_TITLE
    told = MEASURES[measure]
    return f"{told.within}: {told.title[:1].lower()}{told.title[1:]}"


def bounds_of(measure: str) -> tuple[int, int]:
    return BOUNDS.get(measure, (0, 100))


def is_mark(measure: str) -> bool:
    """Whether it is a mark or a score, and not a percentage."""
    return measure in BOUNDS


def entered(measure: str, text: str) -> Decimal | str:
    """The number typed, or why it is refused. A percent sign may stand behind it."""
    low, high = bounds_of(measure)
    try:
        value = Decimal(text.strip().removesuffix("%").strip())
    except InvalidOperation:
        return f"Type a number from {low} to {high}."
    if not value.is_finite() or not low <= value <= high:
        return f"This is a number from {low} to {high}."
    rounded = value.quantize(TENTH, ROUND_HALF_UP)
    if rounded != value:
        return "Type at most one digit after the point."
    if measure == STANDARD and value != value.to_integral_value():
        return "The standard is a whole mark."
    return rounded


def said(measure: str, value: Decimal) -> str:
    """ "62%", "104.3": a share as published, an average to one place."""
    if measure == STANDARD:
        return str(int(value))
    if MEASURES[measure].average:
        return f"{value:.1f}"
    return f"{value.normalize():f}%"
