"""What the tables said at the end of a day, read bare: no question and no rule of the product stands in between."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any, NamedTuple

from itrack.assessment.models import Judgement, Result
from itrack.curriculum.models import AssessmentName, MarkOption, MarkScheme, Subject
from itrack.foundation.clock import LONDON
from itrack.pupils.models import AttendanceYear, Circumstance, Enrolment, FlagOverride, Group, GroupPlace, Pupil
from itrack.schools.models import AssessmentPoint, School
from itrack.statutory.models import SchoolFigure
from tests.cast import TODAY


class Spell(NamedTuple):
    """`unsaid`: it came with a transfer file on its very first day, so that the true first day is not known."""

    starts: date
    ends: date | None
    unsaid: bool


class Place(NamedTuple):
    starts: date
    ends: date | None
    group: str
    year: int


class Fact(NamedTuple):
    kind: str
    key: str
    code: str
    starts: date | None
    ends: date | None


class Mark(NamedTuple):
    pupil: int
    slot: int
    subject: str
    assessment: str
    code: str
    band: str
    score: Decimal | None
    kind: str


def covers(one: Spell | Place | Fact, day: date) -> bool:
    """From the first day to the last, both included; what is not said is open."""
    return (one.starts is None or one.starts <= day) and (one.ends is None or day <= one.ends)


@dataclass
class Rows:
    """One school at the end of the day `seen`, pupils by id. Build it with `rows_of`.

    `marks` are confirmed ones, `copies` those that nobody has confirmed. `words` is the school's own on a flag.
    `figures` were put in by the school; `published` are the same as readers see them, without names those of today.
    What has been found out about a pupil on a day is kept in `known`, since many reports ask it again.
    """

    seen: date
    school: dict[str, Any]
    points: dict[int, dict[str, Any]]
    subjects: list[str]
    subject_ids: dict[str, int]
    tests: list[dict[str, Any]]
    schemes: dict[int, str]
    codes: dict[str, str]
    classes: list[dict[str, Any]]
    pupils: dict[int, dict[str, Any]]
    spells: dict[int, list[Spell]]
    places: dict[int, list[Place]]
    facts: dict[int, list[Fact]]
    words: dict[tuple[int, str, int], str]
    sessions: dict[int, list[dict[str, Any]]]
    marks: list[Mark]
    copies: list[Mark]
    results: dict[int, list[dict[str, Any]]]
    figures: dict[tuple[str, int, bool], Decimal]
    published: dict[tuple[str, int, bool], Decimal]
    known: dict[tuple[str, int, date], str] = field(default_factory=dict)

    @property
    def main(self) -> str:
        """The assessment that reports speak of when none is named: the first of the school's list."""
        return self.tests[0]["name"]

    def on_roll(self, pupil: int, day: date) -> Spell | None:
        return next((one for one in self.spells.get(pupil, []) if covers(one, day)), None)

    def teacher_of(self, group: str) -> str:
        return next((row["teacher__name"] or "" for row in self.classes if row["name"] == group), "")

    def class_on(self, pupil: int, day: date, year: int = 2026) -> str:
        held = [one for one in self.places.get(pupil, []) if one.year == year and covers(one, day)]
        return held[-1].group if held and self.on_roll(pupil, day) else ""

    def of_kind(self, pupil: int, kind: str) -> list[Fact]:
        return [one for one in self.facts.get(pupil, []) if one.kind == kind]


def _stood(model: Any, school: int, seen: date, *columns: str) -> Iterator[dict[str, Any]]:
    """The versions that had been added by the end of the day and not yet been ended."""
    end = datetime.combine(seen + timedelta(days=1), time.min, LONDON)
    for row in model.objects.order_by("pk").values("school_id", "added_at", "ended_at", *columns):
        if row["school_id"] == school and row["added_at"] < end and (row["ended_at"] is None or row["ended_at"] >= end):
            yield row


def _by_pupil(rows: Iterable[dict[str, Any]], made: Any) -> dict[int, list[Any]]:
    found: dict[int, list[Any]] = defaultdict(list)
    for row in rows:
        found[row["pupil_id"]].append(made(row))
    return dict(found)


def _place(row: dict[str, Any]) -> Place:
    return Place(row["starts"], row["ends"], row["group__name"], row["group__year"])


