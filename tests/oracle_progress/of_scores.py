"""Two scores beside one another, and one subject from every side, predicted pupil by pupil from the rows."""

from fractions import Fraction
from statistics import median
from typing import Any

from tests.oracle_progress.groups import KINDS, group_of
from tests.oracle_progress.of_progress import ORDER
from tests.oracle_progress.record import Row, Then
from tests.oracle_progress.results import TITLES, names_of
from tests.oracle_progress.results import group_of as result_of
from tests.oracle_progress.view import Question, View, view, why_not_before
from tests.oracle_progress.walk import Line, Of, Told

LINES = {"standardised": Fraction(100), "scaled": Fraction(100), "phonics": Fraction(32)}
CHECKS = {"phonics": ("Phonics check", "PHO"), "tables": ("Multiplication tables check", "MTC")}
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
        self.coded = False
        if chosen in CHECKS:
            self._of_check(asked.then, seen, chosen)
        else:
            self._of_test(asked, seen, *map(int, chosen.split("-")[1:]))

    def _of_check(self, then: Then, seen: View, check: str) -> None:
        self.title, component = CHECKS[check]
        self.line = LINES.get(check)
        for pupil in seen.people:
            rows = [row for row in then.held("results", pupil) if row["component"] == component]
            said = max(rows, key=lambda row: row["year"])["result"] if rows else ""
            self._add(
                pupil, Fraction(said) if said.isdigit() else None, f"Code {said}" if said else "No result is recorded"
            )

    def _of_test(self, asked: Question, seen: View, test: int, year: int, slot: int) -> None:
        point, one = asked.then.point(year, slot), next(row for row in asked.then.assessments if row["id"] == test)
        self.title, self.line, self.coded = (
            f"{one['name']}, {point.title}",
            LINES.get(one["kind"]),
            one["kind"] == "relative",
        )
        marks = asked.then.marked(point, asked.subject, test)
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

    def divided_at(self, pupils: frozenset[int]) -> Fraction:
        return self.line or Fraction(median(self.scores[pupil] for pupil in pupils))


def scatter(asked: Question) -> Told:
    seen = view(asked)
    before, now = (Scale(asked, seen, asked.choice(name)) for name in ("before", "now"))
    refused = before.coded or now.coded
    both = frozenset() if refused else seen.inside & before.scores.keys() & now.scores.keys()
    out = {(pupil, "", why) for pupil, why in seen.outside.items()}
    for pupil in seen.inside - both:
        short = next((one for one in (now, before) if pupil in one.why), now)
        out.add((pupil, short.title, short.why.get(pupil, "No score")))
    told = Told(people=seen.people, counted=both, out=frozenset(out))
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


def side_by_side(asked: Question) -> Told:
    then, name = asked.then, asked.then.subjects[asked.subject]
    tests = [row for row in then.assessments if not row["subjects"] or asked.subject in row["subjects"]]
    marks = {row["id"]: then.marked(asked.point, asked.subject, row["id"]) for row in tests}
    seen = view(asked, set().union(*marks.values()))
    apart = {who: far for who in seen.inside if (far := _apart(who, list(marks.values()))) is not None}
    prior = {one: {who: result_of(then, one, who) for who in seen.inside} for one in _prior(name)}
    secure = {who: told for who in seen.inside if (told := _statements(then, who, name))}
    known = frozenset(
        who
        for who in seen.inside
        if who in secure or any(held[who][0] for held in prior.values()) or any(who in held for held in marks.values())
    )
    out = {(who, "", "Nothing is recorded of this subject yet") for who in seen.inside - known}
    told = Told(
        people=seen.people, counted=known, out=frozenset(out | {(who, "", why) for who, why in seen.outside.items()})
    )
    if known:
        told.tables["Judgement and test"] = _fits(apart)
        told.tables[f"{name}, side by side"] = [
            _beside(then, seen, who, tests, marks, prior, secure, apart) for who in _odd_first(then, seen, apart)
        ]
    return told


def _prior(name: str) -> list[str]:
    """The early years for all, phonics for reading, Key Stage 1 for what was judged there."""
    return [
        "gld",
        *(["phonics"] if name == "Reading" else []),
        *([one] if (one := f"ks1-{name.lower()}") in TITLES else []),
    ]


def _apart(who: int, marks: list[dict[int, Row]]) -> int | None:
    """How many bands the judgement is from the test farthest from it; None without both."""
    judged, *tested = [held[who]["band"] if who in held else "" for held in marks]
    far = [abs(ORDER.index(judged) - ORDER.index(band)) for band in tested if judged and band]
    return max(far, default=None)


def _statements(then: Then, who: int, name: str) -> tuple[int, int] | None:
    """(secure, taught) statements of the subject."""
    strands = {row["id"] for row in then.lists["strands"] if row["subject"] == name}
    of = {row["id"] for row in then.lists["statements"] if row["strand_id"] in strands}
    scale = {row["id"]: row for row in then.lists["scale"]}
    held = [scale[row["depth_id"]] for row in then.held("depths", who) if row["statement_id"] in of and row["depth_id"]]
    taught = [one for one in held if one["taught"]]
    return (sum(one["secure"] for one in taught), len(taught)) if taught else None


def _fits(apart: dict[int, int]) -> list[Line]:
    rows = (("In the same band", range(1)), ("One band apart", range(1, 2)), ("Two bands or more apart", range(2, 4)))
    return [
        Line(
            {
                "Judgement and test": words,
                "Pupils": Of(frozenset(w for w, far in apart.items() if far in by), frozenset(apart)),
            }
        )
        for words, by in rows
    ]


def _odd_first(then: Then, seen: View, apart: dict[int, int]) -> list[int]:
    return sorted(seen.inside, key=lambda who: (apart.get(who, 0) < 2, then.by_name(who)))


def _beside(
    then: Then,
    seen: View,
    who: int,
    tests: list[Row],
    marks: dict[int, dict[int, Row]],
    prior: dict[str, dict[int, tuple[str, str]]],
    secure: dict[int, tuple[int, int]],
    apart: dict[int, int],
) -> Line:
    cells: dict[str, Any] = {"Pupil": who, "Class": seen.classes[who][1]}
    for one, held in prior.items():
        group, why = held[who]
        cells[TITLES[one]] = names_of(one)[group] if group else f"nothing: {why}" if why else ""
    for test in tests:
        held_of = marks[test["id"]]
        if test is tests[0] or seen.inside & held_of.keys():
            mark = held_of.get(who)
            cells["Teacher" if test is tests[0] else test["name"]] = (mark["code"], mark["band"]) if mark else ""
    cells["Statements secure"] = "{} of {}".format(*secure[who]) if who in secure else ""
    far = apart.get(who)
    cells["Judgement and test"] = (
        "" if far is None else ("the same band", "1 band apart", "2 bands apart", "3 bands apart")[far]
    )
    odd = any(one >= 2 for one in apart.values())
    return Line(cells, "Look again: two bands or more apart" if (far or 0) >= 2 else "Everybody else" if odd else "")
