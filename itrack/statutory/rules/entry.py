"""What is typed in the entry grid: what it means, and the answer when it cannot be saved.

    sort_out({(17, "ks2-writing"): "exs"}, {}, sheet).wanted → {(17, "ks2-writing"): "EXS"}

A page says what it showed in each cell, so a cell that somebody else changed meanwhile is told apart. What cannot be
right together, such as a score beside "absent", is refused in the cells that were typed; the rest is saved.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from itrack.statutory.rules.codes import spelt
from itrack.statutory.rules.verdicts import BESIDE_A_SCORE, EXPECTED

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from itrack.statutory.rules.assessments import Component
    from itrack.statutory.rules.codes import Scale

# A pupil and the name of a component.
type Cell = tuple[int, str]

LONGEST_SHOWN: Final = 12
LISTED: Final = 12
NOT_YOURS: Final = "This pupil was not in this year group here then, or is not in a class of yours. Not saved."
NO_COMPONENT: Final = "There is no such part of this assessment in that year. Not saved."
ALL_OR_NONE: Final = "A child with an A in one goal has an A in all seventeen. Not saved."
NO_SCORE: Final = "Whoever has this code has no score. Not saved. Empty one of the two."


@dataclass(frozen=True, slots=True)
class Entry:
    """What may be typed: whose cells, of which components in that year, what stands, and why nothing may (`closed`)."""

    year: int
    components: Mapping[str, Component]
    pupils: Collection[int]
    stands: Mapping[Cell, str]
    closed: str = ""


@dataclass(frozen=True, slots=True)
class RefusedCell:
    """A cell that was not saved: what was typed there, why not, and what stands."""

    pupil: int
    component: str
    typed: str
    reason: str
    stands: str = ""


@dataclass(frozen=True, slots=True)
class Sorted:
    """`wanted` are the cells to change with their new result, "" to empty them."""

    wanted: dict[Cell, str]
    refused: list[RefusedCell]
    unchanged: int


def sort_out(typed: Mapping[Cell, str], shown: Mapping[Cell, str], entry: Entry) -> Sorted:
    """Compares what was typed with what the page had shown and with what stands now."""
    wanted: dict[Cell, str] = {}
    refused: dict[Cell, str] = {}
    for cell, text in typed.items():
        text, stands = text.strip(), entry.stands.get(cell, "")
        if text == shown.get(cell, ""):
            continue
        result, reason = _read(cell, text, entry)
        if reason:
            refused[cell] = reason
        elif result != stands:
            if stands != shown.get(cell, ""):
                refused[cell] = _overtaken(stands)
            else:
                wanted[cell] = result
    against = _contradictions(wanted, entry)
    kept = {cell: result for cell, result in wanted.items() if cell not in against}
    told = [
        RefusedCell(*cell, _short(typed[cell]), reason, entry.stands.get(cell, ""))
        for cell, reason in {**refused, **against}.items()
    ]
    return Sorted(kept, told, len(typed) - len(kept) - len(told))


def _read(cell: Cell, text: str, entry: Entry) -> tuple[str, str]:
    """(the result as the record writes it, why it is refused)."""
    pupil, name = cell
    component = entry.components.get(name)
    if component is None:
        return "", NO_COMPONENT
    if pupil not in entry.pupils:
        return "", NOT_YOURS
    if entry.closed:
        return "", entry.closed
    result = spelt(component.scale, entry.year, text) if text else ""
    return (result, "") if result is not None else ("", not_a_result(text, component.scale, entry.year))


def not_a_result(text: str, scale: Scale, year: int) -> str:
    """Why this is refused, with what may be typed in that year."""
    offered = [code.code for code in scale.offered(year)]
    marks = f"a mark from {scale.lowest} to {scale.most}" if scale.most else ""
    codes = f"{', '.join(offered[:LISTED])}{' …' if len(offered) > LISTED else ''}"
    told = " or ".join(part for part in (marks, codes) if part)
    return f"{_short(text)} is not a result of {year}. Not saved. Type {told}."


def _short(text: str) -> str:
    text = text.strip()
    return text if len(text) <= LONGEST_SHOWN else f"{text[: LONGEST_SHOWN - 1]}…"


def _overtaken(stands: str) -> str:
    now = f"it is {stands} now" if stands else "it is empty now"
    return f"Somebody else changed this after you opened the page: {now}. Not saved. Type it again to replace that."


def _contradictions(wanted: Mapping[Cell, str], entry: Entry) -> dict[Cell, str]:
    after = {**entry.stands, **wanted}
    found: dict[Cell, str] = {}
    for pupil in {cell[0] for cell in wanted}:
        row = {name: after.get((pupil, name), "") for name in entry.components}
        for names, reason in (*_tests_at_odds(row), *_goals_at_odds(row)):
            found |= {(pupil, name): reason for name in names if (pupil, name) in wanted}
    return found


def _tests_at_odds(row: Mapping[str, str]) -> list[tuple[list[str], str]]:
    return [
        ([name, f"{name.removesuffix('-outcome')}-scaled"], reason)
        for name, outcome in row.items()
        if name.endswith("-outcome") and (reason := _at_odds(outcome, row[f"{name.removesuffix('-outcome')}-scaled"]))
    ]


def _at_odds(outcome: str, score: str) -> str:
    """AS is a score of 100 or more, NS one below; a code that says the test was not taken has none."""
    if not outcome or not score.isdecimal():
        return ""
    if outcome not in BESIDE_A_SCORE:
        return NO_SCORE
    met = int(score) >= EXPECTED
    if outcome == ("NS" if met else "AS"):
        return f"{outcome} does not go with a score of {score}. Not saved."
    return ""


def _goals_at_odds(row: Mapping[str, str]) -> list[tuple[list[str], str]]:
    goals = {name: result for name, result in row.items() if name[1:].isdecimal() and result}
    absent = [name for name, result in goals.items() if result == "A"]
    return [(list(goals), ALL_OR_NONE)] if absent and len(absent) < len(goals) else []
