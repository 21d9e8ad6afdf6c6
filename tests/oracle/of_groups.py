"""Group comparison: a subject, or the three together, by group, and each group's gap from the one of its kind that the
others are measured from."""

from fractions import Fraction

from tests.oracle import sums
from tests.oracle.asking import RWM, Question
from tests.oracle.figures import Exact, Foretold, Oracle, Shown, Who
from tests.oracle.of_attainment import divided, not_counted, within
from tests.oracle.rows import Rows
from tests.oracle.together import together
from tests.oracle.view import Standing, View

TITLES = {"expected": "Expected or above", "greater": "Greater depth"}
# Kind → the group the others are measured from, or who stands in for it where fewer than five of it are counted.
BASES = {
    "Sex": ("Boys",),
    "Disadvantage": ("No, or none recorded",),
    "Free school meals": ("No, or none recorded",),
    "SEN": ("No SEN", "None recorded"),
    "Looked after": ("No, or none recorded",),
    "Service child": ("No, or none recorded",),
    "First language": ("English",),
    "Term of birth": ("Autumn",),
    "Joined": ("At the usual time",),
}
NOT_KNOWN = ("Not known", "Not stated", "None recorded")
CROSSED = {
    "sen.disadvantage": ("SEN", "Disadvantage"),
    "sex.disadvantage": ("Sex", "Disadvantage"),
    "language.disadvantage": ("First language", "Disadvantage"),
    "sex.sen": ("Sex", "SEN"),
    "sex.born": ("Sex", "Term of birth"),
}
Parts = dict[str, frozenset[int]]


def one_subject(view: View, subject: str) -> Standing:
    return together(view) if subject == RWM else view.standing(subject)


def groups(rows: Rows, question: Question, shown: Shown | None = None) -> Oracle:
    """`shown` says of a figure whether a reader without names sees it: what is measured from rests on that alone."""
    view = question.view(rows)
    whole = one_subject(view, question.subject)
    out = {(pupil, whole.name, why) for pupil, why in whole.out.items()}
    told = Oracle(people=view.people, counted=whole.counted, out=out, standing={whole.name: whole.said})
    if not whole.counted:
        return told
    kinds = divided(view, question)
    classes = kinds.pop("Class", {})
    of = Compared(whole, question, shown)
    of.section(told, kinds, everybody=True)
    if question.chosen.get("crossed", "alone") != "alone":
        of.section(told, crossed(view, *CROSSED[question.chosen["crossed"]]))
    if classes:
        of.section(told, {"Class": classes})
    return told


def crossed(view: View, one: str, other: str) -> dict[str, Parts]:
    """The second kind within each group of the first."""
    first, second = (view.groups([kind], view.first)[kind] for kind in (one, other))
    found = {
        f"{other} ({words})": {also: who & members for also, members in second.items() if who & members}
        for words, who in first.items()
    }
    return {kind: parts for kind, parts in found.items() if parts}


class Compared:
    """Groups of one subject and measure, beside each other."""

    def __init__(self, whole: Standing, question: Question, shown: Shown | None) -> None:
        self.whole, self.question, self.shown = whole, question, shown
        self.measure = question.chosen.get("measure", "expected")
        self.title = TITLES[self.measure]

    def section(self, told: Oracle, kinds: dict[str, Parts], *, everybody: bool = False) -> None:
        bases = {kind: self._base(kind, parts) for kind, parts in kinds.items()}
        with_gap = any(bases.values())
        if everybody:
            told.say("", "Everybody", self._cells(self.whole, "" if with_gap else None))
        for kind, parts in kinds.items():
            for words, members in parts.items():
                one = within(self.whole, members)
                gap = self._gap(kind, words, parts, bases[kind])
                told.say(kind, words, self._cells(one, gap if with_gap else None), len(one.counted))
                share = len(one.reached(self.measure)), len(one.counted)
                told.drawn["dot", kind, words] = (*share, words == bases[kind])
        whole = len(self.whole.reached(self.measure)), len(self.whole.counted)
        told.drawn["line", *kinds] = whole

    def _cells(self, one: Standing, gap: Foretold | None) -> dict[str, Foretold]:
        reached = Who(one.reached(self.measure), one.counted)
        cells: dict[str, Foretold] = {self.title: reached, "Counted": Who(one.counted)}
        cells |= {} if gap is None else {"Gap in points": gap}
        return cells | not_counted(one, self.question)

    def _base(self, kind: str, parts: Parts) -> str:
        """The group the others of a kind are measured from, "" for none."""
        there = [words for words in BASES.get(kind.partition(" (")[0], ()) if words in parts]
        if self.shown is not None:
            told = [one for one in there if self.shown((kind, one, self.title)) and self.shown((kind, one, "Counted"))]
            return next(iter(told), "")
        enough = [words for words in there if len(self.whole.counted & parts[words]) >= 5]
        return next(iter(enough or there), "")

    def _gap(self, kind: str, words: str, parts: Parts, base: str) -> Foretold:
        if words == base:
            return "from here"
        own, other = self._share(parts[words]), self._share(parts[base]) if base else None
        unknown = words in NOT_KNOWN
        if own is None or other is None or unknown:
            return ""
        return Exact(100 * (own - other), sums.points(100 * (own - other)))

    def _share(self, members: frozenset[int]) -> Fraction | None:
        one = within(self.whole, members)
        return sums.share(len(one.reached(self.measure)), len(one.counted))
