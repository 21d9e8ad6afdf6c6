"""One subject, and one test, at every point of the year that has begun: everybody in view, and pupil by pupil."""

from collections.abc import Iterator
from fractions import Fraction

from tests.oracle import sums
from tests.oracle.asking import Question
from tests.oracle.figures import Average, Exact, Foretold, Oracle, Who
from tests.oracle.rows import Mark, Rows
from tests.oracle.view import BANDS, NO_CLASS, View

# The ranges of the usual schemes, in words, and the score at which each begins.
RANGES = {
    "standardised": {"below": "under 85", "towards": "85 to 94", "expected": "95 to 115", "greater": "116 and above"},
    "scaled": {"below": "under 90", "towards": "90 to 99", "expected": "100 to 109", "greater": "110 and above"},
}
BEGINS = {
    "standardised": {"greater": 116, "expected": 95, "towards": 85, "below": 0},
    "scaled": {"greater": 110, "expected": 100, "towards": 90, "below": 0},
}
NO_MARK = "No mark that counts"


def band_of(mark: Mark) -> str:
    """Of a score the range it lies in, of a code what was stored with it."""
    if mark.score is None or mark.kind not in BEGINS:
        return mark.band
    return next(band for band, least in BEGINS[mark.kind].items() if mark.score >= least)


class AtPoint:
    """A point of the year: who is in view, and the marks of one assessment and subject of those who count if marked."""

    def __init__(self, rows: Rows, slot: int, question: Question, assessment: str) -> None:
        at = slot, question.subject, assessment
        held = {mark.pupil: mark for mark in rows.marks if (mark.slot, mark.subject, mark.assessment) == at}
        self.slot, self.name = slot, rows.points[slot]["name"]
        self.view = View(rows, slot, question.whose, frozenset(held))
        self.marks: dict[int, Mark] = {who: mark for who, mark in held.items() if who in self.view.inside}

    def in_band(self, band: str) -> frozenset[int]:
        return frozenset(pupil for pupil, mark in self.marks.items() if band_of(mark) == band)

    @property
    def counted(self) -> frozenset[int]:
        """Who has a score, or a code with a band."""
        return frozenset(pupil for pupil, mark in self.marks.items() if mark.band or mark.score is not None)

    def why_not(self, pupil: int) -> str:
        return self.view.why_not(pupil, self.marks.get(pupil))


def points_of(rows: Rows, question: Question, assessment: str) -> list[AtPoint]:
    """Those that had opened by the day looked at, or else the first."""
    begun = [slot for slot, row in rows.points.items() if row["opens_on"] <= rows.seen] or [1]
    return [AtPoint(rows, slot, question, assessment) for slot in begun]


def _class_of(year: list[AtPoint]) -> dict[int, str]:
    """Everybody in view at a point, in the class of the latest."""
    return {pupil: at.view.class_of(pupil) for at in year for pupil in at.view.people}


def single_subject(rows: Rows, question: Question) -> Oracle:
    """Whoever has no mark with a band is counted, as not assessed."""
    year = points_of(rows, question, rows.main)
    told = Oracle(people=frozenset(_class_of(year)), counted=frozenset().union(*(at.view.inside for at in year)))
    where: dict[tuple[int, str], list[str]] = {}
    for at in year:
        for pupil, why in at.view.outside.items():
            where.setdefault((pupil, why), []).append(at.name)
    told.out = {(pupil, ", ".join(names), why) for (pupil, why), names in where.items()}
    told.standing = {at.name: {pupil: _stands(at, pupil) for pupil in at.view.inside} for at in year}
    if any(mark.band for at in year for mark in at.marks.values()):
        for at in year:
            _everybody(told, at)
        for pupil, group in _class_of(year).items():
            told.say(group or NO_CLASS, f"pupil {pupil}", {at.name: _mark_at(at, pupil) for at in year})
    return told


def _stands(at: AtPoint, pupil: int) -> str:
    mark = at.marks.get(pupil)
    return BANDS[mark.band] if mark and mark.band else f"Not assessed: {at.why_not(pupil)}"


