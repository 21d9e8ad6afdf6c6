"""Progress over time and the flight path, predicted point by point from the rows."""

from collections.abc import Callable, Iterable
from fractions import Fraction
from typing import Any

from tests.oracle_progress.of_progress import BANDS, ORDER, way_of
from tests.oracle_progress.record import LADDER, Point, Row, Then
from tests.oracle_progress.results import as_written
from tests.oracle_progress.view import Question, View, view, why_not_before
from tests.oracle_progress.walk import Line, Of, Told

SECURE = ("expected", "greater")
RESULTS = ("Good level of development", "Phonics check", "Key Stage 1", "Multiplication tables check", "Key Stage 2")


def points_up_to(asked: Question) -> list[Point]:
    """The points of three years up to the one asked about, as far as they have begun; and that one in any case."""
    before = [one for one in asked.then.points if asked.year - 2 <= one.year and one.opens <= asked.then.seen]
    return [one for one in before if (one.year, one.slot) < (asked.year, asked.slot)] + [asked.point]


class Course:
    """The points that anybody was marked at and the one asked about, with who is looked at there."""

    def __init__(self, asked: Question) -> None:
        self.asked, self.then = asked, asked.then
        marked = {one: self.then.marked(one, asked.subject) for one in points_up_to(asked)}
        self.points = [one for one, held in marked.items() if held]
        self.points += [asked.point] if asked.point not in self.points else []
        self.views = {one: view(asked, marked.get(one, {}).keys(), one) for one in self.points}
        self.back = asked.choice("whom") == "back"
        now = self.views[asked.point]
        self.members = {one: now.inside if self.back else self.views[one].inside for one in self.points}
        self.people = now.people.union(*self.members.values())

    def bands(self, subject: int, point: Point, among: Iterable[int]) -> dict[int, str]:
        held = self.then.marked(point, subject)
        return {pupil: held[pupil]["band"] for pupil in among if pupil in held and held[pupil]["band"]}

    def year_group(self, pupil: int, point: Point) -> str:
        """Of the time, or looking back that of the point asked about."""
        return self.then.year_group(pupil, self.asked.year if self.back else point.year)


type Spots = dict[Point, tuple[dict[int, str], frozenset[int]]]  # the bands of the counted, and everybody looked at


def lines_of(course: Course) -> dict[str, Spots]:
    """A line for each subject; of one subject for everybody, and in the whole school for each year group."""
    asked, then = course.asked, course.then
    if not asked.subject:
        found = {name: _spots(course, pk, lambda *_: True) for pk, name in then.subjects.items()}
    else:
        pupils = [(pupil, one) for one in course.points for pupil in course.members[one]]
        years = sorted({course.year_group(pupil, one) for pupil, one in pupils}, key=LADDER.index)
        found = {whose_words(asked): _spots(course, asked.subject, lambda *_: True)}
        for year in years if asked.whose == "all" and len(years) > 1 else []:
            found[f"Year {year}"] = _spots(course, asked.subject, lambda *at, of=year: course.year_group(*at) == of)
    return {name: spots for name, spots in found.items() if any(bands for bands, _ in spots.values())}


def whose_words(asked: Question) -> str:
    kind, _, key = asked.whose.partition("-")
    if kind == "class":
        return next(row["name"] for row in asked.then.lists["groups"] if str(row["id"]) == key)
    return "Everybody" if kind == "all" else f"Year {key}"


def _spots(course: Course, subject: int, among: Callable[..., bool]) -> Spots:
    members = {one: frozenset(who for who in course.members[one] if among(who, one)) for one in course.points}
    return {one: (course.bands(subject, one, members[one]), members[one]) for one in course.points}


def over_time(asked: Question) -> Told:
    course = Course(asked)
    lines = lines_of(course)
    counted = {one: frozenset().union(*(spots[one][0] for spots in lines.values())) for one in course.points}
    everybody = frozenset().union(*counted.values())
    spots = {f"{name}, {one.title}": held for name, line in lines.items() for one, (held, _) in line.items()}
    standing = {at: {pupil: BANDS[band] for pupil, band in held.items()} for at, held in spots.items()}
    told = Told(people=course.people, counted=everybody, out=_outs(course, counted), standing=standing)
    if everybody:
        told.tables["Point by point"] = [_row(course, lines, counted, at) for at in range(len(course.points))]
        told.pictures.append(
            {
                (name, one.short, one.title[-7:]): _drawn(*spots[one])
                for name, spots in lines.items()
                for one in course.points
            }
        )
    return told


def _row(course: Course, lines: dict[str, Spots], counted: dict[Point, frozenset[int]], at: int) -> Line:
    one = course.points[at]
    before = counted[course.points[at - 1]]
    shares = {name: Of(secure(spots[one][0]), frozenset(spots[one][0])) for name, spots in lines.items()}
    also = Of(counted[one] & before) if at else None
    cells: dict[str, Any] = {"Counted": Of(counted[one]), "Also counted at the point before": also}
    return Line({"Point": one.name, **shares, **cells}, group=one.title[-7:])


def secure(bands: dict[int, str]) -> frozenset[int]:
    return frozenset(pupil for pupil, band in bands.items() if band in SECURE)


