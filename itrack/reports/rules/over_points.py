"""How one subject stands over the points of a year, everybody counted, in a sentence or two.

told("Reading", "in Year 4", [At("Autumn 1", 38, 5, 58), At("Autumn 2", 41, 3, 58)])
→ "In Year 4, 41 of 58 pupils are at expected or above in reading at Autumn 2 (71%); 3 are not assessed. At Autumn 1
  it was 38 of 58 (66%), with 5 not assessed."
"""

from collections.abc import Sequence
from dataclasses import dataclass

from itrack.reports.rules.finding import FEW, Finding, in_brackets, inside, listed
from itrack.reports.rules.finding import Standing as Share
from itrack.ui.words import count_of, figure, upper_first


@dataclass(frozen=True, slots=True)
class At:
    """A point: how many are at expected or above, how many are not assessed, and how many there are."""

    point: str
    secure: int
    unassessed: int
    everybody: int

    @property
    def assessed(self) -> int:
        return self.everybody - self.unassessed

    @property
    def share(self) -> str:
        return in_brackets(Share("", self.secure, self.everybody, self.everybody))


def told(subject: str, where: str, points: Sequence[At]) -> list[Finding]:
    """Of the last point at which somebody is assessed, and of those before; empty when nobody is at any."""
    held = [one for one in points if one.assessed]
    if not held:
        return []
    last, before = held[-1], held[:-1]
    said = [f"{upper_first(where)}, {_now(last, subject)}", _waiting(points, last, subject), _then(before)]
    if last.everybody < FEW:
        said.append(f"Fewer than {FEW} pupils are in view: read it with care.")
    return [Finding("", " ".join(words for words in said if words))]


def _now(one: At, subject: str) -> str:
    verb = "is" if one.secure < 2 else "are"
    who = f"{figure(one.secure) if one.secure else 'none'} of {count_of(one.everybody, 'pupil')}"
    missing = f"; {_not_assessed(one.unassessed)}" if one.unassessed else ""
    return f"{who} {verb} at expected or above in {inside(subject)} at {one.point}{one.share}{missing}."


def _not_assessed(many: int) -> str:
    return f"{figure(many)} {'is' if many == 1 else 'are'} not assessed"


def _waiting(points: Sequence[At], last: At, subject: str) -> str:
    """Points that have opened since, with nobody assessed yet."""
    after = [one.point for one in points if not one.assessed and points.index(one) > points.index(last)]
    return f"Nobody is assessed in {inside(subject)} at {listed(after)} yet." if after else ""


def _then(before: Sequence[At]) -> str:
    said = [
        f"At {one.point} it was {figure(one.secure)} of {figure(one.everybody)}{one.share}{_with(one)}."
        for one in before
    ]
    return " ".join(said)


def _with(one: At) -> str:
    return f", with {figure(one.unassessed)} not assessed" if one.unassessed else ""
