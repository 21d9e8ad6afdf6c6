"""How far the marks of a point have come, in a sentence."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from itrack.reports.rules.finding import Finding, listed
from itrack.ui.words import count_of, figure, percent

ENTERED_NAMES: Final = "subjects entered"


@dataclass(frozen=True, slots=True)
class InClass:
    name: str
    done: int
    expected: int

    @property
    def share(self) -> Fraction | None:
        return Fraction(self.done, self.expected) if self.expected else None


def told(classes: Sequence[InClass], point: str) -> list[Finding]:
    """ "1,204 of 1,680 marks of Autumn 2 are entered (72%). 4A and 5C have not started." """
    done, expected = sum(one.done for one in classes), sum(one.expected for one in classes)
    if not expected:
        return []
    waiting = [one.name for one in classes if one.expected and not one.done]
    verb = "is" if done == 1 else "are"
    said = f"{figure(done)} of {count_of(expected, 'mark')} of {point} {verb} entered ({percent(done, expected)})."
    if waiting:
        said += f" {listed(waiting)} {'has' if len(waiting) == 1 else 'have'} not started."
    return [Finding("", said)]
