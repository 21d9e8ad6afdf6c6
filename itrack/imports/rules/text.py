"""Text as it may be stored: one space between words, composed accents, nothing hidden, no longer than it should be."""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from functools import lru_cache
from typing import Final

HIDDEN: Final = "holds a character that cannot be seen"
TOO_LONG: Final = "is far too long"

_DATE: Final = re.compile(r"\d{4}-\d\d-\d\d(?:T.*)?", re.ASCII)
_WHOLE_NUMBER: Final = re.compile(r"\d{1,4}", re.ASCII)
_TRUTHS: Final = {"true": True, "1": True, "false": False, "0": False}
_MONTHS: Final = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip


def tidy(text: str | None) -> str:
    """The text with white space collapsed and accents composed (NFC); "" for none."""
    if not text:
        return ""
    words = " ".join(text.split())
    return words if words.isascii() else unicodedata.normalize("NFC", words)


def why_unfit(text: str, longest: int) -> str:
    """Why this tidied text cannot be stored, as the end of a sentence; "" when it can."""
    if text.isprintable() and len(text) <= longest:
        return ""
    return TOO_LONG if len(text) > longest else HIDDEN


def fitting(text: str | None, longest: int) -> tuple[str, str]:
    """The text tidied, and why it cannot be stored ("" when it can)."""
    value = tidy(text)
    return value, why_unfit(value, longest)


@lru_cache(maxsize=8192)
def day(text: str) -> date | None:
    """The date written `yyyy-mm-dd` (a time after it is dropped), or None where that is no day of the calendar."""
    if not _DATE.fullmatch(text):
        return None
    try:
        return date.fromisoformat(text[:10])
    except ValueError:
        return None


@lru_cache(maxsize=1024)
def whole_number(text: str) -> int | None:
    """A number of at most four digits, or None."""
    return int(text) if _WHOLE_NUMBER.fullmatch(text) else None


def truth(text: str) -> bool | None:
    """True or false as the format writes it (also 1 and 0, in any case), or None."""
    return _TRUTHS.get(text.lower())


def spoken(when: date) -> str:
    """A date in words: 23 November 2026."""
    return f"{when.day} {_MONTHS[when.month - 1]} {when.year}"
