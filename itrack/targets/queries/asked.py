"""Whose targets, for which point and in which assessment: what an address asks for, and what else there is."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from itrack.curriculum.api import AssessmentRow, assessments, subjects
from itrack.foundation.viewer import Viewer
from itrack.pupils.api import ClassRow, PupilLine, classes_for, pupils_on_roll, sees_every_class, year_group_name
from itrack.schools.api import PointRow, academic_year_on, points, year_title

WHOLE = "all"


@dataclass(frozen=True, slots=True)
class Asked:
    """0 and "" mean the usual: the last point of this year, the main assessment, the own class or the whole school.

    `whose` is "all", "class-12" or "year-4".
    """

    whose: str = ""
    point: int = 0
    assessment: int = 0


@dataclass(frozen=True, slots=True)
class Looked:
    """What is looked at. The classes and the roll are those of `day`, in the academic year `year`.

    `whole`: this person sees the whole school. `subjects` are those the point and the assessment ask for.
    """

    points: list[PointRow]
    assessments: list[AssessmentRow]
    classes: list[ClassRow]
    whole: bool
    whose: str
    point: PointRow
    assessment: AssessmentRow
    subjects: list[tuple[int, str]]
    day: date
    year: int

    @property
    def is_main(self) -> bool:
        return self.assessment == self.assessments[0]

    @property
    def group(self) -> ClassRow | None:
        """The class looked at, if it is one."""
        return next((row for row in self.classes if f"class-{row.id}" == self.whose), None)

    @property
    def year_group(self) -> str:
        return self.whose.removeprefix("year-") if self.whose.startswith("year-") else ""

    @property
    def words(self) -> str:
        """Whose, as a heading says it: "4B", "Year 4", "the whole school"."""
        if self.group:
            return self.group.name
        return year_group_name(self.year_group) if self.year_group else "the whole school"

    @property
    def years(self) -> list[tuple[str, str]]:
        """(value, name) of the year groups to choose."""
        codes = dict.fromkeys(code for row in self.classes for code in row.year_groups)
        return [(f"year-{code}", year_group_name(code)) for code in codes] if self.whole else []

    @property
    def of_another_year(self) -> bool:
        """Whether the target's point is in a later year than the classes shown."""
        return self.point.year > self.year

    @property
    def fields(self) -> dict[str, str | int]:
        """The same as an address or a form says it."""
        of = {} if self.is_main else {"assessment": self.assessment.id}
        return {"whose": self.whose, "point": self.point.id, **of}

    @property
    def points_by_year(self) -> list[tuple[str, list[PointRow]]]:
        """(title of the year, its points), the latest year first."""
        years = sorted({point.year for point in self.points}, reverse=True)
        return [(year_title(year), [point for point in self.points if point.year == year]) for year in years]


def look(*, viewer: Viewer, asked: Asked, on: date, whole_school: bool = True) -> Looked | None:
    """None when the school has no such point or assessment, or none yet, or the pupils are not this person's.

    `whole_school`: usual for somebody who sees all of it, and not a first class.
    """
    school, this_year = viewer.school, academic_year_on(on)
    known, named = points(school=school), assessments(school=school)
    point = _point(known, asked.point, this_year)
    of = next((row for row in named if row.id == asked.assessment or not asked.assessment), None)
    if point is None or of is None:
        return None
    year = min(point.year, this_year)
    day = on if year == this_year else point.closes_on
    classes, whole = classes_for(viewer=viewer, year=year, on=day), sees_every_class(viewer)
    whose = asked.whose or (WHOLE if whole and whole_school else next((f"class-{row.id}" for row in classes), ""))
    taught = [(pk, name) for pk, name in subjects(school=school, opens_on=point.opens_on) if of.is_for(pk)]
    looked = Looked(known, named, classes, whole, whose, point, of, taught, day, year)
    return looked if _is_theirs(looked) else None


def _point(known: list[PointRow], wanted: int, this_year: int) -> PointRow | None:
    """The one asked for, else the last of this year, else the last there is."""
    if wanted:
        return next((row for row in known if row.id == wanted), None)
    return next((row for row in reversed(known) if row.year == this_year), known[-1] if known else None)


def _is_theirs(looked: Looked) -> bool:
    if looked.group or not looked.whose:
        return True
    return looked.whole and (looked.whose == WHOLE or looked.whose in dict(looked.years))


def roll_of(*, school: int, looked: Looked) -> list[PupilLine]:
    """The pupils looked at, by name; nobody for a teacher without a class."""
    if not looked.whose:
        return []
    told: dict[str, Any] = {"group": looked.group.id} if looked.group else {"year_group": looked.year_group}
    return pupils_on_roll(school=school, on=looked.day, year=looked.year, **told)
