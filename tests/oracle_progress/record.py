"""The record as bare rows: every version of every fact, and those that stood at the end of a day.

Nothing here asks the product: rows are read whole, and what stood is told by the two moments each of them carries.
"""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cached_property
from typing import Any

from itrack.assessment.models import Judgement, Result
from itrack.curriculum.models import AssessmentName, MarkOption, MarkScheme, Subject
from itrack.foundation.clock import LONDON
from itrack.foundation.models import ChangeSet
from itrack.frameworks.models import DepthOption, Statement, Strand
from itrack.objectives.models import StatementMark
from itrack.parents.models import Comment, ReportState, SchoolWords
from itrack.pupils.models import AttendanceYear, Circumstance, Enrolment, FlagOverride, Group, GroupPlace, Pupil
from itrack.schools.models import AssessmentPoint
from itrack.targets.models import PupilTarget, TargetRules

type Row = dict[str, Any]

FACTS = {
    "spells": Enrolment,
    "places": GroupPlace,
    "circumstances": Circumstance,
    "flags": FlagOverride,
    "sessions": AttendanceYear,
    "marks": Judgement,
    "results": Result,
    "targets": PupilTarget,
    "rules": TargetRules,
    "depths": StatementMark,
    "comments": Comment,
    "states": ReportState,
    "words": SchoolWords,
}
LISTS = {
    "pupils": Pupil,
    "groups": Group,
    "points": AssessmentPoint,
    "subjects": Subject,
    "assessments": AssessmentName,
    "schemes": MarkScheme,
    "options": MarkOption,
    "strands": Strand,
    "statements": Statement,
    "scale": DepthOption,
    "deeds": ChangeSet,
}
LADDER = ("N1", "N2", "R", *map(str, range(1, 14)))


class Record:
    """All rows of one school. Its reading window must be open."""

    def __init__(self, school: int) -> None:
        self.facts = {name: list(model.objects.filter(school_id=school).values()) for name, model in FACTS.items()}
        self._ends: dict[date, Then] = {}
        self.lists = {name: list(model.objects.filter(school_id=school).values()) for name, model in LISTS.items()}

    def at_the_end_of(self, seen: date) -> "Then":
        if seen not in self._ends:
            self._ends[seen] = self._then(seen)
        return self._ends[seen]

    def _then(self, seen: date) -> "Then":
        end = datetime.combine(seen + timedelta(days=1), time.min, LONDON)
        facts = {name: [row for row in rows if _stood(row, end)] for name, rows in self.facts.items()}
        return Then(seen, facts, self.lists)


def _stood(row: Row, end: datetime) -> bool:
    return row["added_at"] < end and (row["ended_at"] is None or row["ended_at"] >= end)


@dataclass(frozen=True)
class Point:
    """An assessment point as its row has it."""

    id: int
    year: int
    slot: int
    name: str
    opens: date
    closes: date

    @property
    def title(self) -> str:
        return f"{self.name}, {self.year}/{(self.year + 1) % 100:02}"

    @property
    def short(self) -> str:
        season, half = self.name.split(" ")
        return f"{season[:3]} {half}"


