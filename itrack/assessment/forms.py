"""Reading the addresses and forms of the marks page. What is no number of ours reads as 0, which nothing has as id."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from django.http import QueryDict

from itrack.assessment.queries.choice import Asked
from itrack.assessment.rules.grid import shown_marks
from itrack.assessment.rules.marks import Cell

# Eighteen digits fit the database's numbers; a longer one is nobody's id.
NUMBER = re.compile(r"[0-9]{1,18}")
CELL = re.compile(r"([0-9]{1,18})-([0-9]{1,18})")
WAS = re.compile(r"was-([0-9]{1,18})")
NOBODY = -1


@dataclass(frozen=True, slots=True)
class TypedMarks:
    """A marks form as sent: what it is about, what was typed in each cell, and what the page had shown there."""

    asked: Asked
    cells: dict[Cell, str]
    shown: dict[Cell, str]


def read_asked(sent: QueryDict) -> Asked:
    """What an address or form asks for, `subject` one id or several with commas between.

    A word where a number belongs asks for something nobody has.
    """
    subjects = tuple(_number(text) for text in sent.get("subject", "").split(",") if text)
    group, point, about = (_number(sent.get(name, "")) for name in ("group", "point", "about"))
    return Asked(group, point, subjects, about)


def read_marks(sent: QueryDict) -> TypedMarks:
    """The typed cells are the fields named PUPIL-SUBJECT; `columns` and `was-PUPIL` say what the page had shown."""
    matched = ((CELL.fullmatch(name), value) for name, value in sent.items())
    cells = {(int(found[1]), int(found[2])): str(value) for found, value in matched if found}
    columns = [_number(text) for text in sent.get("columns", "").split(",")]
    return TypedMarks(read_asked(sent), cells, shown_marks(_was(sent), columns))


def _was(sent: QueryDict) -> Iterator[tuple[int, str]]:
    for name, value in sent.items():
        if found := WAS.fullmatch(name):
            yield int(found[1]), str(value)


def _number(text: str) -> int:
    if not text:
        return 0
    return int(text) if NUMBER.fullmatch(text) else NOBODY
