"""What a transition says, in sentences ready to be pasted.

    moves(told, where="in Year 4", subject="Reading", ends=Ends("Summer 2, 2025/26", "Autumn 2, 2026/27"))
    → "In Year 4, of the 54 pupils with a mark in reading at Summer 2, 2025/26 and at Autumn 2, 2026/27, 41 stayed in
      the same band (76%), 9 moved up (17%) and 4 moved down (7%)."

Nothing is said of who learnt how much: a band is a place against what a year group expects, and staying in it is
keeping up.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from itrack.reports.rules.finding import FEW, Finding, Standing, in_brackets, inside, is_enough, listed
from itrack.reports.rules.transition import DOWN, SAME, UP, Stand, Step, Transition
from itrack.ui.words import count_of, figure, upper_first

KEEPING_UP = (
    "A band says where a pupil stands against what their year group expects. To stay in it is to have kept up with a "
    "year that expects more; it is not standing still, and it does not say how much was learnt."
)
UNLIKE = "The two marks are of unlike scales ({}). Pupils are counted by band, and no mark is taken from the other."
AGAINST_ANOTHER = (
    "Pupils judged against another year group’s expectations, at either end, stand apart: their band is not that of "
    "their own year, so they are in no cell of the grid."
)
TWO_ASSESSMENTS = (
    "These are two different assessments. To be in the same band in both says that they agree; it is no measure of "
    "progress by itself."
)
VERBS = {SAME: "stayed in the same band", UP: "moved up", DOWN: "moved down"}
# Of two different assessments nobody has moved: they only stand in bands of the same name, or not.
BESIDE = {SAME: "{} in the same band", UP: "{} in a higher band in the later one", DOWN: "{} in a lower one"}


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
    verbs = BESIDE if ends.result else VERBS
    said = said_of(told.moved, ends.between(subject), verbs) if told.ordered else _by_start(told, subject, ends)
    first = Finding("", f"{upper_first(where)}, {said}.")
    cautions = _cautions(told, counted)
    return [first, *([Finding("", cautions)] if cautions else [])]


def _verb(verb: str, n: int) -> str:
    return verb.format("is" if n < 2 else "are")


def moved_words(moved: Mapping[str, frozenset[int]], whole: int, verbs: Mapping[str, str] = VERBS) -> str:
    """ "41 stayed in the same band (76%), 9 moved up (17%) and 4 moved down (7%)"; of one or of all it is said so."""
    told = {way: len(moved[way]) for way in (SAME, UP, DOWN)}
    if whole in told.values():
        return next(_verb(verbs[way], n) for way, n in told.items() if n == whole)
    return listed([_part(n, whole, _verb(verbs[way], n)) for way, n in told.items()])


def _part(n: int, whole: int, verb: str) -> str:
    return f"{figure(n)} {verb}{in_brackets(Standing('', n, whole, whole))}" if n else f"none {verb}"


def said_of(moved: Mapping[str, frozenset[int]], between: str, verbs: Mapping[str, str] = VERBS) -> str:
    """ "of the 54 pupils with both marks, 41 stayed …", "all 6 pupils with both marks moved up"; `between` says who."""
    whole = sum(map(len, moved.values()))
    words = moved_words(moved, whole, verbs)
    if whole == 1:
        return f"the one pupil {between} {words}"
    if whole in map(len, moved.values()):
        return f"{'both pupils' if whole == 2 else f'all {figure(whole)} pupils'} {between} {words}"
    return f"of the {figure(whole)} pupils {between}, {words}"


def _by_start(told: Transition, subject: str, ends: Ends) -> str:
    """The share at expected or above now, of those of each earlier result; the better result first."""
    secure = frozenset().union(*(told.column(step.code) for step in told.ends if step.secure))
    groups = [(step, told.row(step.code)) for step in reversed(told.starts)]
    now = f"at expected or above in {inside(subject)} at {ends.end}"
    first, *rest = [_of_group(step, len(pupils), len(pupils & secure)) for step, pupils in groups if pupils]
    said = [f"{first[0]} in {ends.start}{first[1]} {now}{first[2]}", *("".join(one) for one in rest)]
    return "; ".join(said)


def _of_group(step: Step, whole: int, n: int) -> tuple[str, str, str]:
    """ "of the 24 pupils with “met”", ", 19 are", " (79%)": between and after them stands what all groups share."""
    name = f"with “{inside(step.name)}”"
    if whole == 1:
        return f"the one pupil {name}", " is" if n else " is not", ""
    share = in_brackets(Standing("", n, whole, whole)) if n else ""
    return (
        f"of the {count_of(whole, 'pupil')} {name}",
        f", {figure(n) if n else 'none'} {'is' if n < 2 else 'are'}",
        share,
    )


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


def by_subject(rows: Sequence[tuple[str, Transition]], *, where: str, ends: Ends) -> list[Finding]:
    """In which subject the largest share moved up and down; of one subject alone, what the grid says of it.

    Subjects are compared only where nearly as many pupils are counted as in the subject with the most.
    """
    marked = [(name, told) for name, told in rows if told.counted]
    most = max((len(told.counted) for _, told in marked), default=0)
    fit = [(name, told) for name, told in marked if is_enough(_standing(name, told, SAME, most))]
    if len(fit) < 2:
        name, told = (fit or [max(marked, key=lambda row: len(row[1].counted))])[0]
        return moves(told, where=where, subject=name, ends=ends)
    said = f"{_most(fit, DOWN)}, and {_most(fit, UP)}"
    left = [inside(name) for name, told in marked if (name, told) not in fit]
    caution = f"Not compared, because too few pupils are counted: {listed(left)}." if left else ""
    first = Finding("", f"{upper_first(where)}, from {ends.start} to {ends.end}, {said}.")
    return [first, *([Finding("", caution)] if caution else [])]


def _standing(name: str, told: Transition, way: str, of: int = 0) -> Standing:
    return Standing(name, len(told.moved[way]), len(told.counted), of)


def _most(fit: Sequence[tuple[str, Transition]], way: str) -> str:
    """ "the largest share moved down in maths, 9 of 52 (17%)"; of several level ones all are named."""
    rows = [_standing(name, told, way) for name, told in fit]
    top = max(rows, key=lambda row: Fraction(row.secure, row.counted))
    if not top.secure:
        return f"nobody {VERBS[way]}"
    level = [row for row in rows if row.secure * top.counted == top.secure * row.counted]
    if len(level) > 1:
        told = [f"{inside(row.subject)} ({figure(row.secure)} of {figure(row.counted)})" for row in level]
        return f"the largest share {VERBS[way]} in {listed(told)} alike"
    share = in_brackets(top)
    return (
        f"the largest share {VERBS[way]} in {inside(top.subject)}, {figure(top.secure)} of {figure(top.counted)}{share}"
    )


def standing_of(told: Transition, starts: Mapping[int, Stand], finals: Mapping[int, Stand]) -> dict[int, str]:
    """Of each pupil "Working towards, then expected (W; E)"; of who is in no cell the reason."""
    names, later = ({step.code: step.name for step in steps} for steps in (told.starts, told.ends))
    said = {pupil: f"Not counted: {f'{end}: ' if end else ''}{why}" for pupil, (end, why) in told.out.items()}
    for pupil in (*told.counted, *told.apart):
        one, two = starts[pupil], finals[pupil]
        against = f". {told.apart[pupil]}" if pupil in told.apart else ""
        said[pupil] = f"{names[one.place]}, then {inside(later[two.place])} ({one.said}; {two.said}){against}"
    return said
