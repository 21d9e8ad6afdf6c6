"""What readers of framework files have in common: rows are judged one by one, good ones kept, bad ones told."""

import re
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Final

from itrack.frameworks.rules.content import About, Content, StatementFacts, StrandFacts, in_order
from itrack.frameworks.rules.limits import (
    MOST_ROWS,
    about_faults,
    scale_faults,
    statement_faults,
    strand_faults,
)
from itrack.frameworks.rules.scale import FIRST_SCALE, Depth
from itrack.frameworks.sources.text import UnreadableFileError

LONGEST_SAID: Final = 60
_SPACES: Final = re.compile(" {2,}")
_YES: Final = frozenset({"yes", "true", "1", "y"})


@dataclass(frozen=True, slots=True)
class RowFault:
    """A row that was left out: where it stands (a line of a CSV, a place in a JSON list), which it is, and why."""

    row: int
    said: str
    reason: str


@dataclass(frozen=True, slots=True)
class ReadFramework:
    """What of a file can be used, and what cannot."""

    content: Content
    refused: tuple[RowFault, ...]


class Gathering:
    """Takes a file's rows as they come."""

    def __init__(self) -> None:
        self.about = About("")
        self.depths: list[Depth] = []
        self.strands: dict[StrandFacts, None] = {}
        self.statements: dict[str, StatementFacts] = {}
        self.texts: dict[tuple[StrandFacts, str], str] = {}
        self.refused: list[RowFault] = []
        self.rows = 0

    def count_row(self) -> None:
        self.rows += 1
        if self.rows > MOST_ROWS:
            raise UnreadableFileError(
                f"The file has more than {MOST_ROWS:,} rows, and no framework has so many. Nothing was stored."
            )

    def refuse(self, row: int, said: str, reason: str) -> None:
        self.refused.append(RowFault(row, said[:LONGEST_SAID], reason))

    def take_strand(self, row: int, strand: StrandFacts) -> None:
        if faults := strand_faults(strand):
            self.refuse(row, strand.name, " ".join(faults))
        else:
            self.strands[strand] = None

    def take_statement(self, row: int, statement: StatementFacts) -> None:
        faults = statement_faults(statement)
        if statement.code in self.statements:
            faults.append(f"An earlier row has the code {statement.code}.")
        same = self.texts.get((statement.strand, statement.text.casefold()))
        if same and not statement.retired_on:
            faults.append(f"{same}, in the same strand, says the same.")
        if faults:
            return self.refuse(row, statement.code or statement.text, " ".join(faults))
        self.statements[statement.code] = statement
        self.strands[statement.strand] = None
        if not statement.retired_on:
            self.texts[statement.strand, statement.text.casefold()] = statement.code
        return None

    def done(self) -> ReadFramework:
        """The file as a whole. Refused where nothing of it can be used, or its scale makes no sense."""
        if not self.statements and not self.strands:
            raise UnreadableFileError(self._nothing())
        scale = tuple(self.depths) or FIRST_SCALE
        if faults := [*scale_faults(scale), *about_faults(replace(self.about, name=self.about.name or "x"))]:
            raise UnreadableFileError(f"{' '.join(faults)} Nothing was stored.")
        whole = Content(self.about, scale, tuple(self.strands), tuple(self.statements.values()))
        return ReadFramework(in_order(whole), tuple(self.refused))

    def _nothing(self) -> str:
        if not self.refused:
            return "The file holds no statements. Nothing was stored."
        first = self.refused[0]
        return f"No row of the file can be used. The first is row {first.row}: {first.reason} Nothing was stored."


def tidied(cell: Any) -> str:
    """A cell as text, without spaces around it or twice in it. Line breaks stay, so that they are noticed."""
    text = cell if isinstance(cell, str) else "" if cell is None else str(cell)
    return _SPACES.sub(" ", text).strip(" ")


def year_group_of(cell: str) -> str:
    """ "Year 3", "Y3" and "3" → "3"; "Reception" → "R"; anything else as it is, for a check to refuse."""
    word = cell.casefold().replace(" ", "")
    if word == "reception":
        return "R"
    return word.removeprefix("year").removeprefix("y").upper() or cell


def year_of(cell: str) -> int | None:
    """ "2028" or "2028/29" → 2028; what is no year becomes 0, which no check lets pass."""
    if not cell:
        return None
    first = cell[:4]
    return int(first) if len(first) == 4 and first.isascii() and first.isdigit() else 0


def day_of(cell: str) -> date | None:
    """ISO or 31/08/2027. ValueError where it is neither."""
    if not cell:
        return None
    if cell[2:3] == "/" and cell[5:6] == "/":
        return date(int(cell[6:10]), int(cell[3:5]), int(cell[:2]))
    return date.fromisoformat(cell)


def is_yes(cell: str) -> bool:
    return cell.casefold() in _YES
