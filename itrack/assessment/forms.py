"""Reading the addresses and forms of the marks page. What is no number of ours reads as 0, which nothing has as id."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from django.http import QueryDict

from itrack.assessment.queries.choice import OVER_TIME, Asked
from itrack.assessment.rules.grid import shown_marks
from itrack.assessment.rules.marks import COPIED, Cell, Sheet

# Eighteen digits fit the database's numbers; a longer one is nobody's id.
NUMBER = re.compile(r"[0-9]{1,18}")
CELL = re.compile(r"([0-9]{1,18})-([0-9]{1,18})")
WAS = re.compile(r"was-([0-9]{1,18})")
NOBODY = -1
EARLIEST = date(2000, 1, 1)


@dataclass(frozen=True, slots=True)
class TypedMarks:
    """A marks form as sent: what it is about, what was typed in each cell, and what the page had shown there.

    `confirm` are the copied cells said to be right, `copy` the subject to copy from the last point, 0 for none.
    `account` is the person the page was made for, 0 when it does not say. `taken_on` is the day of a test.
    """

    asked: Asked
    cells: dict[Cell, str]
    shown: dict[Cell, str]
    confirm: frozenset[Cell] = frozenset()
    copy: int = 0
    account: int = 0
    taken_on: date | None = None

    @property
    def sheet(self) -> Sheet | None:
        """What its cells have in common; None when it says neither."""
        asked = self.asked
        if not asked.over:
            return Sheet(point=asked.point, assessment=asked.assessment)
        one = asked.over == OVER_TIME and len(asked.subjects) == 1
        return Sheet(subject=asked.subjects[0], assessment=asked.assessment) if one else None


def read_asked(sent: Mapping[str, str] | QueryDict) -> Asked:
    """What an address or form asks for, `subject` one id or several with commas between.

    A word where a number belongs asks for something nobody has.
    """
    subjects = tuple(_number(text) for text in sent.get("subject", "").split(",") if text)
    group, point, about, of = (_number(sent.get(name, "")) for name in ("group", "point", "about", "assessment"))
    show, sort = (str(sent.get(name, "")) for name in ("show", "sort"))
    return Asked(group, point, subjects, about, sent.get("over", ""), of, show, sort)


def read_marks(sent: QueryDict) -> TypedMarks:
    """The typed cells are the fields named PUPIL-COLUMN; `columns` and `was-PUPIL` say what the page had shown."""
    matched = ((CELL.fullmatch(name), value) for name, value in sent.items())
    cells = {(int(found[1]), int(found[2])): str(value) for found, value in matched if found}
    columns = [_number(text) for text in sent.get("columns", "").split(",")]
    shown = shown_marks(_was(sent), columns)
    copy, account = (_number(sent.get(name, "")) for name in ("copy-column", "account"))
    confirmed = frozenset(_confirmed(sent, shown))
    return TypedMarks(read_asked(sent), cells, shown, confirmed, copy, account, _day(sent.get("taken-on", "")))


def _day(text: str) -> date | None:
    """A day as a date field sends it; what is none, or lies before any pupil's test, is not kept."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if day >= EARLIEST else None


def _confirmed(sent: QueryDict, shown: dict[Cell, str]) -> Iterator[Cell]:
    """Cells named one by one, and the copies of a column whose button was pressed."""
    for name in sent.getlist("confirm"):
        if found := CELL.fullmatch(str(name)):
            yield int(found[1]), int(found[2])
    column = _number(sent.get("confirm-column", ""))
    yield from (cell for cell, code in shown.items() if cell[1] == column and code.endswith(COPIED))


def read_subject(sent: QueryDict) -> int:
    """One subject's id, 0 when none is named."""
    return _number(sent.get("subject", ""))


def read_count(text: str) -> int | None:
    """A small number that an address says about what was just done; None when it says nothing."""
    return int(text) if NUMBER.fullmatch(text) else None


def _was(sent: QueryDict) -> Iterator[tuple[int, str]]:
    for name, value in sent.items():
        if found := WAS.fullmatch(name):
            yield int(found[1]), str(value)


def _number(text: str) -> int:
    if not text:
        return 0
    return int(text) if NUMBER.fullmatch(text) else NOBODY
