"""Two scores of each pupil beside one another: where they stand to a line on either scale, never a difference.

    told = quadrants(before, now)
    told[ABOVE, BELOW] → those at or above the line of the first score and below that of the second

The line is the score that a scale itself names, 100 of a standardised or scaled score and the standard of the phonics
check; a scale without one is divided at the middle score of those shown.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from itrack.curriculum.rules_schemes import BEARS, Kind, Sum
from itrack.reports.rules.finding import FEW, Finding, Standing, in_brackets
from itrack.ui.words import count_of, figure, upper_first

ABOVE, BELOW = "above", "below"
CORNERS = ((ABOVE, ABOVE), (BELOW, ABOVE), (ABOVE, BELOW), (BELOW, BELOW))
LINE_OF = {Kind.STANDARDISED: Fraction(100), Kind.SCALED: Fraction(100)}
NICE = (1, 2, 5, 10, 20, 25, 50, 100, 200)
TICKS = 6


@dataclass(frozen=True, slots=True)
class Scores:
    """The scores of one axis. `why` says of who has none the reason; `line` is None where the scale names none.

    `ordinal`: its marks are codes, which have no distances. `months`: scores are ages in months.
    """

    title: str
    running: str
    by_pupil: Mapping[int, Fraction]
    why: Mapping[int, str]
    line: Fraction | None = None
    ordinal: bool = False
    months: bool = False

    def shown(self, score: Fraction) -> str:
        """A score as it is written: an age as 7:03."""
        if self.months:
            return f"{int(score) // 12}:{int(score) % 12:02}"
        return f"{float(score):g}"


def is_ordinal(kind: Kind) -> bool:
    """Whether marks of this kind have an order and no distances."""
    return Sum.MEAN not in BEARS[kind]


@dataclass(frozen=True, slots=True)
class Axis:
    """The scores of those who have both, with the line and whether the scale named it."""

    scores: Scores
    line: Fraction
    named: bool

    def side(self, pupil: int) -> str:
        return ABOVE if self.scores.by_pupil[pupil] >= self.line else BELOW

    @property
    def line_words(self) -> str:
        return self.scores.shown(self.line)


def axis_of(scores: Scores, both: frozenset[int]) -> Axis:
    """`both` are the pupils with both scores, at least one."""
    if scores.line is not None:
        return Axis(scores, scores.line, named=True)
    return Axis(scores, middle([scores.by_pupil[pupil] for pupil in both]), named=False)


def middle(values: Sequence[Fraction]) -> Fraction:
    """The middle score; of an even number the mean of the two in the middle."""
    ranked, half = sorted(values), len(values) // 2
    return ranked[half] if len(ranked) % 2 else (ranked[half - 1] + ranked[half]) / 2


def quadrants(before: Axis, now: Axis, both: frozenset[int]) -> dict[tuple[str, str], frozenset[int]]:
    """The pupils of each corner, by (side before, side now)."""
    found: dict[tuple[str, str], set[int]] = {corner: set() for corner in CORNERS}
    for pupil in both:
        found[before.side(pupil), now.side(pupil)].add(pupil)
    return {corner: frozenset(pupils) for corner, pupils in found.items()}


def findings(told: Mapping[tuple[str, str], frozenset[int]], before: Axis, now: Axis, where: str) -> list[Finding]:
    """How many of each side of the first line are on which side of the second."""
    whole = sum(map(len, told.values()))
    if not whole:
        return []
    sides = [side for side in (ABOVE, BELOW) if told[side, ABOVE] or told[side, BELOW]]
    said = "; ".join(_of_side(told, side, before, now) for side in sides)
    first = f"{upper_first(where)}, {count_of(whole, 'pupil')} {'has' if whole == 1 else 'have'} both scores: {said}."
    few = [Finding("", f"Fewer than {FEW} pupils have both: read it with care.")] if whole < FEW else []
    return [Finding("", first), *few]


def _of_side(told: Mapping[tuple[str, str], frozenset[int]], side: str, before: Axis, now: Axis) -> str:
    n, of = len(told[side, ABOVE]), len(told[side, ABOVE]) + len(told[side, BELOW])
    at = f"at {before.line_words} or above" if side == ABOVE else f"below {before.line_words}"
    later = f"at {now.line_words} or above in {now.scores.running}"
    if of == 1:
        return f"the one {at} in {before.scores.running} {'is' if n else 'is not'} {later}"
    some = f"{figure(n)}{in_brackets(Standing('', n, of, of))}" if n else "none"
    return f"of the {figure(of)} {at} in {before.scores.running}, {some} {'is' if n < 2 else 'are'} {later}"


def ticks(values: Sequence[Fraction]) -> list[int]:
    """Whole numbers, evenly apart, the first at or below all values and the last at or above them; two at least."""
    low, high = int(min(values) // 1), -int(-max(values) // 1)
    step = next((step for step in NICE if (high - low) / step <= TICKS - 1), NICE[-1])
    first, last = low // step, -(-high // step)
    return [step * place for place in range(first, max(last, first + 1) + 1)]
