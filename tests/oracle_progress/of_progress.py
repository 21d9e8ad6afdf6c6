"""The progress matrix and progress between two points, predicted pupil by pupil from the rows."""

from tests.oracle_progress.record import Point
from tests.oracle_progress.results import RUNNING, TITLES, group_of, names_of, said_of, why_none
from tests.oracle_progress.view import Question, View, view, why_not_before
from tests.oracle_progress.walk import Line, Of, Told

BANDS = {"below": "Below", "towards": "Working towards", "expected": "Expected", "greater": "Greater depth"}
ORDER = list(BANDS)
WAYS = {"up": "Moved up", "same": "Stayed in the same band", "down": "Moved down"}
BESIDE = {
    "up": "In a higher band in the later",
    "same": "In the same band in both",
    "down": "In a lower band in the later",
}

# Where a pupil stands at one end: (step, why in none, year group judged against instead of the own, what was given).
type Stand = tuple[str, str, str, str]


def mark_at(asked: Question, pupil: int, point: Point, subject: int, missing: str, assessment: int = 0) -> Stand:
    """By the mark there; a code without a band says why it is not counted."""
    then = asked.then
    mark = then.marks.get((pupil, subject, point.id, assessment or then.main))
    if mark is None:
        return "", missing, "", ""
    if not mark["band"]:
        called = then.called(mark["code"]).lower()
        return "", f"Code {mark['code']}, {called}" if called else f"Code {mark['code']}", "", ""
    return mark["band"], "", f"Year {mark['of_year']}" if mark["of_year"] else "", mark["code"]


def start_of(asked: Question, seen: View, pupil: int, subject: int) -> Stand:
    """Where the pupil stood at the start that was chosen: a point, another assessment at one, or a result."""
    start = asked.choice("start")
    if start in TITLES:
        step, why = group_of(asked.then, start, pupil)
        if not step:
            return "", why or why_none(asked.then, start, pupil, asked.year), "", ""
        return step, "", "", said_of(asked.then, start, pupil)
    point = start_point(asked)
    of = int(start.split("-")[1]) if start.startswith("also") else 0
    return mark_at(asked, pupil, point, subject, why_not_before(seen, pupil, point), of)


def start_point(asked: Question) -> Point:
    year, slot = asked.choice("start").split("-")[-2:]
    return asked.then.point(int(year), int(slot))


def start_title(asked: Question) -> tuple[str, str]:
    """Of a reason, and inside a sentence."""
    start = asked.choice("start")
    if start in TITLES:
        return TITLES[start], RUNNING[start]
    title = start_point(asked).title
    if start.startswith("also"):
        name = next(one["name"] for one in asked.then.assessments if one["id"] == int(start.split("-")[1]))
        return f"{name}, {title}", f"{name}, {title}"
    return title, title


class Moves:
    """Everybody in view: in one `cells` (start, end), or `apart`, or `out` with end and reason."""

    def __init__(self, asked: Question, seen: View, subject: int) -> None:
        self.cells: dict[tuple[str, str], set[int]] = {}
        self.apart: dict[int, str] = {}
        self.out = {pupil: ("", why) for pupil, why in seen.outside.items()}
        self.standing = {pupil: f"Not counted: {why}" for pupil, why in seen.outside.items()}
        for pupil in seen.inside:
            later = mark_at(asked, pupil, asked.point, subject, seen.why_unmarked(pupil))
            self._sort(asked, pupil, start_of(asked, seen, pupil, subject), later)

    def _sort(self, asked: Question, pupil: int, earlier: Stand, later: Stand) -> None:
        ends = ((later, asked.point.title), (earlier, start_title(asked)[0]))
        lacking = [(at, stand[1]) for stand, at in ends if not stand[0]]
        if lacking:
            self.out[pupil] = lacking[0]
            self.standing[pupil] = "Not counted: {}: {}".format(*lacking[0])
            return
        names = names_of_start(asked)[earlier[0]], BANDS[later[0]].lower()
        against = "; ".join(f"Judged against {stand[2]} at {at}" for stand, at in ends if stand[2])
        self.standing[pupil] = f"{names[0]}, then {names[1]} ({earlier[3]}; {later[3]}){against and f'. {against}'}"
        if against:
            self.apart[pupil] = against
        else:
            self.cells.setdefault((earlier[0], later[0]), set()).add(pupil)

    @property
    def counted(self) -> frozenset[int]:
        return frozenset().union(*self.cells.values())

    def at(self, start: str, end: str) -> frozenset[int]:
        return frozenset(self.cells.get((start, end), ()))

    def started(self, start: str) -> frozenset[int]:
        return frozenset().union(*(self.at(start, end) for end in BANDS))

    def ended(self, end: str) -> frozenset[int]:
        return frozenset().union(*(pupils for (_, to), pupils in self.cells.items() if to == end))

    def went(self, way: str) -> frozenset[int]:
        return frozenset().union(*(pupils for ends, pupils in self.cells.items() if way_of(*ends) == way))


