"""What a transition says, in sentences ready to be pasted.

    moves(told, where="in Year 4", subject="Reading", ends=Ends("Summer 2, 2025/26", "Autumn 2, 2026/27"))
    → "In Year 4, of the 54 pupils with a mark in reading at Summer 2, 2025/26 and at Autumn 2, 2026/27, 41 stayed in
      the same band (76%), 9 moved up (17%) and 4 moved down (7%)."

Nothing is said of who learnt how much: a band is a place against what a year group expects, and staying in it is
keeping up.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from itrack.reports.rules.finding import FEW, Finding, Standing, in_brackets, inside, listed
from itrack.reports.rules.transition import DOWN, SAME, UP, Step, Transition
from itrack.ui.words import count_of, figure, upper_first

VERBS = {SAME: "stayed in the same band", UP: "moved up", DOWN: "moved down"}


@dataclass(frozen=True, slots=True)
class Ends:
    """The two marks as a sentence names them. `result`: the earlier one is not a mark of the same assessment."""

    start: str
    end: str
    result: bool = False

    def between(self, subject: str) -> str:
        if self.result:
            return f"with a result in {self.start} and a mark in {inside(subject)} at {self.end}"
        return f"with a mark in {inside(subject)} at {self.start} and at {self.end}"


def moves(told: Transition, *, where: str, subject: str, ends: Ends) -> list[Finding]:
    """What the grid says, and whom it leaves aside. Empty where nobody is counted."""
    counted = told.counted
    if not counted:
        return []
    said = _moved(told, ends.between(subject)) if told.ordered else _by_start(told, subject, ends)
    first = Finding("", f"{upper_first(where)}, {said}.")
    cautions = _cautions(told, counted)
    return [first, *([Finding("", cautions)] if cautions else [])]


def moved_words(moved: Mapping[str, frozenset[int]], whole: int) -> str:
    """ "41 stayed in the same band (76%), 9 moved up (17%) and 4 moved down (7%)"; of one or of all it is said so."""
    told = {way: len(moved[way]) for way in (SAME, UP, DOWN)}
    only = next((way for way, n in told.items() if n == whole), None)
    if only:
        return VERBS[only]
    return listed([_part(n, whole, VERBS[way]) for way, n in told.items()])


def _part(n: int, whole: int, verb: str) -> str:
    return f"{figure(n)} {verb}{in_brackets(Standing('', n, whole, whole))}" if n else f"none {verb}"


def _moved(told: Transition, between: str) -> str:
    whole = len(told.counted)
    if whole == 1:
        return f"the one pupil {between} {moved_words(told.moved, 1)}"
    words = moved_words(told.moved, whole)
    if words in VERBS.values():
        return f"{'both pupils' if whole == 2 else f'all {figure(whole)} pupils'} {between} {words}"
    return f"of the {figure(whole)} pupils {between}, {words}"


def _by_start(told: Transition, subject: str, ends: Ends) -> str:
    """The share at expected or above now, of those of each earlier result; the better result first."""
    secure = frozenset().union(*(told.column(step.code) for step in told.ends if step.secure))
    groups = [(step, told.row(step.code)) for step in reversed(told.starts)]
    said = [_of_group(step, pupils, pupils & secure) for step, pupils in groups if pupils]
    return f"at expected or above in {inside(subject)} at {ends.end} are, by {ends.start}: {'; '.join(said)}"


def _of_group(step: Step, pupils: frozenset[int], secure: frozenset[int]) -> str:
    whole, n = len(pupils), len(secure)
    share = in_brackets(Standing("", n, whole, whole))
    return f"{inside(step.name)}, {figure(n)} of {count_of(whole, 'pupil')}{share}"


def _cautions(told: Transition, counted: frozenset[int]) -> str:
    everybody = len(counted) + len(told.apart) + len(told.out)
    said = []
    if n := len(told.apart):
        verb = "is judged" if n == 1 else "are judged"
        stands = "stands apart" if n == 1 else "stand apart"
        said.append(f"{count_of(n, 'pupil')} {verb} against another year group and {stands}.")
    if n := len(told.out):
        verb = "is" if n == 1 else "are"
        said.append(f"{figure(n)} of {count_of(everybody, 'pupil')} in view {verb} not counted.")
    if len(counted) < FEW:
        said.append(f"Fewer than {FEW} pupils are counted: read it with care.")
    return " ".join(said)


def most(rows: Sequence[tuple[str, Transition]], way: str) -> str:
    """The subject in which the largest share moved that way, of those nearly everybody is counted in; "" for none."""
    fit = [(name, told) for name, told in rows if len(told.counted) >= FEW and told.moved[way]]
    if len(fit) < 2:
        return ""
    shares = {name: (len(told.moved[way]), len(told.counted)) for name, told in fit}
    best = max(shares, key=lambda name: shares[name][0] / shares[name][1])
    n, of = shares[best]
    alike = [name for name, (m, whole) in shares.items() if m * of == n * whole]
    return best if len(alike) == 1 else ""