def _everybody(told: Oracle, at: AtPoint) -> None:
    inside, assessed = at.view.inside, frozenset().union(*(at.in_band(band) for band in BANDS))
    parts = {name: at.in_band(band) for band, name in BANDS.items()} | {"Not assessed": inside - assessed}
    cells: dict[str, Foretold] = {name: Who(who, inside) for name, who in parts.items()}
    cells["Expected or above"] = Who(at.in_band("expected") | at.in_band("greater"), inside)
    told.say("", at.name, cells | {"Everybody": Who(inside)}, len(inside))
    told.drawn["bar", at.name] = {name: len(who) for name, who in parts.items()}


def _mark_at(at: AtPoint, pupil: int) -> str:
    if pupil in at.marks:
        return f"{at.marks[pupil].code} {at.marks[pupil].band}".strip()
    return "–" if pupil in at.view.inside else "not counted" if pupil in at.view.outside else "not here"


def performance(rows: Rows, question: Question) -> Oracle:
    """Scores of one test: their mean, the ranges they fall in, and each pupil's by the range of the last."""
    [test] = [row for row in rows.tests if str(row["id"]) == question.chosen["assessment"]]
    year = points_of(rows, question, test["name"])
    if not any(at.marks for at in year):
        return Oracle()
    counted = frozenset().union(*(at.counted for at in year))
    told = Oracle(people=frozenset(_class_of(year)), counted=counted, out=_out(year))
    told.standing = {at.name: {pupil: _mark_or_why(at, pupil) for pupil in at.view.people} for at in year}
    kind = rows.schemes[test["scheme_id"]]
    for at in year:
        _scores(told, at, kind)
    for pupil, group in _class_of(year).items():
        marks = [at.marks.get(pupil) for at in year]
        cells: dict[str, Foretold] = {"Class": group, "Change, in points": _change(marks)}
        cells |= {"Percentile": _percentile(marks)} if kind == "standardised" else {}
        cells |= {
            at.name: f"{mark.code} {mark.band}".strip() if mark else "" for at, mark in zip(year, marks, strict=True)
        }
        told.say(_range_of(marks, kind), f"pupil {pupil}", cells)
    return told


def _mark_or_why(at: AtPoint, pupil: int) -> str:
    return at.marks[pupil].code if pupil in at.counted else f"Not counted: {at.why_not(pupil)}"


def _out(year: list[AtPoint]) -> set[tuple[int, str, str]]:
    where: dict[tuple[int, str], list[str]] = {}
    for at in year:
        for pupil in at.view.people - at.counted:
            where.setdefault((pupil, at.why_not(pupil)), []).append(at.name)
    return {(pupil, ", ".join(names), why) for (pupil, why), names in where.items()}


def _scores(told: Oracle, at: AtPoint, kind: str) -> None:
    counted, ranges = at.counted, RANGES.get(kind, {})
    scores = {pupil: Fraction(mark.score) for pupil, mark in at.marks.items() if mark.score is not None}
    cells: dict[str, Foretold] = {"Mean": Average(frozenset(scores), sums.average(list(scores.values())))}
    cells = cells if kind in RANGES else {"Mean": "no mean"}
    for band, name in BANDS.items():
        cells[f"{name}: {ranges[band]}" if ranges else name] = Who(at.in_band(band), counted)
    cells |= {"Counted": Who(counted), "Not counted": Who(at.view.people - counted)}
    told.say("", at.name, cells, len(counted))
    told.drawn["bar", at.name] = {name: len(at.in_band(band)) for band, name in BANDS.items()}


def _told(marks: list[Mark | None]) -> Iterator[Fraction]:
    yield from (Fraction(mark.score) for mark in marks if mark and mark.score is not None)


def _change(marks: list[Mark | None]) -> Foretold:
    scores = list(_told(marks))
    return Exact(scores[-1] - scores[0], sums.points(scores[-1] - scores[0])) if len(scores) > 1 else ""


def _percentile(marks: list[Mark | None]) -> Foretold:
    """How many of a hundred stand at or below the last score, on the curve that such tests are made by."""
    scores = list(_told(marks))
    if not scores:
        return ""
    below = sums.percentile(scores[-1])
    return Exact(below, str(below))


def _range_of(marks: list[Mark | None], kind: str) -> str:
    last = next((mark.band for mark in reversed(marks) if mark and mark.band), "")
    ranges = RANGES.get(kind, {})
    return f"{BANDS[last]}{f', {ranges[last]}' if ranges else ''}" if last else NO_MARK