def way_of(start: str, end: str) -> str:
    """Up, down or the same band; no way from what is no band."""
    if start not in ORDER:
        return ""
    apart = ORDER.index(end) - ORDER.index(start)
    return "up" if apart > 0 else "down" if apart < 0 else "same"


def matrix(asked: Question) -> Told:
    seen = view(asked, asked.then.marked(asked.point, asked.subject).keys())
    moves, steps = Moves(asked, seen, asked.subject), names_of_start(asked)
    standing = {asked.then.subjects[asked.subject]: moves.standing}
    told = Told(people=seen.people, counted=moves.counted, out=_outs(moves), standing=standing)
    if moves.counted:
        told.tables["From band to band"] = _grid(asked, moves, steps)
        if steps.keys() == BANDS.keys():
            of_one = asked.choice("start").startswith("point")
            told.tables["Between the two"] = _ways(moves, WAYS if of_one else BESIDE)
        grid = {(steps[start], BANDS[end]): _drawn(moves, steps, start, end) for start in steps for end in BANDS}
        told.pictures.append(grid)
    return told


def _drawn(moves: Moves, steps: dict[str, str], start: str, end: str) -> tuple[int, int, str]:
    """How many, of how many who started there, and which way they went where both ends are bands."""
    way = way_of(start, end) if steps.keys() == BANDS.keys() else ""
    return len(moves.at(start, end)), len(moves.started(start)), way


def names_of_start(asked: Question) -> dict[str, str]:
    return names_of(asked.choice("start")) if asked.choice("start") in TITLES else BANDS


def _outs(moves: Moves) -> frozenset[tuple[int, str, str]]:
    apart = {(pupil, "", why) for pupil, why in moves.apart.items()}
    return frozenset(apart | {(pupil, where, why) for pupil, (where, why) in moves.out.items()})


def _grid(asked: Question, moves: Moves, steps: dict[str, str]) -> list[Line]:
    head, lines = f"From {start_title(asked)[1]}", []
    for start, name in steps.items():
        cells = {BANDS[end]: Of(moves.at(start, end), moves.started(start)) for end in BANDS}
        lines.append(Line({head: name, **cells, "All": Of(moves.started(start))}))
    sums = {BANDS[end]: Of(moves.ended(end), moves.counted) for end in BANDS}
    return [*lines, Line({head: "All", **sums, "All": Of(moves.counted)})]


def _ways(moves: Moves, words: dict[str, str]) -> list[Line]:
    lines = [Line({"Band": words[way], "Pupils": Of(moves.went(way), moves.counted)}) for way in words]
    apart = Line({"Band": "Judged against another year", "Pupils": Of(frozenset(moves.apart))})
    return [*lines, *([apart] if moves.apart else [])]


def between(asked: Question) -> Told:
    """Every subject somebody was marked in at one of the two points."""
    then = asked.then
    seen = view(asked, then.marked(asked.point).keys())
    told_of = {
        pk: Moves(asked, seen, pk)
        for pk in then.subjects
        if then.marked(asked.point, pk) or then.marked(start_point(asked), pk)
    }
    counted = frozenset().union(*(moves.counted for moves in told_of.values()))
    out = _outs_by_subject(asked, told_of or {next(iter(then.subjects)): Moves(asked, seen, next(iter(then.subjects)))})
    standing = {then.subjects[pk]: moves.standing for pk, moves in told_of.items()}
    told = Told(people=seen.people, counted=counted, out=out, standing=standing)
    if counted:
        told.tables["By subject"] = [_subject(then.subjects[pk], moves) for pk, moves in told_of.items()]
        told.pictures.append(
            {(then.subjects[pk], WAYS[way]): len(moves.went(way)) for pk, moves in told_of.items() for way in WAYS}
        )
    return told


def _subject(name: str, moves: Moves) -> Line:
    ways = {words: Of(moves.went(way), moves.counted) for way, words in WAYS.items()}
    rest = {
        "Counted": Of(moves.counted),
        "Judged against another year": Of(frozenset(moves.apart)),
        "Not counted": Of(frozenset(moves.out)),
    }
    return Line({"Subject": name, **ways, **rest})


def _outs_by_subject(asked: Question, told_of: dict[int, Moves]) -> frozenset[tuple[int, str, str]]:
    """One line for a pupil and reason, with the subjects it holds in."""
    where: dict[tuple[int, str], list[str]] = {}
    for pk, moves in told_of.items():
        reasons = {pupil: f"{end}: {why}" if end else why for pupil, (end, why) in moves.out.items()}
        for pupil, why in (reasons | moves.apart).items():
            where.setdefault((pupil, why), []).append(asked.then.subjects[pk])
    return frozenset(
        (pupil, "Every subject" if len(names) == len(told_of) else ", ".join(names), why)
        for (pupil, why), names in where.items()
    )
