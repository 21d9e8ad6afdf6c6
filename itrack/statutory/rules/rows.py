"""What one pupil's row comes to, said at its end: "Expected in all three", or why nothing is said.

comes_to("ks2", 2026, lines, {}) → Comes("Higher", "e")
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from itrack.statutory.rules.codes import Effect
from itrack.statutory.rules.measures import MEASURES, about_of
from itrack.statutory.rules.verdicts import NO_RESULT

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from itrack.assessment.rules.results import ResultLine

# For each assessment the measures a row is told by, the higher first, with what it says of whoever reaches it.
TOLD_BY: Final = {
    "eyfsp": (("gld", "Yes"),),
    "phonics-1": (("phonics-year-1", "Met"),),
    "phonics-2": (("phonics-year-2", "Met"),),
    "ks2": (("rwm-higher", "Higher"), ("rwm-expected", "Expected")),
}
HEADINGS: Final = {
    "eyfsp": ("GLD", "Good level of development"),
    "phonics-1": ("Standard", "Standard of the check"),
    "phonics-2": ("By end of Year 2", "Standard met by the end of Year 2"),
    "ks2": ("RWM", "Reading, writing and maths together"),
}
NOT_REACHED: Final = {"eyfsp": "Not yet"}


@dataclass(frozen=True, slots=True)
class Comes:
    """`kind` is "met", "short", "out" or "flag", "" while nothing is recorded; `why` is for whoever is not counted."""

    words: str
    why: str = ""
    kind: str = ""


def comes_to(assessment: str, year: int, lines: Sequence[ResultLine], standards: Mapping[int, int]) -> Comes:
    """What these results come to in this assessment; nothing where no figure is made of a row."""
    told = TOLD_BY.get(assessment, ())
    about = about_of(lines, year, standards)
    verdicts = [(words, MEASURES[measure].judge(about)) for measure, words in told]
    for words, verdict in verdicts:
        if verdict.effect == Effect.ACHIEVED:
            return Comes(words, kind="met")
    if not verdicts or verdicts[-1][1] == NO_RESULT:
        return Comes("")
    last = verdicts[-1][1]
    if last.effect == Effect.NOT:
        return Comes(NOT_REACHED.get(assessment, "Not met"), kind="short")
    return Comes("Not counted", last.why, "flag" if last.effect == Effect.NO_RULE else "out")
