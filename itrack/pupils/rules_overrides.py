"""What a school may say of a flag for an academic year, in place of the record: yes, no or not known.

    why_not_set(Flag.SEN, "yes", may=frozenset(Flag)) → "SEN takes: No, Not known, SEN support, EHC plan."

"" is the word for *as recorded*: what the record says counts again.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from itrack.pupils.rules_answers import NO, PLAN, SUPPORT, UNKNOWN, YES, Flag
from itrack.pupils.rules_reasons import SAYS, TITLES

if TYPE_CHECKING:
    from collections.abc import Collection

AS_RECORDED: Final = ""
AS_RECORDED_WORDS: Final = "As recorded"
NOT_YOURS: Final = "This flag is not one you may set."
NOT_YOURS_TO_UNDO: Final = "Only the person who set these flags, or a leader, may take them back. Nothing was changed."
NO_SUCH_PUPIL: Final = "This pupil is not in the school’s record."
FIRST_YEAR, LAST_YEAR = 2000, 2100


@dataclass(frozen=True, slots=True)
class Wish:
    """What somebody wants a flag of a pupil to say for a year; `seen` is the school's word when they looked."""

    pupil: int
    flag: str
    says: str
    seen: str


@dataclass(frozen=True, slots=True)
class RefusedWish:
    pupil: int
    flag: str
    reason: str


def words_for(flag: str) -> list[tuple[str, str]]:
    """The words a flag takes, with that for as recorded in front."""
    words = (SUPPORT, PLAN, NO, UNKNOWN) if flag == Flag.SEN else (YES, NO, UNKNOWN)
    return [(AS_RECORDED, AS_RECORDED_WORDS), *((word, SAYS[word]) for word in words)]


def why_not_set(flag: str, word: str, *, may: Collection[str]) -> str:
    """What is wrong with setting the flag to that word, as a sentence; "" when nothing is."""
    if flag not in may:
        return NOT_YOURS
    words = dict(words_for(flag))
    if word in words:
        return ""
    return f"{TITLES[flag]} takes: {', '.join(words.values())}."


def why_overtaken(seen: str, standing: str) -> str:
    """Somebody else set it meanwhile; "" when what was seen still stands."""
    if seen == standing:
        return ""
    return f"Somebody else has set it to “{SAYS.get(standing, AS_RECORDED_WORDS)}” since you looked."
