"""One subject from every side, predicted pupil by pupil from the rows: results, judgement, tests and statements."""

from typing import Any

from tests.oracle_progress.of_progress import ORDER
from tests.oracle_progress.record import Row, Then
from tests.oracle_progress.results import TITLES, group_of, names_of
from tests.oracle_progress.view import Question, view
from tests.oracle_progress.walk import Line, Of, Told

APART = ("the same band", "1 band apart", "2 bands apart", "3 bands apart")


class Sides:
    """What is known of everybody in view: `marks` of the teacher and of each test, by assessment, the teacher first."""

    def __init__(self, asked: Question) -> None:
        self.then, self.name = asked.then, asked.then.subjects[asked.subject]
        self.tests = [row for row in self.then.assessments if not row["subjects"] or asked.subject in row["subjects"]]
        self.marks = {row["id"]: self.then.marked(asked.point, asked.subject, row["id"]) for row in self.tests}
        self.seen = view(asked, set().union(*self.marks.values()))
        here, held = self.seen.inside, list(self.marks.values())
        self.apart = {who: far for who in here if (far := _apart(who, held)) is not None}
        self.prior = {one: {who: group_of(self.then, one, who) for who in here} for one in _prior(self.name)}
        self.secure = {who: told for who in here if (told := _statements(self.then, who, self.name))}

    def is_known(self, who: int) -> bool:
        """Whether anything at all is known of the pupil here."""
        before = any(groups[who][0] for groups in self.prior.values())
        return before or who in self.secure or any(who in held for held in self.marks.values())

    def said(self, who: int) -> str:
        """The marks of the point side by side, and how far they are apart."""
        marks = [
            f"{test['name']} {held[who]['code']}" for test in self.tests if who in (held := self.marks[test["id"]])
        ]
        return ", ".join([*marks, *([APART[self.apart[who]]] if who in self.apart else [])])

    def is_odd(self, who: int) -> bool:
        return self.apart.get(who, 0) >= 2


def side_by_side(asked: Question) -> Told:
    sides = Sides(asked)
    seen = sides.seen
    known = frozenset(filter(sides.is_known, seen.inside))
    out = {(who, "", "Nothing is recorded of this subject yet") for who in seen.inside - known}
    standing = {sides.name: {who: sides.said(who) for who in seen.inside}}
    told = Told(people=seen.people, counted=known, out=frozenset(out) | seen.outs, standing=standing)
    if known:
        order = sorted(seen.inside, key=lambda who: (not sides.is_odd(who), sides.then.by_name(who)))
        told.tables["Judgement and test"] = _fits(sides.apart)
        told.tables[f"{sides.name}, side by side"] = [_beside(sides, who) for who in order]
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


def _beside(sides: Sides, who: int) -> Line:
    cells: dict[str, Any] = {"Pupil": who, "Class": sides.seen.classes[who][1]}
    for one, held in sides.prior.items():
        group, why = held[who]
        cells[TITLES[one]] = names_of(one)[group] if group else f"nothing: {why}" if why else ""
    teacher, *tests = sides.tests
    taken = {"Teacher": teacher} | {
        test["name"]: test for test in tests if sides.seen.inside & sides.marks[test["id"]].keys()
    }
    for title, test in taken.items():
        mark = sides.marks[test["id"]].get(who)
        cells[title] = (mark["code"], mark["band"]) if mark else ""
    cells["Statements secure"] = "{} of {}".format(*sides.secure[who]) if who in sides.secure else ""
    cells["Judgement and test"] = APART[sides.apart[who]] if who in sides.apart else ""
    rest = "Everybody else" if any(map(sides.is_odd, sides.apart)) else ""
    return Line(cells, "Look again: two bands or more apart" if sides.is_odd(who) else rest)
