"""Setting many cells alike: the same for the class except a few. Worked out and shown before anything is saved."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from itrack.objectives.rules.marking import tidy

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from itrack.objectives.rules.depth import Depth
    from itrack.objectives.rules.marking import Cell


@dataclass(frozen=True, slots=True)
class Wish:
    """What is to be set: a code, in which statements, for all pupils but some, over what stands or in empty cells."""

    code: str = ""
    statements: tuple[int, ...] = ()
    but: frozenset[int] = frozenset()
    only_empty: bool = False


@dataclass(frozen=True, slots=True)
class Plan:
    """`cells` are those that change. `replaced` counts by the code that stands there now; `left` stay as they are."""

    code: str
    cells: list[Cell]
    replaced: list[tuple[str, int]]
    left: int

    @property
    def empty(self) -> int:
        """How many of them hold nothing yet."""
        return len(self.cells) - sum(n for _, n in self.replaced)


def plan(
    wish: Wish, pupils: Sequence[int], statements: Collection[int], now: Mapping[Cell, Depth], codes: Collection[str]
) -> Plan | None:
    """None while nothing is wished for, or what is wished for is no code or no statement of the page."""
    code, chosen = tidy(wish.code), [one for one in wish.statements if one in statements]
    if code not in codes or not chosen:
        return None
    aimed = [(pupil, one) for pupil in pupils if pupil not in wish.but for one in chosen]
    held = {cell: now[cell].code for cell in aimed if cell in now}
    cells = [cell for cell in aimed if held.get(cell) != code and not (wish.only_empty and cell in held)]
    replaced = Counter(held[cell] for cell in cells if cell in held)
    return Plan(code, cells, sorted(replaced.items()), len(aimed) - len(cells))
