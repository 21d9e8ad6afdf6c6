"""The depth scale that a new framework starts with, and what a depth says of a statement.

"Not taught" is no judgement of the pupil: such a statement is in no denominator. "Not yet" is one.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Depth:
    """One step of a depth scale. `value` orders the steps; `taught` False keeps it out of every denominator."""

    code: str
    name: str
    value: int
    taught: bool = True
    secure: bool = False


FIRST_SCALE: Final = (
    Depth("X", "Not taught", 0, taught=False),
    Depth("N", "Taught, not yet", 0),
    Depth("E", "Emerging", 1),
    Depth("S", "Secure", 2, secure=True),
    Depth("D", "Deeper", 3, secure=True),
)
HIGHEST_DEPTH: Final = 4
