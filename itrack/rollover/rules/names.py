"""A class's name a year on: "3 Birch" → "4 Birch", "Reception" → "Year 1", "Otters" → None."""

from __future__ import annotations

import re
from typing import Final

_Words = tuple[tuple[re.Pattern[str], str], ...]
# A letter that stands for the year group: alone, before another single sign, or before a space, hyphen or slash.
_ALONE: Final = r"(?=$|[\s\-/]|[A-Z0-9]$)"
_RECEPTION: Final[_Words] = (
    (re.compile(r"\breception\b", re.IGNORECASE), "Year 1"),
    (re.compile(r"\bYR\b"), "Y1"),
    (re.compile(rf"^R{_ALONE}"), "1"),
)
_NURSERY: Final[_Words] = (
    (re.compile(r"\bnursery\b", re.IGNORECASE), "Reception"),
    (re.compile(rf"^N{_ALONE}"), "R"),
)
_WORDS: Final[dict[tuple[str, str], _Words]] = {("R", "1"): _RECEPTION, ("N2", "R"): _NURSERY}


def promoted(name: str, now: str, then: str) -> str | None:
    """The name with its year group moved from `now` to `then`; None for a name that does not tell its year group."""
    if now.isdecimal() and then.isdecimal():
        number = re.compile(rf"(?<!\d){now}(?!\d)")
        return number.sub(then, name, count=1) if number.search(name) else None
    for pattern, word in _WORDS.get((now, then), ()):
        if pattern.search(name):
            return pattern.sub(word, name, count=1)
    return None


_LETTERED: Final = re.compile(r"(?:Y|Year )?(?:R|\d{1,2})[ -]?[A-Z]")


def is_lettered(name: str) -> bool:
    """Whether one letter follows the year group, "4B" or "Year 4 B": it may be a form's or the teacher's initial."""
    return _LETTERED.fullmatch(name) is not None
