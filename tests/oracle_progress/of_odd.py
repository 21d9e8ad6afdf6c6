"""Marks that look odd, predicted mark by mark from the rows."""

from collections.abc import Iterator
from itertools import pairwise

from tests.oracle_progress.of_progress import BANDS, ORDER
from tests.oracle_progress.record import Point, Row, Then, in_words
from tests.oracle_progress.view import Question
from tests.oracle_progress.walk import Line, Of, Told

SORTS = {
    "jump": "Jumps",
    "gap": "Gaps",
    "apart": "Judgement and test apart",
    "unread": "Not in the scheme",
    "away": "Not on the roll",
}
SAID_FIRST = ("unread", "away", "jump", "gap", "apart")  # of one mark
FAR = {"standardised": 15, "scaled": 15, "percentage": 30}

type Odd = tuple[str, int, Point, int, int, str]  # sort, pupil, point, subject, assessment, what is odd


class Series:
    """The marks of the year asked about and of those beside it, each pupil's of a subject and assessment in a row.

    Of the pupils this reader sees, so that "others were assessed" says nothing of another teacher's class.
    """

    def __init__(self, asked: Question) -> None:
        self.then, self.year = asked.then, asked.year
        self.points = [one for one in self.then.points if abs(one.year - asked.year) <= 1]
        self.rows: dict[tuple[int, int, int], list[tuple[Point, Row]]] = {}
        for point in self.points:
            for mark in self.then.facts["marks"]:
                if mark["point_id"] == point.id and is_seen(asked, mark["pupil_id"]):
                    of = mark["pupil_id"], mark["subject_id"], mark["assessment_id"]
                    self.rows.setdefault(of, []).append((point, mark))

    def title(self, point: Point) -> str:
        return point.name if point.year == self.year else point.title

    def name(self, assessment: int) -> str:
        return next(one["name"] for one in self.then.assessments if one["id"] == assessment)

    def here(self, pupil: int, point: Point, *, throughout: bool = False) -> bool:
        """On roll on some day of the point, or on every one."""
        spells = [(row["starts"], row["ends"] or point.closes) for row in self.then.held("spells", pupil)]
        if throughout:
            return any(starts <= point.opens and ends >= point.closes for starts, ends in spells)
        return any(starts <= point.closes and ends >= point.opens for starts, ends in spells)


def found(series: Series) -> Iterator[Odd]:
    for (pupil, subject, assessment), row in series.rows.items():
        for sort, rule in RULES:
            for point, what in rule(series, pupil, subject, assessment, row):
                if point.year == series.year:
                    yield sort, pupil, point, subject, assessment, what


type Marks = list[tuple[Point, Row]]
type Whats = Iterator[tuple[Point, str]]


def _jumps(series: Series, pupil: int, subject: int, assessment: int, row: Marks) -> Whats:
    """Two bands from one mark to the next, or as many points of one scheme as chance seldom makes."""
    told = [(at, mark) for at, mark in row if mark["confirmed"] and (mark["band"] or mark["score"] is not None)]
    for (first, before), (last, after) in pairwise(told):
        words = _bands(before, after) or _points(before, after, FAR.get(series.then.kinds[after["scheme_id"]], 1000))
        if words:
            yield last, f"{before['code']} at {series.title(first)}, {after['code']} at {series.title(last)}: {words}."


def _bands(before: Row, after: Row) -> str:
    if not before["band"] or not after["band"]:
        return ""
    apart = ORDER.index(after["band"]) - ORDER.index(before["band"])
    return f"{('two', 'three')[abs(apart) - 2]} bands {'up' if apart > 0 else 'down'}" if abs(apart) >= 2 else ""


def _points(before: Row, after: Row, far: int) -> str:
    if before["score"] is None or after["score"] is None or before["scheme_id"] != after["scheme_id"]:
        return ""
    apart = after["score"] - before["score"]
    return f"{abs(apart):.0f} points {'up' if apart > 0 else 'down'}" if abs(apart) >= far else ""


def _gaps(series: Series, pupil: int, subject: int, assessment: int, row: Marks) -> Whats:
    """No mark between two, where others were assessed and the pupil was here all the time."""
    for (first, _), (last, _) in pairwise(row):
        for point in series.points[series.points.index(first) + 1 : series.points.index(last)]:
            others = any(point in dict_of(held) for of, held in series.rows.items() if of[1:] == (subject, assessment))
            if others and series.here(pupil, point, throughout=True):
                yield point, f"No mark at {series.title(point)}, though there is one before and one after."


def dict_of(row: Marks) -> dict[Point, Row]:
    return dict(row)


