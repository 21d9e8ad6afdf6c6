"""A tally as a figure: what is said, and what an anonymous reader must not be able to work out.

share(33, 58) → "57%"      average([104, 101]) → "102.5"
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from itrack.ui.words import NOTHING_TO_COUNT, percent

if TYPE_CHECKING:
    from collections.abc import Collection

    from itrack.statutory.rules.measures import Measure, MeasureTally

FEW: Final = 5
HIDDEN: Final = "few"
# A higher standard is reached by some of those who reach the expected one, all three subjects by some who reach each.
PART_OF: Final = (
    *((f"{name}-higher", f"{name}-expected") for name in ("rwm", "reading", "maths", "gps", "writing")),
    *((f"rwm-{at}", f"{name}-{at}") for at in ("expected", "higher") for name in ("reading", "maths", "writing")),
    *(("rwm-higher", f"{name}-expected") for name in ("reading", "maths", "writing")),
)


def value_of(measure: Measure, told: MeasureTally) -> str:
    """A whole percentage, or an average to one place, halves up; a dash where nobody is counted."""
    return average(told.scores.values()) if measure.average else percent(len(told.achieved), told.counted)


def average(scores: Collection[int]) -> str:
    """Of whole numbers that are not negative, without a float in between."""
    if not scores:
        return NOTHING_TO_COUNT
    tenths = (20 * sum(scores) + len(scores)) // (2 * len(scores))
    return f"{tenths // 10}.{tenths % 10}"


def is_telling(measure: Measure, told: MeasureTally, upto: int = FEW) -> bool:
    """Whether a figure speaks of so few pupils, in it or short of it, that a reader might know who they are."""
    if measure.average:
        return told.counted <= upto
    return told.counted <= upto or any(0 < len(some) <= upto for some in (told.achieved, told.short))


def hidden(told: dict[str, tuple[Measure, MeasureTally]], upto: int = FEW) -> set[str]:
    """The measures of one year that an anonymous view leaves out, by name. `upto` so many pupils are few.

    Small groups, and the part of two figures whose difference would be one. Nothing else is shown from which what is
    hidden could be taken away: no counts of who is left out, and no names.
    """
    few = {name for name, (measure, one) in told.items() if is_telling(measure, one, upto)}
    for part, whole in PART_OF:
        if part in told and whole in told:
            between = len(told[whole][1].achieved) - len(told[part][1].achieved)
            few |= {part} if 0 < between <= upto else set()
    return few
