"""A whole framework as values: what a file holds, what two versions are compared by, what is stored.

Content(About("National curriculum", "2014", "curriculum"), FIRST_SCALE, (place_value,), (statement,))
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

    from itrack.frameworks.rules.scale import Depth


@dataclass(frozen=True, slots=True)
class About:
    """What a framework is called and when it is for; years by the calendar year they start in."""

    name: str
    version: str = ""
    kind: str = "other"
    from_year: int | None = None
    until_year: int | None = None

    @property
    def title(self) -> str:
        return f"{self.name}, {self.version}" if self.version else self.name


@dataclass(frozen=True, slots=True)
class StrandFacts:
    subject: str
    first: str
    last: str
    name: str


@dataclass(frozen=True, slots=True)
class StatementFacts:
    strand: StrandFacts
    code: str
    text: str
    pointer: str = ""
    retired_on: date | None = None


@dataclass(frozen=True, slots=True)
class Content:
    about: About
    depths: tuple[Depth, ...] = ()
    strands: tuple[StrandFacts, ...] = ()
    statements: tuple[StatementFacts, ...] = ()


def in_order(content: Content) -> Content:
    """The same with every strand a statement names among the strands, and the statements strand by strand."""
    strands = tuple(dict.fromkeys([*content.strands, *(each.strand for each in content.statements)]))
    place = {strand: at for at, strand in enumerate(strands)}
    statements = tuple(sorted(content.statements, key=lambda each: place[each.strand]))
    return replace(content, strands=strands, statements=statements)


def by_strand(content: Content) -> dict[StrandFacts, list[StatementFacts]]:
    """The statements of each strand, in order; strands without any too."""
    found: dict[StrandFacts, list[StatementFacts]] = {strand: [] for strand in content.strands}
    for each in content.statements:
        found[each.strand].append(each)
    return found
