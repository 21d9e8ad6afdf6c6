"""The marks of a year held against what is known, as a page of odd ones. A fixed number of questions for any school of
the same assessments."""

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from itrack.assessment.api import standing_marks
from itrack.checking.rules.odd import SORT_NAMES, Finding, Known, Point, Sort, odd
from itrack.curriculum.api import assessments, named, subjects
from itrack.foundation.viewer import Viewer
from itrack.pupils.api import ClassRow, classes_for, pupil_names, pupils_on_roll, sees_every_class, spells_of
from itrack.schools.api import PointRow, academic_year_on, points, year_title


@dataclass(frozen=True, slots=True)
class OddAsked:
    """Which year's marks, of which class today, 0 for all this person sees, and of which sort, None for every one."""

    year: int
    group: int = 0
    sort: Sort | None = None


@dataclass(frozen=True, slots=True)
class OddLine:
    """A finding with its words. `group` is the pupil's class today, 0 for none, in which the mark can be put right."""

    finding: Finding
    name: str
    class_name: str
    group: int
    subject: str
    point: str
    main: bool


@dataclass(frozen=True, slots=True)
class OddPage:
    """`lines` are of the sort asked for; `counted` has every sort with how many there are of it."""

    asked: OddAsked
    years: list[int]
    classes: list[ClassRow]
    lines: list[OddLine]
    counted: dict[Sort, int]

    @property
    def year_name(self) -> str:
        return year_title(self.asked.year)

    @property
    def sorts(self) -> list[tuple[Sort, str, int]]:
        return [(sort, name, self.counted[sort]) for sort, name in SORT_NAMES.items()]


@dataclass(frozen=True, slots=True)
class _Pupils:
    """Whose marks are looked at: None for everybody's, those who have left too."""

    ids: Collection[int] | None
    class_of: dict[int, tuple[int, str]]


def odd_page(*, viewer: Viewer, asked: OddAsked, today: date) -> OddPage | None:
    """None when the year has no points or the class is not this person's to see."""
    calendar = points(school=viewer.school)
    years = sorted({point.year for point in calendar}, reverse=True)
    now = academic_year_on(today)
    seen = classes_for(viewer=viewer, year=now, on=today)
    if asked.year not in years or (asked.group and asked.group not in {row.id for row in seen}):
        return None
    near = [point for point in calendar if abs(point.year - asked.year) <= 1]
    whose = _whose(viewer, asked, seen, now, today)
    found = _findings(viewer.school, near, asked.year, whose)
    of_year = {point.id for point in near if point.year == asked.year}
    told = [one for one in found if one.point in of_year]
    counted = Counter(one.sort for one in told)
    chosen = [one for one in told if asked.sort in (None, one.sort)]
    lines = _lines(viewer.school, chosen, near, whose)
    return OddPage(asked, years, seen, lines, {sort: counted[sort] for sort in Sort})


def _whose(viewer: Viewer, asked: OddAsked, seen: list[ClassRow], year: int, today: date) -> _Pupils:
    on_roll = pupils_on_roll(school=viewer.school, on=today, year=year)
    class_of = {line.id: (line.class_id, line.class_name) for line in on_roll if line.class_id is not None}
    if asked.group:
        return _Pupils({pupil for pupil, (group, _) in class_of.items() if group == asked.group}, class_of)
    if sees_every_class(viewer):
        return _Pupils(None, class_of)
    own = {row.id for row in seen}
    return _Pupils({pupil for pupil, (group, _) in class_of.items() if group in own}, class_of)


def _findings(school: int, near: list[PointRow], year: int, whose: _Pupils) -> list[Finding]:
    marks = standing_marks(school=school, points=[point.id for point in near], pupils=whose.ids)
    rows = assessments(school=school)
    scales = {row.id: told.scale for row in rows if (told := named(school=school, assessment=row.id))}
    known = Known(
        [_point(point, year) for point in near],
        spells_of(school=school, pupils={mark.pupil for mark in marks}),
        {row.id: row.name for row in rows},
        scales,
        rows[0].id if rows else 0,
    )
    return odd(marks, known)


def _point(point: PointRow, year: int) -> Point:
    """A point, named with its year when that is not the one looked at."""
    return Point(point.id, point.name if point.year == year else point.title, point.opens_on, point.closes_on)


def _lines(school: int, found: list[Finding], near: list[PointRow], whose: _Pupils) -> list[OddLine]:
    """By pupil, and of each the latest point first; of one subject the judgement before its tests."""
    names = pupil_names(school=school, pupils={one.pupil for one in found})
    taught, main = dict(subjects(school=school)), {row.id: row.name for row in assessments(school=school)}
    order = {point.id: place for place, point in enumerate(near)}
    tests = {one: place for place, one in enumerate(main)}
    told = sorted(
        found,
        key=lambda one: (names.get(one.pupil, ""), one.pupil, -order[one.point], one.subject, tests[one.assessment]),
    )
    return [
        OddLine(
            one,
            names.get(one.pupil, ""),
            whose.class_of.get(one.pupil, (0, ""))[1],
            whose.class_of.get(one.pupil, (0, ""))[0],
            taught[one.subject] + ("" if one.assessment == next(iter(main)) else f", {main[one.assessment]}"),
            near[order[one.point]].name,
            one.assessment == next(iter(main)),
        )
        for one in told
    ]
