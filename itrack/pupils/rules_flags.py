"""The short flags beside a pupil's name, and the order names stand in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from itrack.pupils.rules import name_key
from itrack.pupils.rules_answers import PLAN, SUPPORT, YES, Flag, answer

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable
    from datetime import date

    from itrack.pupils.rules_answers import Facts

SEN_FLAGS: Final = frozenset({SUPPORT, PLAN})
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
_SPEAKS_OF: Final = {"K": Flag.SEN, "E": Flag.SEN, FREE_MEALS: Flag.FREE_MEALS, ADDITIONAL_LANGUAGE: Flag.LANGUAGE}


def flags(facts: Facts, on: date) -> tuple[str, ...]:
    """The flags of one day, as the answers of that day give them."""
    provision = answer(Flag.SEN, facts, on).says
    found = (
        provision if provision in SEN_FLAGS else "",
        FREE_MEALS if answer(Flag.FREE_MEALS, facts, on).says == YES else "",
        ADDITIONAL_LANGUAGE if answer(Flag.LANGUAGE, facts, on).says == YES else "",
    )
    return tuple(flag for flag in found if flag)


def told(short: Iterable[str], hidden: Collection[str]) -> tuple[str, ...]:
    """Those of the short flags that do not speak of a hidden flag."""
    return tuple(flag for flag in short if _SPEAKS_OF[flag] not in hidden)


def reading_order(surname: str, forename: str) -> list[str]:
    """A sort key that looks past case, accents, spaces and hyphens: Ann before Anna, Élan among the Es."""
    return name_key(surname, forename).split("|")


def initial(surname: str) -> str:
    """The letter a surname is found under: "Élan" under E, "van Oak" under V; "#" for one without letters."""
    return reading_order(surname, "")[0][:1].upper() or "#"
