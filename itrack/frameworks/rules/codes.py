"""Codes for statements that came without one.

next_code(StrandFacts("Maths", "3", "3", "Number and place value"), {}) → "MA.3.NPV.01"
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Container

    from itrack.frameworks.rules.content import StrandFacts

_SMALL: Final = frozenset({"and", "of", "the", "in", "for", "to", "a", "with", "including"})


def next_code(strand: StrandFacts, taken: Container[str]) -> str:
    """The first code of the strand's own form that is free."""
    years = strand.first if strand.first == strand.last else f"{strand.first}-{strand.last}"
    stem = ".".join([_letters(strand.subject)[:2], years[:6], _initials(strand.name)])
    number = 1
    while (code := f"{stem}.{number:02d}") in taken:
        number += 1
    return code


def _letters(name: str) -> str:
    return re.sub("[^A-Z]", "", name.upper()) or "X"


def _initials(name: str) -> str:
    words = [word for word in re.findall("[a-z]+", name.lower()) if word not in _SMALL]
    return "".join(word[0] for word in words)[:4].upper() if len(words) > 1 else _letters(name)[:2]
