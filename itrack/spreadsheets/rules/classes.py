"""What a sheet of classes says to the class a pupil is in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

NO_CLASS: Final = "There is no class of this name this year. Add it under School, Classes, or put the name right."
NOT_HERE: Final = "The pupil is not on roll today."


def class_key(name: str) -> str:
    """Equal for two spellings of one class: " 4b" and "4B"."""
    return " ".join(name.split()).casefold()


def told_of_class(typed: str, stood: str, known: Mapping[str, str]) -> list[str]:
    """[what would happen, the class the pupil is in, the one in the sheet, why it is refused].

    `known`: key → name of the year's classes; `stood` is "" for a pupil in none.
    """
    name = known.get(class_key(typed))
    if name is None:
        return ["refused", stood, typed[:40], NO_CLASS]
    if name == stood:
        return ["unchanged", stood, name, ""]
    return ["changed" if stood else "new", stood, name, ""]
