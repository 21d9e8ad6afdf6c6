"""Reading a typed mark by its scheme.

read("104", scale)      → Reading("104", None, Decimal(104))
read("2:E", scale)      → Reading("2:E", 17, None, "2"), a mark against Year 2 whatever the pupil's own year
read("140", scale)      → Unread("140 is out of range.", "Type 70 to 130, or A.")
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Final
from unicodedata import category

from itrack.curriculum.rules_schemes import Kind, Reading, Scale, shown

_OF_YEAR: Final = re.compile(r"(E1|E2|N1|N2|R|1[0-4]|[0-9]):(.+)")
_SHORTHAND: Final = re.compile(r"([0-9])([A-Z].*)")
_WHOLE: Final = re.compile(r"[0-9]{1,4}")
_DECIMAL: Final = re.compile(r"([0-9]{1,3}(?:\.[0-9]{1,2})?)%?")
_AGE: Final = re.compile(r"([0-9]{1,2})(?:[:.-]|Y ?)([0-9]{1,2})M?")
_RECEPTION: Final = "R"
LONGEST_SHOWN: Final = 12
# Unicode's class of signs that say which way to write, or join and part words: U+200B, U+200F, U+FEFF.
UNSEEN: Final = "Cf"


@dataclass(frozen=True, slots=True)
class Unread:
    """What was typed is no mark of the scheme: why, and what can be typed instead, each a sentence."""

    why: str
    instead: str


def read(text: str, scale: Scale) -> Reading | Unread:
    """What a typed mark stands for. Spaces around it, lower case and signs that nobody sees are no matter."""
    typed = tidied(text)
    year, bare = _of_year(typed, scale)
    told = _read(bare, scale)
    if isinstance(told, Unread) or not year:
        return told
    if told.option is not None and not scale.options[told.code].band and not scale.rules:
        return told  # absent is absent, of whatever year
    return Reading(f"{year}:{told.code}", told.option, told.score, year)


def tidied(text: str) -> str:
    """In capitals, without spaces around it and without what steers writing and is not seen, as pages bring along."""
    seen = text if text.isascii() else "".join(sign for sign in text if category(sign) != UNSEEN)
    return seen.strip().upper()


def _of_year(typed: str, scale: Scale) -> tuple[str, str]:
    """The year group in front, and the rest. "2E" is short for "2:E" where no code begins with a digit."""
    if not scale.takes_a_year or typed in scale.options:
        return "", typed
    found = _OF_YEAR.fullmatch(typed)
    if not found and not scale.numeric and not any(code[0].isdigit() for code in scale.options):
        found = _SHORTHAND.fullmatch(typed)
    if not found:
        return "", typed
    return (_RECEPTION if found[1] == "0" else found[1]), found[2].strip()


def _read(typed: str, scale: Scale) -> Reading | Unread:
    if option := scale.options.get(typed):
        return Reading(option.code, option.id, None)
    if not scale.numeric:
        return Unread(f"{short(typed)} is not a mark here.", _instead(scale))
    score = _score(typed, scale.kind)
    if score is None:
        return Unread(f"{short(typed)} is not a score here.", _instead(scale))
    low, high = scale.range
    if not low <= score <= high:
        return Unread(f"{short(typed)} is out of range.", _instead(scale))
    return Reading(shown(score, scale.kind), None, score)


def _score(typed: str, kind: Kind) -> Decimal | None:
    if kind is Kind.AGE:
        found = _AGE.fullmatch(typed)
        return Decimal(int(found[1]) * 12 + int(found[2])) if found and int(found[2]) < 12 else None
    if kind is Kind.PERCENTAGE:
        found = _DECIMAL.fullmatch(typed)
        return Decimal(found[1]) if found else None
    return Decimal(typed) if _WHOLE.fullmatch(typed) else None


def _instead(scale: Scale) -> str:
    codes = list(scale.options)
    if not scale.numeric:
        return f"Type {_either(codes)}." if codes else ""
    low, high = (shown(score, scale.kind) for score in scale.range)
    return f"Type {low} to {high}{f', or {_either(codes)}' if codes else ''}."


def _either(codes: list[str]) -> str:
    return f"{', '.join(codes[:-1])} or {codes[-1]}" if len(codes) > 1 else "".join(codes)


def short(typed: str) -> str:
    """What was typed, short enough to stand in a sentence."""
    text = typed.strip()
    return text if len(text) <= LONGEST_SHOWN else f"{text[: LONGEST_SHOWN - 1]}…"
