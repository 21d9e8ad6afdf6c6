"""What may be done to a single statement of a framework, and why not. Each refusal is a sentence.

A statement that pupils are judged by keeps its words, whatever the change: even a comma may turn what was meant. It is
replaced: retired, with the new words in its place under a code of their own.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from itrack.frameworks.rules.limits import statement_faults

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from itrack.frameworks.rules.content import StatementFacts

JUDGED: Final = (
    "Pupils are judged by this statement, so it keeps its words. Nothing was changed. Replace it: it is retired, and "
    "the new words stand in its place."
)
SAME: Final = "in the same strand, says the same. Nothing was changed."


def words_fault(wanted: StatementFacts, beside: Iterable[tuple[str, str]]) -> str:
    """What is wrong with a statement as it is to stand, "" when nothing is; `beside` are its strand's (code, text)."""
    if faults := statement_faults(wanted):
        return f"{' '.join(faults)} Nothing was changed."
    same = (code for code, text in beside if code != wanted.code and text.casefold() == wanted.text.casefold())
    found = next(same, "")
    return f"{found}, {SAME}" if found else ""


def one_up(order: Sequence[int], one: int) -> list[int]:
    """The order with that one a place earlier; the first stays where it is."""
    at = order.index(one)
    if at == 0:
        return list(order)
    return [*order[: at - 1], one, order[at - 1], *order[at + 1 :]]
