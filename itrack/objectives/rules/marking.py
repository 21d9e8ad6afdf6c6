"""What a typed depth means, and what to answer when it cannot be saved.

A page says what it showed in each cell. So a cell its reader left alone is never taken for a change, and a cell that
somebody else changed meanwhile is told apart from one that stands as it was shown.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from itrack.objectives.rules.depth import NOT_FOR_THEM
from itrack.ui.words import long_date

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence
    from datetime import date

# A pupil and a statement.
type Cell = tuple[int, int]

LONGEST_SHOWN = 12
NOT_YOURS = "This pupil is not on the roll, or not in a class of yours. Not saved."
NO_STATEMENT = "There is no such statement in this school. Not saved."
ARCHIVED = "This framework is archived. Not saved."
NOT_ASKED = "Objectives are not in use for this subject. Not saved. A head can turn them on under School, Objectives."
TO_COME = "The day these were judged is still to come. Nothing was saved. Choose today or an earlier day."
LONG_AGO = "The day these were judged is more than two years ago. Nothing was saved. Choose a later day."
LONGEST_AGO = 731  # days


@dataclass(frozen=True, slots=True)
class RefusedCell:
    """A mark that was not saved: whose, of which statement, what was typed and why not, as a teacher reads it.

    `stands` is the code that stands in the cell. `overtaken` says that somebody else put it there meanwhile.
    """

    pupil: int
    statement: int
    typed: str
    reason: str
    stands: str = ""
    overtaken: bool = False


@dataclass(frozen=True, slots=True)
class SavedStatements:
    """What became of a save, in cells. `change_set` is None when nothing had to be changed."""

    change_set: int | None
    saved: int
    cleared: int
    unchanged: int
    refused: list[RefusedCell] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class StatementFacts:
    """What decides whether a statement can be judged: its framework, the subject's use, and its end if it has one."""

    framework: int
    asked: bool = True
    archived: bool = False
    retired_on: date | None = None


@dataclass(frozen=True, slots=True)
class Standing:
    """The mark in a cell: its code, the day it was judged, and its id."""

    code: str
    taken_on: date
    mark: int


@dataclass(frozen=True, slots=True)
class Marking:
    """Whom this person may judge, by which statements and scales (framework → code → depth), and what stands."""

    pupils: Collection[int]
    statements: Mapping[int, StatementFacts]
    scales: Mapping[int, Mapping[str, int]]
    stands: Mapping[Cell, Standing]
    taken_on: date

    def code(self, cell: Cell) -> str:
        """The code that stands in a cell, "" for none."""
        return self.stands[cell].code if cell in self.stands else ""

    def refusal(self, cell: Cell, code: str) -> str:
        """Why this cell cannot take this code; "" when it can."""
        pupil, statement = cell
        if pupil not in self.pupils:
            return NOT_YOURS
        if statement not in self.statements:
            return NO_STATEMENT
        facts, standing = self.statements[statement], self.stands.get(cell)
        if reason := _not_in_use(facts, code):
            return reason
        if standing and standing.taken_on > self.taken_on:
            return f"{standing.code} was judged here later, on {long_date(standing.taken_on)}. Not saved."
        scale = self.scales.get(facts.framework, {})
        known = not code or code == NOT_FOR_THEM.code or code in scale
        return "" if known else not_a_depth(code, [*scale, NOT_FOR_THEM.code])

    def depth(self, cell: Cell, code: str) -> int | None:
        """The depth a code stands for, None for one that says the statement does not apply."""
        return None if code == NOT_FOR_THEM.code else self.scales[self.statements[cell[1]].framework][code]


def _not_in_use(facts: StatementFacts, code: str) -> str:
    if facts.archived:
        return ARCHIVED
    if not facts.asked:
        return NOT_ASKED
    if code and facts.retired_on:
        return f"This statement was retired on {long_date(facts.retired_on)}. Not saved. It can be emptied."
    return ""


def why_not_on(taken_on: date, *, today: date) -> str:
    """Why nothing can be judged as of that day; "" when it can."""
    if taken_on > today:
        return TO_COME
    return LONG_AGO if (today - taken_on).days > LONGEST_AGO else ""


@dataclass(frozen=True, slots=True)
class Sorted:
    """A save sorted out. `wanted` are the cells to change with their new code, "" to empty them.

    `overtaken` are those of them that no longer stand as their reader was shown them.
    """

    wanted: dict[Cell, str]
    overtaken: list[Cell]
    unchanged: int
    refused: list[RefusedCell]


def tidy(typed: str) -> str:
    """The code as scales hold it: no spaces around, upper case."""
    return typed.strip().upper()


def not_a_depth(typed: str, codes: Sequence[str]) -> str:
    """Why this is refused, with the codes there are."""
    return f"{_short(typed)} is not a depth here. Not saved. Type {', '.join(codes[:-1])} or {codes[-1]}."


def _short(typed: str) -> str:
    text = typed.strip()
    return text if len(text) <= LONGEST_SHOWN else f"{text[: LONGEST_SHOWN - 1]}…"


def sort_out(typed: Mapping[Cell, str], shown: Mapping[Cell, str] | None, marking: Marking) -> Sorted:
    """Compares what was typed with what was shown and with what stands. Without `shown`, no cell is overtaken."""
    wanted: dict[Cell, str] = {}
    overtaken: list[Cell] = []
    refused: list[RefusedCell] = []
    for cell, text in typed.items():
        code, stands = tidy(text), marking.code(cell)
        seen = tidy(shown[cell]) if shown and cell in shown else None
        if seen is not None and code == seen:
            continue
        if reason := marking.refusal(cell, code):
            refused.append(RefusedCell(*cell, _short(text), reason, stands))
        elif code != stands:
            wanted[cell] = code
            overtaken += [cell] if seen is not None and seen != stands else []
    return Sorted(wanted, overtaken, len(typed) - len(wanted) - len(refused), refused)


@dataclass(frozen=True, slots=True)
class LastChange:
    """Who changed a cell last and when, as a clock time or a day. `by` is a membership's id, `mark` the mark's."""

    by: int
    name: str
    when: str
    mark: int


def keep_theirs(told: Sorted, changes: Mapping[Cell, LastChange], marking: Marking, by: int) -> Sorted:
    """Refuses the cells that somebody else changed since they were shown. Who overtook themselves is let through."""
    theirs = {cell for cell in told.overtaken if cell not in changes or changes[cell].by != by}
    refused = [
        RefusedCell(
            *cell,
            told.wanted[cell],
            _overtaken(told.wanted[cell], marking.code(cell), changes.get(cell)),
            marking.code(cell),
            overtaken=True,
        )
        for cell in told.overtaken
        if cell in theirs
    ]
    left = {cell: code for cell, code in told.wanted.items() if cell not in theirs}
    return replace(told, wanted=left, overtaken=[], refused=[*told.refused, *refused])


def _overtaken(typed: str, stands: str, change: LastChange | None) -> str:
    deed = f"typed {stands}" if stands else "emptied this cell"
    theirs = f"{change.name} {deed} {change.when}" if change else "This mark was taken back"
    if not typed:
        return f"{theirs}, after you opened this page. It is not emptied. Empty it again to remove {stands}."
    again = f"to replace {stands}" if stands else "to put it in"
    return f"{theirs}, after you opened this page. Your {typed} is not saved. Type it again {again}."
