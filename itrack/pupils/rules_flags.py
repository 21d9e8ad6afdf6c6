"""The short flags beside a pupil's name, and the order names stand in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from itrack.pupils.rules import name_key

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

SEN_FLAGS: Final = frozenset({"K", "E"})
FREE_MEALS: Final = "FSM"
ADDITIONAL_LANGUAGE: Final = "EAL"
FLAG_WORDS: Final = {
    "K": "SEN support",
    "E": "Education, health and care plan",
    FREE_MEALS: "Free school meals",
    ADDITIONAL_LANGUAGE: "English as an additional language",
}
# The same, short enough to stand under a figure.
FLAG_COUNTED: Final = {"K": "SEN support", "E": "EHC plan", FREE_MEALS: "free meals", ADDITIONAL_LANGUAGE: "EAL"}
# English, believed to be English.
ENGLISH: Final = frozenset({"ENG", "ENB"})
# Not said, not obtained, refused, still being classified.
NOT_KNOWN: Final = frozenset({"", "NOT", "REF", "CLSF"})
_NOT_ADDITIONAL: Final = ENGLISH | NOT_KNOWN


def flags(*, sen: Iterable[tuple[date, str]], free_meals: bool, first_language: str) -> tuple[str, ...]:
    """The flags of one day. `sen` are the spells that cover it, (start, code): the latest to start counts."""
    provision = max(sen, default=(None, ""))[1]
    found = (
        provision if provision in SEN_FLAGS else "",
        FREE_MEALS if free_meals else "",
        ADDITIONAL_LANGUAGE if first_language.upper() not in _NOT_ADDITIONAL else "",
    )
    return tuple(flag for flag in found if flag)


def reading_order(surname: str, forename: str) -> list[str]:
    """A sort key that looks past case, accents, spaces and hyphens: Ann before Anna, Élan among the Es."""
    return name_key(surname, forename).split("|")


def initial(surname: str) -> str:
    """The letter a surname is found under: "Élan" under E, "van Oak" under V; "#" for one without letters."""
    return reading_order(surname, "")[0][:1].upper() or "#"
