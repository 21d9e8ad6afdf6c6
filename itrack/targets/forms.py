"""Reading the addresses and forms of the target pages. What is no number of ours reads as -1, which nothing has."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from django.http import QueryDict

from itrack.curriculum.rules import BAND_OF, BANDS
from itrack.targets.queries.asked import Asked
from itrack.targets.rules.standings import Cell
from itrack.targets.rules.track import SLOTS

# Eighteen digits fit the database's numbers; a longer one is nobody's id.
NUMBER = re.compile(r"[0-9]{1,18}")
CELL = re.compile(r"([0-9]{1,18})-([0-9]{1,18})")
WAS = re.compile(r"was-([0-9]{1,18})")
NOBODY = -1


@dataclass(frozen=True, slots=True)
class TypedTargets:
    """A grid as sent: what was typed in each cell, and what stood there when the page was made.

    `account` is the person the page was made for, 0 when it does not say.
    """

    asked: Asked
    cells: dict[Cell, str]
    shown: dict[Cell, str]
    account: int


def read_asked(sent: Mapping[str, str] | QueryDict) -> Asked:
    """A word where a number belongs asks for something nobody has."""
    return Asked(sent.get("whose", ""), read_number(sent.get("point", "")), read_number(sent.get("assessment", "")))


def read_targets(sent: QueryDict) -> TypedTargets:
    """The typed cells are the fields named PUPIL-SUBJECT; `columns` and `was-PUPIL` say what had stood."""
    matched = ((CELL.fullmatch(name), value) for name, value in sent.items())
    cells = {(int(found[1]), int(found[2])): str(value) for found, value in matched if found}
    columns = [read_number(text) for text in sent.get("columns", "").split(",")]
    shown = {
        (int(found[1]), subject): code
        for name, value in sent.items()
        if (found := WAS.fullmatch(name))
        for subject, code in zip(columns, str(value).split(","), strict=False)
    }
    return TypedTargets(read_asked(sent), cells, shown, read_number(sent.get("account", "")))


def read_count(text: str) -> int | None:
    """A small number that an address says about what was just done; None when it says nothing."""
    return int(text) if NUMBER.fullmatch(text) else None


def read_number(text: str) -> int:
    if not text:
        return 0
    return int(text) if NUMBER.fullmatch(text) else NOBODY


def read_steps(sent: Mapping[str, str] | QueryDict) -> dict[str, dict[int, str]]:
    """Band wanted in the end → half term → band chosen, from the fields BAND-SLOT; no other words are kept."""
    chosen = {
        band.code: {slot: by for slot in SLOTS if (by := sent.get(f"{band.code}-{slot}", "")) in BAND_OF}
        for band in BANDS
    }
    return {band: by_slot for band, by_slot in chosen.items() if by_slot}
