"""What is different between two frameworks, or two versions of one. Statements are the same by their code.

    compare(old, new).statements → (Difference("changed", statement, turns),)

Nothing is said exactly when both are equal.
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from itrack.frameworks.rules.content import by_strand
from itrack.frameworks.rules.years import band_name

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterator, Mapping, Sequence

    from itrack.frameworks.rules.content import Content, StatementFacts, StrandFacts
    from itrack.frameworks.rules.scale import Depth

ABOUT: Final = {"name": "Name", "version": "Version", "kind": "Kind", "from_year": "From", "until_year": "Until"}


class Sort(StrEnum):
    ADDED = "added"
    CHANGED = "changed"
    MOVED = "moved"
    REMOVED = "removed"


@dataclass(frozen=True, slots=True)
class Turn:
    """One thing that was so and is so now: ("Statement", "Count in 4s", "Count in fours")."""

    what: str
    was: str
    now: str


@dataclass(frozen=True, slots=True)
class Difference:
    """A statement that one of the two lacks, or that both have in unlike form. `turns` says how, for a changed one."""

    sort: Sort
    told: StatementFacts  # as it is now, or as it was where it is gone
    turns: tuple[Turn, ...] = ()


@dataclass(frozen=True, slots=True)
class Comparison:
    about: tuple[Turn, ...]
    scale: tuple[Turn, ...]
    strands: tuple[Turn, ...]
    statements: tuple[Difference, ...]

    @property
    def is_empty(self) -> bool:
        return not (self.about or self.scale or self.strands or self.statements)

    def count(self, sort: Sort) -> int:
        return sum(each.sort == sort for each in self.statements)


def compare(old: Content, new: Content) -> Comparison:
    """All differences, in the new one's order and then what is gone in the old one's."""
    return Comparison(
        tuple(_turns(old.about, new.about, ABOUT)),
        tuple(_scale(old.depths, new.depths)),
        tuple(_strands(old, new)),
        tuple(_statements(old, new)),
    )


def _turns(old: object, new: object, names: Mapping[str, str]) -> Iterator[Turn]:
    for field, what in names.items():
        was, now = getattr(old, field), getattr(new, field)
        if was != now:
            yield Turn(what, said(was), said(now))


def said(value: object) -> str:
    return "" if value is None else str(value)


def _scale(old: Sequence[Depth], new: Sequence[Depth]) -> Iterator[Turn]:
    if tuple(old) != tuple(new):
        yield Turn("Depths", _depths(old), _depths(new))


def _depths(depths: Sequence[Depth]) -> str:
    return "; ".join(
        f"{depth.code} {depth.name} ({depth.value}{'' if depth.taught else ', not taught'}"
        f"{', secure' if depth.secure else ''})"
        for depth in depths
    )


def _strands(old: Content, new: Content) -> Iterator[Turn]:
    """Strands that came, went or changed places."""
    was, now = set(old.strands), set(new.strands)
    for strand in (strand for strand in new.strands if strand not in was):
        yield Turn("Strand", "", strand_name(strand))
    for strand in (strand for strand in old.strands if strand not in now):
        yield Turn("Strand", strand_name(strand), "")
    for strand in moved(old.strands, new.strands):
        yield Turn("Order of strands", strand_name(strand), strand_name(strand))


def strand_name(strand: StrandFacts) -> str:
    return f"{strand.subject}, {band_name(strand.first, strand.last)}, {strand.name}"


def _statements(old: Content, new: Content) -> Iterator[Difference]:
    was, now = ({each.code: each for each in content.statements} for content in (old, new))
    moves = _moves(old, new)
    for code, each in now.items():
        if code not in was:
            yield Difference(Sort.ADDED, each)
        elif turns := statement_turns(was[code], each):
            yield Difference(Sort.CHANGED, each, turns)
        elif code in moves:
            yield Difference(Sort.MOVED, each)
    for code, each in was.items():
        if code not in now:
            yield Difference(Sort.REMOVED, each)


def statement_turns(was: StatementFacts, now: StatementFacts) -> tuple[Turn, ...]:
    """How two statements of one code differ."""
    strand = [Turn("Strand", strand_name(was.strand), strand_name(now.strand))] if was.strand != now.strand else []
    names = {"text": "Statement", "pointer": "Programme of study", "retired_on": "Retired on"}
    return (*strand, *_turns(was, now, names))


def _moves(old: Content, new: Content) -> set[str]:
    """The codes whose place among the others of their strand changed."""
    before, after = by_strand(old), by_strand(new)
    return {
        code
        for strand in after.keys() & before.keys()
        for code in moved([each.code for each in before[strand]], [each.code for each in after[strand]])
    }


def moved[Key: Hashable](before: Sequence[Key], after: Sequence[Key]) -> list[Key]:
    """The fewest of those in both that must have been moved to come from one order to the other.

    Those that need not have moved are a longest run that rises in both.
    """
    place = {key: at for at, key in enumerate(before)}
    both = [key for key in after if key in place]
    tails: list[int] = []
    length: list[int] = []
    for key in both:
        at = bisect_left(tails, place[key])
        tails[at : at + 1] = [place[key]]
        length.append(at)
    stays: set[Key] = set()
    wanted, below = len(tails) - 1, len(before)
    for key, reached in zip(reversed(both), reversed(length), strict=True):
        if reached == wanted and place[key] < below:
            stays.add(key)
            wanted, below = wanted - 1, place[key]
    return [key for key in both if key not in stays]
