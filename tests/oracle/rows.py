"""What the tables said at the end of a day, read bare: no question and no rule of the product stands in between."""

from collections import defaultdict
from collections.abc import Iterator
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


def _by_pupil(rows: Iterator[dict[str, Any]], made: Any) -> dict[int, list[Any]]:
    found: dict[int, list[Any]] = defaultdict(list)
    for row in rows:
        found[row["pupil_id"]].append(made(row))
    return dict(found)


def _spell(row: dict[str, Any]) -> Spell:
    brought = row["added_at"].astimezone(LONDON).date()
    return Spell(row["starts"], row["ends"], row["added_by__kind"] == "import" and row["starts"] == brought)


def _mark(row: dict[str, Any]) -> Mark:
    where = row["point__slot"], row["subject__name"], row["assessment__name"]
    return Mark(row["pupil_id"], *where, row["code"], row["band"], row["score"], row["scheme__kind"])


def _marks(school: int, seen: date, *, confirmed: bool) -> list[Mark]:
    named = ("point__year", "point__slot", "subject__name", "assessment__name", "scheme__kind")
    rows = _stood(Judgement, school, seen, "pupil_id", *named, "code", "band", "score", "confirmed")
    return [_mark(row) for row in rows if row["point__year"] == 2026 and row["confirmed"] == confirmed]


def _all(model: Any, school: int, *order: str) -> list[dict[str, Any]]:
    return list(model.objects.filter(school_id=school).order_by(*order).values())


def _figures(school: int, seen: date) -> dict[tuple[str, int, bool], Decimal]:
    rows = _stood(SchoolFigure, school, seen, "measure", "year", "national", "value")
    return {(row["measure"], row["year"], row["national"]): row["value"] for row in rows}


def rows_of(school: int, seen: date, *, named: bool = True) -> Rows:
    """The school's window must be open."""
    places = ("pupil_id", "starts", "ends", "group__name", "group__year")
    facts = ("pupil_id", "kind", "key", "code", "starts", "ends")
    flags = _stood(FlagOverride, school, seen, "pupil_id", "flag", "year", "says")
    figures = _figures(school, seen)
    spells = _by_pupil(_stood(Enrolment, school, seen, "pupil_id", "starts", "ends", "added_by__kind"), _spell)
    results = [field.attname for field in Result._meta.concrete_fields]
    sessions = [field.attname for field in AttendanceYear._meta.concrete_fields]
    held = sorted(_stood(GroupPlace, school, seen, *places), key=lambda row: row["starts"])
    points = [row for row in _all(AssessmentPoint, school, "slot") if row["year"] == 2026]
    return Rows(
        seen=seen,
        school=School.objects.values().get(pk=school),
        points={row["slot"]: row for row in points},
        subjects=[row["name"] for row in _all(Subject, school, "position", "name")],
        subject_ids={row["name"]: row["id"] for row in _all(Subject, school, "pk")},
        tests=_all(AssessmentName, school, "position", "pk"),
        schemes={row["id"]: row["kind"] for row in _all(MarkScheme, school, "pk")},
        codes={row["code"]: row["name"] for row in _all(MarkOption, school, "pk")},
        classes=_all(Group, school, "name"),
        pupils={row["id"]: row for row in _all(Pupil, school, "pk")},
        spells=spells,
        places=_by_pupil(iter(held), lambda row: Place(*(row[name] for name in places[1:]))),
        facts=_by_pupil(_stood(Circumstance, school, seen, *facts), lambda row: Fact(*(row[one] for one in facts[1:]))),
        words={(row["pupil_id"], row["flag"], row["year"]): row["says"] for row in flags},
        sessions=_by_pupil(_stood(AttendanceYear, school, seen, *_rest(sessions)), dict),
        marks=_marks(school, seen, confirmed=True),
        copies=_marks(school, seen, confirmed=False),
        results=_by_pupil(_stood(Result, school, seen, *_rest(results)), dict),
        figures=figures,
        published=figures if named else _figures(school, TODAY),
    )


def _rest(columns: list[str]) -> list[str]:
    return [name for name in columns if name not in ("school_id", "added_at", "ended_at")]
