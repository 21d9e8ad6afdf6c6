"""Two scores beside one another, predicted pupil by pupil from the rows."""

from fractions import Fraction
from statistics import median
from typing import Any

from tests.oracle_progress.groups import KINDS, group_of
from tests.oracle_progress.record import Then
from tests.oracle_progress.view import Question, View, view, why_not_before
from tests.oracle_progress.walk import Line, Of, Told

LINES = {"standardised": Fraction(100), "scaled": Fraction(100)}
# What is tested nationally: its title, the rows it is, and the line that meets its standard, if there is one.
CHECKS = {
    "phonics": ("Phonics check", ("KS1", "TT", "PHO"), Fraction(32)),
    "tables": ("Multiplication tables check", ("KS2", "TT", "MTC"), None),
    "ks1-reading-scaled": ("Key Stage 1 reading test", ("KS1", "TT", "REA"), Fraction(100)),
    "ks1-maths-scaled": ("Key Stage 1 maths test", ("KS1", "TT", "SUB"), Fraction(100)),
    "reading-scaled": ("Key Stage 2 reading test", ("KS2", "TT", "REA"), Fraction(100)),
    "maths-scaled": ("Key Stage 2 maths test", ("KS2", "TT", "SUB"), Fraction(100)),
}
KEY = ("stage", "method", "component")
CORNERS = {
    (True, True): "At or above both lines",
    (False, True): "Below the line before, at or above it now",
    (True, False): "At or above the line before, below it now",
    (False, False): "Below both lines",
}


class Scale:
    """One of the two scores: who has which, why the others have none, and the line that divides it, if it names one."""

    def __init__(self, asked: Question, seen: View, chosen: str) -> None:
        self.scores: dict[int, Fraction] = {}
        self.why: dict[int, str] = {}
        self.coded = self.ages = False
        if chosen in CHECKS:
            self._of_check(asked.then, seen, chosen)
        else:
            self._of_test(asked, seen, *map(int, chosen.split("-")[1:]))

    def _of_check(self, then: Then, seen: View, check: str) -> None:
        self.title, key, self.line = CHECKS[check]
        for pupil in seen.people:
            rows = [row for row in then.held("results", pupil) if tuple(row[one] for one in KEY) == key]
            said = max(rows, key=lambda row: row["year"])["result"] if rows else ""
            why = f"Code {said}" if said else "No result is recorded"
            self._add(pupil, Fraction(said) if said.isdigit() else None, why)

    def _of_test(self, asked: Question, seen: View, test: int, year: int, slot: int) -> None:
        """Scores of two kinds of scheme at one point are of no scale, and codes of none either."""
        then, point = asked.then, asked.then.point(year, slot)
        one = next(row for row in then.assessments if row["id"] == test)
        marks = then.marked(point, asked.subject, test)
        kinds = {then.kinds[row["scheme_id"]] for row in marks.values() if row["score"] is not None} or {one["kind"]}
        self.title, self.coded = f"{one['name']}, {point.title}", kinds == {"relative"} or len(kinds) > 1
        self.line, self.ages = LINES.get(min(kinds)), kinds == {"age"}
        for pupil in seen.people:
            mark = marks.get(pupil)
            missing = seen.why_unmarked(pupil) if point == asked.point else why_not_before(seen, pupil, point)
            score = mark["score"] if mark else None
            self._add(pupil, None if score is None else Fraction(score), f"Code {mark['code']}" if mark else missing)

    def _add(self, pupil: int, score: Fraction | None, why: str) -> None:
        if score is None:
            self.why[pupil] = why
        else:
            self.scores[pupil] = score

    def written(self, pupil: int) -> str:
        """An age in years and months, any other score as a number."""
        score = self.scores[pupil]
        return f"{int(score) // 12}:{int(score) % 12:02}" if self.ages else f"{float(score):g}"

    def divided_at(self, pupils: frozenset[int]) -> Fraction:
        return self.line or Fraction(median(self.scores[pupil] for pupil in pupils))


def scatter(asked: Question) -> Told:
    seen = view(asked)
    before, now = (Scale(asked, seen, asked.choice(name)) for name in ("before", "now"))
    refused = before.coded or now.coded
    both = frozenset() if refused else seen.inside & before.scores.keys() & now.scores.keys()
    out = set(seen.outs)
    for pupil in seen.inside - both:
        short = next((one for one in (now, before) if pupil in one.why), now)
        out.add((pupil, short.title, short.why.get(pupil, "No score")))
    said = {who: "; ".join(f"{one.title}: {one.written(who)}" for one in (before, now)) for who in both}
    told = Told(people=seen.people, counted=both, out=frozenset(out), standing={"all": said} if both else {})
    if both:
        told.tables["Beside the lines"] = _corners(asked, seen, before, now, both)
        told.pictures.append(_dots(asked, seen, before, now, both))
    return told


def _parts(asked: Question, seen: View, both: frozenset[int]) -> dict[str, frozenset[int]]:
    """Everybody, then each group that somebody with both scores is in."""
    kind = asked.choice("by")
    groups = {} if kind == "none" else KINDS[kind][1]
    told = {
        words: frozenset(who for who in both if group_of(asked.then, kind, who, seen.first) == code)
        for code, words in groups.items()
    }
    return {"All": both} | {words: pupils for words, pupils in told.items() if pupils}


def _corners(asked: Question, seen: View, before: Scale, now: Scale, both: frozenset[int]) -> list[Line]:
    parts, ends = _parts(asked, seen, both), [(one, one.divided_at(both)) for one in (before, now)]
    at = {who: tuple(one.scores[who] >= line for one, line in ends) for who in both}
    rows = [
        Line(
            {"Where they stand": words}
            | {name: Of(frozenset(w for w in pupils if at[w] == corner), pupils) for name, pupils in parts.items()}
        )
        for corner, words in CORNERS.items()
    ]
    return [
        *rows,
        Line({"Where they stand": "With both scores"} | {name: Of(pupils) for name, pupils in parts.items()}),
    ]


def _dots(asked: Question, seen: View, before: Scale, now: Scale, both: frozenset[int]) -> dict[tuple[str, ...], Any]:
    """A dot a pupil, from the left and from below, those of one place by the order of their groups."""
    groups = [name for name in _parts(asked, seen, both) if name != "All"]
    of = {who: name for name, pupils in _parts(asked, seen, both).items() if name != "All" for who in pupils}
    dots = sorted((before.scores[who], now.scores[who], groups.index(of[who]) if groups else 0) for who in both)
    told = {
        ("dot", f"{at}"): (across, up, groups[group] if groups else "") for at, (across, up, group) in enumerate(dots)
    }
    return told | {("line", "across"): before.divided_at(both), ("line", "up"): now.divided_at(both)}
