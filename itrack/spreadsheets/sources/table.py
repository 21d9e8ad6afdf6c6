"""A sheet as rows of text, whatever file it came in."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, Protocol

if TYPE_CHECKING:
    from collections.abc import Sequence

LARGEST: Final = 10 * 1024 * 1024  # bytes of a file; 10,000 rows of 30 columns are about 2 MB
MOST_ROWS: Final = 20_000
MOST_COLUMNS: Final = 200
LONGEST_CELL: Final = 300  # characters; longer than anything a cell of ours may hold, so it is refused where it counts
ERROR: Final = "#ERROR!"  # stands for #N/A, #REF! and the like

TOO_LARGE: Final = f"The file is larger than {LARGEST // 2**20} MB, the most a spreadsheet may have here."
TOO_MANY_ROWS: Final = f"The sheet has more than {MOST_ROWS:,} rows. Split it and choose the parts one after another."
TOO_WIDE: Final = (
    f"The sheet has more than {MOST_COLUMNS} columns. Delete those that are not needed and choose it again."
)


@dataclass(slots=True)
class Table:
    """`rows` hold tidied text, all of one width; `first` is the number of the first of them in its file."""

    rows: list[list[str]]
    first: int = 1
    warnings: list[str] = field(default_factory=list)


class Book(Protocol):
    """A file with sheets. A text file has one without a name."""

    @property
    def format(self) -> str: ...

    @property
    def names(self) -> Sequence[str]: ...

    def table(self, name: str) -> Table: ...


def squared(rows: list[list[str]]) -> list[list[str]]:
    """The rows filled up to one width, without the empty columns at the right and the empty rows at the end."""
    while rows and not any(rows[-1]):
        rows.pop()
    width = max((_filled(row) for row in rows), default=0)
    return [row[:width] + [""] * (width - len(row)) for row in rows]


def _filled(row: Sequence[str]) -> int:
    """How far to the right something stands."""
    return next((place for place in range(len(row), 0, -1) if row[place - 1]), 0)


def as_cell(text: str) -> str:
    """Text as a cell holds it: no space around it, and not longer than could ever be right."""
    return text[: LONGEST_CELL * 4].strip()[:LONGEST_CELL]