def _spell(row: dict[str, Any]) -> Spell:
    brought = row["added_at"].astimezone(LONDON).date()
    return Spell(row["starts"], row["ends"], row["added_by__kind"] == "import" and row["starts"] == brought)


@dataclass(frozen=True)
class Called:
    """What the ids in a mark stand for."""

    slots: dict[int, int]
    subjects: dict[int, str]
    tests: dict[int, str]
    schemes: dict[int, str]

    def mark(self, row: dict[str, Any]) -> Mark:
        where = self.slots[row["point_id"]], self.subjects[row["subject_id"]], self.tests[row["assessment_id"]]
        return Mark(row["pupil_id"], *where, row["code"], row["band"], row["score"], self.schemes[row["scheme_id"]])


def _all(model: Any, school: int, *order: str) -> list[dict[str, Any]]:
    return list(model.objects.filter(school_id=school).order_by(*order).values())


def _figures(school: int, seen: date) -> dict[tuple[str, int, bool], Decimal]:
    rows = _stood(SchoolFigure, school, seen, "measure", "year", "national", "value")
    return {(row["measure"], row["year"], row["national"]): row["value"] for row in rows}


def rows_of(school: int, seen: date, *, named: bool = True) -> Rows:
    """The school's window must be open."""
    figures = _figures(school, seen)
    put_in = {"figures": figures, "published": figures if named else _figures(school, TODAY)}
    return Rows(seen=seen, **_settings(school), **_roll(school, seen), **_assessed(school, seen), **put_in)


def _settings(school: int) -> dict[str, Any]:
    """Of today: reports ask for them as they are now."""
    subjects = _all(Subject, school, "position", "name")
    return {
        "school": dict(School.objects.values().get(pk=school)),
        "points": {row["slot"]: row for row in _all(AssessmentPoint, school, "slot") if row["year"] == 2026},
        "subjects": [row["name"] for row in subjects],
        "subject_ids": {row["name"]: row["id"] for row in subjects},
        "tests": _all(AssessmentName, school, "position", "pk"),
        "schemes": {row["id"]: row["kind"] for row in _all(MarkScheme, school, "pk")},
        "codes": {row["code"]: row["name"] for row in _all(MarkOption, school, "pk")},
        "classes": list(Group.objects.filter(school_id=school).order_by("name").values("name", "teacher__name")),
    }


def _roll(school: int, seen: date) -> dict[str, Any]:
    held = _stood(GroupPlace, school, seen, "pupil_id", "starts", "ends", "group__name", "group__year")
    facts = _stood(Circumstance, school, seen, "pupil_id", "kind", "key", "code", "starts", "ends")
    flags = _stood(FlagOverride, school, seen, "pupil_id", "flag", "year", "says")
    return {
        "pupils": {row["id"]: row for row in _all(Pupil, school, "pk")},
        "spells": _by_pupil(_stood(Enrolment, school, seen, "pupil_id", "starts", "ends", "added_by__kind"), _spell),
        "places": _by_pupil(sorted(held, key=lambda row: row["starts"]), _place),
        "facts": _by_pupil(facts, lambda row: Fact(*(row[name] for name in Fact._fields))),
        "words": {(row["pupil_id"], row["flag"], row["year"]): row["says"] for row in flags},
        "sessions": _by_pupil(_stood(AttendanceYear, school, seen, *_columns(AttendanceYear)), dict),
    }


def _assessed(school: int, seen: date) -> dict[str, Any]:
    points = {row["id"]: row["slot"] for row in _all(AssessmentPoint, school) if row["year"] == 2026}
    subjects, tests = ({row["id"]: row["name"] for row in _all(one, school)} for one in (Subject, AssessmentName))
    called = Called(points, subjects, tests, {row["id"]: row["kind"] for row in _all(MarkScheme, school)})
    marks = [row for row in _stood(Judgement, school, seen, *_columns(Judgement)) if row["point_id"] in points]
    return {
        "marks": [called.mark(row) for row in marks if row["confirmed"]],
        "copies": [called.mark(row) for row in marks if not row["confirmed"]],
        "results": _by_pupil(_stood(Result, school, seen, *_columns(Result)), dict),
    }


def _columns(model: Any) -> list[str]:
    names = [field.attname for field in model._meta.concrete_fields]
    return [name for name in names if name not in ("school_id", "added_at", "ended_at")]