def _apart(series: Series, pupil: int, subject: int, assessment: int, row: Marks) -> Whats:
    """A test two bands or more from the judgement of the same point."""
    main = series.then.main
    judged = dict_of(series.rows.get((pupil, subject, main), []))
    for point, mark in row if assessment != main else []:
        said = judged.get(point)
        if said and said["confirmed"] and mark["confirmed"] and mark["score"] is not None and _bands(said, mark):
            bands = [BANDS[one["band"]].lower() for one in (said, mark)]
            test = series.name(assessment)
            yield (
                point,
                f"Judged {said['code']} ({bands[0]}) at {series.title(point)}, {test} {mark['code']} ({bands[1]}).",
            )


def _unread(series: Series, pupil: int, subject: int, assessment: int, row: Marks) -> Whats:
    """A mark given by another version of the scheme, that the one of today has no such mark or score of."""
    [one] = [one for one in series.then.assessments if one["id"] == assessment]
    codes = {held["code"] for held in series.then.lists["options"] if held["scheme_id"] == one["scheme_id"]}
    for point, mark in row:
        code = mark["code"]
        within = code.isdigit() and 80 <= int(code) <= 120  # percentages are read as scaled scores now, and only those
        if mark["scheme_id"] != one["scheme_id"] and code not in codes and not within:
            yield point, f"{code} is no mark of {one['name']} as it is marked now."


def _away(series: Series, pupil: int, subject: int, assessment: int, row: Marks) -> Whats:
    for point, mark in row:
        if not series.here(pupil, point):
            yield (
                point,
                f"{mark['code']} at {series.title(point)}, but the pupil {_why_away(series.then, pupil, point)}.",
            )


def _why_away(then: Then, pupil: int, point: Point) -> str:
    came = [row["starts"] for row in then.held("spells", pupil) if row["starts"] > point.closes]
    left = [row["ends"] for row in then.held("spells", pupil) if row["ends"] and row["ends"] < point.opens]
    if left:
        return f"left on {in_words(max(left))}"
    return f"joined on {in_words(min(came))}" if came else "was never on the roll"


RULES = (("jump", _jumps), ("gap", _gaps), ("apart", _apart), ("unread", _unread), ("away", _away))


def odd_values(asked: Question) -> Told:
    """Of today, whoever has a mark, also those who have left; for a teacher those of the own class."""
    then, series, chosen = asked.then, Series(asked), asked.choice("sort")
    odd = [one for one in found(series) if chosen in ("all", one[0])]
    people = frozenset(one[1] for one in odd)
    told = Told(people=people, counted=people)
    if odd:
        odd.sort(
            key=lambda one: (list(SORTS).index(one[0]), ", ".join(then.name(one[1])), one[1], _latest(series, one))
        )
        sorts = [sort for sort in SORTS if any(one[0] == sort for one in odd)]
        told.standing[""] = {who: _said(series, odd, who) for who in people}
        told.tables["What is odd"] = [_of_sort(sort, [one for one in odd if one[0] == sort]) for sort in sorts]
        told.tables["Mark by mark"] = [_line(series, one) for one in odd]
    return told


def is_seen(asked: Question, pupil: int) -> bool:
    return asked.reader == "hana" or class_today(asked.then, pupil)[0] == asked.own


def class_today(then: Then, pupil: int) -> tuple[int, str]:
    return then.class_on(pupil, then.seen, 2026) if then.since(pupil, then.seen) else (0, "")


def _latest(series: Series, odd: Odd) -> tuple[int, ...]:
    """The latest point first; of one subject the judgement before the tests."""
    order = [one["id"] for one in series.then.assessments]
    _, _, point, subject, assessment, _ = odd
    return -point.year, -point.slot, subject, order.index(assessment)


def _of_sort(sort: str, odd: list[Odd]) -> Line:
    return Line({"What": SORTS[sort], "Pupils": Of(frozenset(one[1] for one in odd)), "Things": len(odd)})


def _said(series: Series, odd: list[Odd], who: int) -> str:
    """All that is odd of one pupil, the latest point first."""
    own = sorted(odd, key=lambda one: (_latest(series, one), SAID_FIRST.index(one[0])))
    return " ".join(f"{_named(series, one)}: {one[5]}" for one in own if one[1] == who)


def _named(series: Series, odd: Odd) -> str:
    name = series.then.subjects[odd[3]]
    return name if odd[4] == series.then.main else f"{name}, {series.name(odd[4])}"


def _line(series: Series, odd: Odd) -> Line:
    sort, pupil, point, _, _, what = odd
    then = series.then
    cells = {
        "Pupil": pupil,
        "Class today": class_today(then, pupil)[1],
        "Point": point.name,
        "Subject": _named(series, odd),
        "What is odd": what,
    }
    return Line(cells, SORTS[sort])
