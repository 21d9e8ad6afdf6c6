"""What a sheet of marks says to the marks that stand, cell by cell and row by row."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

AMONG: Final = "{} pupils have this name and date of birth. Give the UPN."
TWICE: Final = "The pupil of row {} again. That row is read, this one is not."
LONGEST_REASON: Final = 300


def told_of(typed: str, stood: str, reason: str) -> list[str]:
    """[what would happen, the mark that stands, the mark in the sheet, why it is refused]."""
    if reason:
        return ["refused", stood, typed, reason]
    if typed.strip().upper() == stood:
        return ["unchanged", stood, typed, ""]
    return ["changed" if stood else "new", stood, typed, ""]


def verdict_of(told: Mapping[str, Sequence[str]], reason: str) -> str:
    """A row is what most needs to be seen of its cells; refused when nothing of it can be saved."""
    met = {one[0] for one in told.values()}
    if reason or (met and met == {"refused"}):
        return "refused"
    return next((verdict for verdict in ("changed", "new") if verdict in met), "unchanged")


def why_refused(told: Mapping[str, Sequence[str]], names: Mapping[str, str]) -> str:
    """The reasons of a row's refused cells, each with the name of its column."""
    said = [f"{names[place]}: {one[3]}" for place, one in told.items() if one[0] == "refused"]
    return " ".join(said)[:LONGEST_REASON]
