"""How far a class is in each statement, keeping apart what has not been taught and what has not been achieved."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from itrack.objectives.rules.depth import NOT_FOR_THEM, NOT_JUDGED, Depth
from itrack.reports.rules.finding import FEW, Finding, inside
from itrack.ui.words import count_of, figure, upper_first


@dataclass(frozen=True, slots=True)
class InStatement:
    """`at` has the pupils at each depth by its code, those without a mark under NOT_JUDGED's; `apart` do not count."""

    statement: int
    at: Mapping[str, frozenset[int]]
    taught: frozenset[int]
    secure: frozenset[int]
    apart: frozenset[int]

    @property
    def counted(self) -> frozenset[int]:
        """Everybody to whom it applies: the denominator of every share."""
        return frozenset().union(*self.at.values())

    @property
    def waits(self) -> bool:
        """There are pupils for it, and it has been taught to none of them."""
        return bool(self.counted) and not self.taught


def in_statements(
    statements: Sequence[int], pupils: Collection[int], marks: Mapping[tuple[int, int], Depth], scale: Sequence[Depth]
) -> list[InStatement]:
    return [_one(one, pupils, marks, scale) for one in statements]


def _one(
    statement: int, pupils: Collection[int], marks: Mapping[tuple[int, int], Depth], scale: Sequence[Depth]
) -> InStatement:
    held = {pupil: marks.get((pupil, statement), NOT_JUDGED) for pupil in pupils}
    return InStatement(
        statement,
        {depth.code: _who(held, depth.code) for depth in (*scale, NOT_JUDGED)},
        frozenset(pupil for pupil, depth in held.items() if depth.taught),
        frozenset(pupil for pupil, depth in held.items() if depth.secure),
        _who(held, NOT_FOR_THEM.code),
    )


def _who(held: Mapping[int, Depth], code: str) -> frozenset[int]:
    return frozenset(pupil for pupil, depth in held.items() if depth.code == code)


def told(strand: str, where: str, found: Sequence[InStatement]) -> list[Finding]:
    """How many statements are begun and mostly secure; which wait is said as not taught, and not as not achieved."""
    begun = [one for one in found if one.taught]
    if not begun:
        return []
    secure = sum(2 * len(one.secure) > len(one.taught) for one in begun)
    first = (
        f"{upper_first(where)}, {figure(len(begun))} of {count_of(len(found), 'statement')} of {inside(strand)} "
        f"{'has' if len(begun) == 1 else 'have'} been taught to somebody; of {'that' if len(begun) == 1 else 'those'}, "
        f"{figure(secure)} {'is' if secure == 1 else 'are'} secure for most of the pupils taught."
    )
    return [Finding("", " ".join([first, *_waiting(found), *_few(found)]))]


def _waiting(found: Sequence[InStatement]) -> Iterator[str]:
    if waits := sum(one.waits for one in found):
        verb = "has" if waits == 1 else "have"
        yield f"{figure(waits)} {verb} not been taught yet, which is not the same as not achieved."


def _few(found: Sequence[InStatement]) -> Iterator[str]:
    if max((len(one.counted) for one in found), default=0) < FEW:
        yield f"Fewer than {FEW} pupils are counted: read it with care."