def _drawn(bands: dict[int, str], members: frozenset[int]) -> tuple[Fraction | None, bool]:
    """The share, and whether the mark is open: under five, or under four in five of those looked at."""
    if not bands:
        return None, False
    open_mark = len(bands) < 5 or Fraction(len(bands), len(members)) < Fraction(4, 5)
    return Fraction(len(secure(bands)), len(bands)), open_mark


def _outs(course: Course, counted: dict[Point, frozenset[int]]) -> frozenset[tuple[int, str, str]]:
    """A line a pupil and reason, with the points it is the reason at."""
    where: dict[tuple[int, str], list[str]] = {}
    for one in course.points:
        outside = course.views[one].outside.keys() & course.people
        for pupil in (course.members[one] | outside) - counted[one]:
            where.setdefault((pupil, _why_not(course, pupil, one)), []).append(one.title)
    return frozenset(
        (pupil, at[0] if len(at) == 1 else f"{at[0]} to {at[-1]}: {len(at)} points", why)
        for (pupil, why), at in where.items()
    )


def _why_not(course: Course, pupil: int, point: Point) -> str:
    asked, told = course.asked, course.then
    subjects = [asked.subject] if asked.subject else list(told.subjects)
    held = [told.marks.get((pupil, pk, point.id, told.main)) for pk in subjects]
    codes = [row["code"] for row in held if row and not row["band"]]
    if codes:
        return f"Code {codes[0]}"
    now, then = course.views[asked.point], course.views[point]
    if course.back and point != asked.point:
        return why_not_before(now, pupil, point) if pupil in now.people else "No mark"
    return then.outside.get(pupil) or then.unmarked.get(pupil, "No mark")


def flight_path(asked: Question) -> Told:
    then, name = asked.then, asked.then.subjects[asked.subject]
    seen = view(asked, then.marked(asked.point, asked.subject).keys())
    paths = {who: {one: then.marked(one, asked.subject).get(who) for one in points_up_to(asked)} for who in seen.inside}
    used = [one for one in points_up_to(asked) if any(path[one] for path in paths.values())]
    marked = frozenset(who for who, path in paths.items() if any(path.values()))
    out = set(seen.outs)
    out |= {(pupil, "Every point", "No mark yet") for pupil in seen.inside - marked}
    said = {
        who: "; ".join(f"{one.title}: {row['code']}" for one, row in path.items() if row) for who, path in paths.items()
    }
    told = Told(people=seen.people, counted=marked, out=frozenset(out), standing={name: said})
    if marked:
        order = in_order(then, seen, {who: _bands(path) for who, path in paths.items()}, asked.choice("sort"))
        told.tables[f"{name}, pupil by pupil"] = _rows(
            then, seen, name, order, {who: [paths[who][one] for one in used] for who in order}, used
        )
        _add_ways(told, {who: _bands(path) for who, path in paths.items()})
    return told


def _said(path: dict[Point, Row | None]) -> str:
    return "; ".join(f"{one.title}: {row['code']}" for one, row in path.items() if row)


def _bands(path: dict[Point, Row | None]) -> list[str]:
    return [row["band"] for row in path.values() if row and row["band"]]


def _rows(
    then: Then, seen: View, name: str, order: list[int], paths: dict[int, list[Row | None]], used: list[Point]
) -> list[Line]:
    results = {who: as_written(then, who, name) for who in order}
    heads = [title for title in RESULTS if any(title in held for held in results.values())]
    return [
        Line(
            {"Pupil": who, "Class": seen.classes[who][1]}
            | {title: results[who].get(title) for title in heads}
            | {one.title: row and (row["code"], row["band"]) for one, row in zip(used, paths[who], strict=True)}
        )
        for who in order
    ]


def _add_ways(told: Told, bands: dict[int, list[str]]) -> None:
    went = {who: way_of(held[0], held[-1]) for who, held in bands.items() if len(held) > 1}
    if went:
        words = {"up": "In a higher band", "same": "In the same band", "down": "In a lower band"}
        told.tables["First and last mark"] = [
            Line(
                {
                    "The last mark beside the first": said,
                    "Pupils": Of(frozenset(w for w in went if went[w] == way), frozenset(went)),
                }
            )
            for way, said in words.items()
        ]


def in_order(then: Then, seen: View, bands: dict[int, list[str]], sort: str) -> list[int]:
    """By name, or first by what is asked for; whoever that cannot be said of comes last."""

    def steps(who: int) -> int:
        return ORDER.index(bands[who][-1]) - ORDER.index(bands[who][0])

    def key(who: int) -> tuple[Any, ...]:
        if sort == "class":
            return (seen.classes[who][1],)
        enough = {"name": 0, "lowest": 1, "highest": 1}.get(sort, 2)
        if sort == "name" or len(bands[who]) < enough:
            return (1, 0)
        at = ORDER.index(bands[who][-1])
        return (0, {"lowest": at, "highest": -at, "fell": steps(who), "rose": -steps(who)}[sort])

    return sorted(bands, key=lambda who: (key(who), then.by_name(who)))