@dataclass(frozen=True)
class Then:
    """What the rows said at the end of the day `seen`."""

    seen: date
    facts: dict[str, list[Row]]
    lists: dict[str, list[Row]]

    @cached_property
    def pupils(self) -> dict[int, Row]:
        return {row["id"]: row for row in self.lists["pupils"]}

    @cached_property
    def points(self) -> list[Point]:
        """The earliest first."""
        told = sorted(self.lists["points"], key=lambda row: (row["year"], row["slot"]))
        fields = ("id", "year", "slot", "name", "opens_on", "closes_on")
        return [Point(*(row[field] for field in fields)) for row in told]

    def point(self, year: int, slot: int) -> Point:
        return next(one for one in self.points if (one.year, one.slot) == (year, slot))

    @cached_property
    def subjects(self) -> dict[int, str]:
        """By id, in the school's order."""
        return {row["id"]: row["name"] for row in sorted(self.lists["subjects"], key=lambda row: row["position"])}

    @cached_property
    def assessments(self) -> list[Row]:
        """The main one first, each with the `kind` of the scheme by which new marks of it are read."""
        told = sorted(self.lists["assessments"], key=lambda row: (row["position"], row["id"]))
        return [row | {"kind": self.kinds[row["scheme_id"]]} for row in told]

    @cached_property
    def kinds(self) -> dict[int, str]:
        """Of each scheme what sort of marks it has."""
        return {row["id"]: row["kind"] for row in self.lists["schemes"]}

    @property
    def main(self) -> int:
        return self.assessments[0]["id"]

    def called(self, code: str) -> str:
        """What a code of the school's main scheme is called, "" for none of them."""
        main = self.assessments[0]["scheme_id"]
        return next(
            (row["name"] for row in self.lists["options"] if row["scheme_id"] == main and row["code"] == code), ""
        )

    @cached_property
    def marks(self) -> dict[tuple[int, int, int, int], Row]:
        """(pupil, subject, point, assessment) → the mark, of those that somebody had confirmed."""
        about = ("pupil_id", "subject_id", "point_id", "assessment_id")
        return {tuple(row[one] for one in about): row for row in self.facts["marks"] if row["confirmed"]}  # type: ignore[misc]

    def marked(self, point: Point, subject: int = 0, assessment: int = 0) -> dict[int, Row]:
        """Pupil → mark at a point; without a subject any one of them, which says that there is one."""
        of = assessment or self.main
        return {
            who: row for (who, pk, at, one), row in self.marks.items()
            if at == point.id and one == of and subject in (0, pk)
        }  # fmt: skip

    def since(self, pupil: int, day: date) -> date | None:
        """The first day of the spell on roll that has the day in it; None when not on roll."""
        return min((row["starts"] for row in self.held("spells", pupil) if _has(row, day)), default=None)

    def class_on(self, pupil: int, day: date, year: int) -> tuple[int, str]:
        """The class of that year the pupil was in, (0, "") for none; of two the later."""
        of_year = {row["id"]: row["name"] for row in self.lists["groups"] if row["year"] == year}
        rows = [row for row in self.held("places", pupil) if row["group_id"] in of_year]
        held = sorted((row["starts"], row["id"], row["group_id"]) for row in rows if _has(row, day))
        return (held[-1][2], of_year[held[-1][2]]) if held else (0, "")

    def year_group(self, pupil: int, year: int) -> str:
        """As recorded for the year; else counted up or down from the nearest year there is a record of."""
        rows = [row for row in self.held("circumstances", pupil) if row["kind"] == "year"]
        told = {int(row["key"]): row["code"] for row in rows}
        if year in told or not told:
            return told.get(year, "")
        nearest = min(told, key=lambda one: (abs(one - year), one))
        return LADDER[LADDER.index(told[nearest]) + year - nearest]

    def name(self, pupil: int) -> tuple[str, str]:
        """Surname and forename, preferred before legal."""
        row = self.pupils[pupil]
        return row["preferred_surname"] or row["legal_surname"], row["preferred_forename"] or row["legal_forename"]

    def by_name(self, pupil: int) -> tuple[str, str, int]:
        surname, forename = self.name(pupil)
        return surname.casefold(), forename.casefold(), pupil

    def held(self, name: str, pupil: int) -> list[Row]:
        return self._of_pupils.get((name, pupil), [])

    @cached_property
    def _of_pupils(self) -> dict[tuple[str, int], list[Row]]:
        """The facts of each pupil, kind by kind."""
        found: dict[tuple[str, int], list[Row]] = {}
        for name, rows in self.facts.items():
            for row in rows:
                found.setdefault((name, row.get("pupil_id", 0)), []).append(row)
        return found


def _has(row: Row, day: date) -> bool:
    return row["starts"] <= day and (row["ends"] is None or day <= row["ends"])


def in_words(day: date) -> str:
    return f"{day.day} {day:%B} {day.year}"
