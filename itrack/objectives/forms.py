"""Reading the addresses and forms of the objectives pages. What is no number of ours reads as -1, which nothing has."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from django.http import QueryDict

from itrack.objectives.queries.choice import Asked
from itrack.objectives.rules.marking import Cell
from itrack.objectives.rules.several import Wish

# Eighteen digits fit the database's numbers; a longer one is nobody's id.
NUMBER = re.compile(r"[0-9]{1,18}")
CELL = re.compile(r"([0-9]{1,18})-([0-9]{1,18})")
WAS = re.compile(r"was-([0-9]{1,18})")
NOBODY = -1


@dataclass(frozen=True, slots=True)
class TypedStatements:
    """An objectives form as sent: what it is about, what was typed in each cell, and what the page had shown there.

    `account` is the person the page was made for, 0 when it does not say.
    """

    asked: Asked
    cells: dict[Cell, str]
    shown: dict[Cell, str]
    account: int


def read_asked(sent: Mapping[str, str] | QueryDict) -> Asked:
    """What an address or form asks for. A word where a number belongs asks for something nobody has."""
    group, strand, was = (read_number(sent.get(name, "")) for name in ("group", "strand", "was"))
    return Asked(group, strand, sent.get("who", ""), read_number(sent.get("part", "1")), was, sent.get("taken", ""))


def read_statements(sent: QueryDict) -> TypedStatements:
    """The typed cells are the fields named PUPIL-STATEMENT; `columns` and `was-PUPIL` say what the page had shown."""
    matched = ((CELL.fullmatch(name), value) for name, value in sent.items())
    cells = {(int(found[1]), int(found[2])): str(value) for found, value in matched if found}
    columns = [read_number(text) for text in sent.get("columns", "").split(",")]
    shown = {
        (int(found[1]), statement): code
        for name, value in sent.items()
        if (found := WAS.fullmatch(name))
        for statement, code in zip(columns, str(value).split(","), strict=False)
    }
    return TypedStatements(read_asked(sent), cells, shown, read_number(sent.get("account", "")))


def read_count(text: str) -> int | None:
    """A small number that an address says about what was just done; None when it says nothing."""
    return int(text) if NUMBER.fullmatch(text) else None


def read_number(text: str) -> int:
    if not text:
        return 0
    return int(text) if NUMBER.fullmatch(text) else NOBODY


def read_times(sent: QueryDict) -> dict[str, int]:
    """Subject → times a year, from as many `subject` as `times`; what is no number is left out."""
    pairs = zip(sent.getlist("subject"), sent.getlist("times"), strict=False)
    return {str(subject): int(often) for subject, often in pairs if NUMBER.fullmatch(str(often))}


def read_wish(sent: QueryDict) -> Wish:
    """What is to be set alike; ids that are none are nobody's."""
    statements, but = ([read_number(text) for text in sent.getlist(name)] for name in ("statement", "but"))
    return Wish(sent.get("depth", ""), tuple(statements), frozenset(but), sent.get("only") == "empty")
