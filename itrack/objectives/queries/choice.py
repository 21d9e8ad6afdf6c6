"""What an address of the objectives pages asks for, checked against what this person may judge."""

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from itrack.foundation.viewer import Viewer
from itrack.frameworks.rules.years import year_order
from itrack.objectives.queries.offered import offered_strands
from itrack.objectives.queries.use import used_subjects
from itrack.objectives.rules.choice import (
    EVERYBODY,
    Course,
    StrandChoice,
    by_band,
    courses,
    neighbours,
    same_strand,
    shown_years,
    titles,
    usual_strand,
    year_words,
)
from itrack.pupils.api import ClassName, PupilLine, class_roll, class_rows, classes_to_mark
from itrack.schools.api import academic_year_on

if TYPE_CHECKING:
    from django.db.models import QuerySet


@dataclass(frozen=True, slots=True)
class Asked:
    """What an address asks for; 0 and "" mean the usual: the first own class, the pupils' own year, today.

    `was` is the class that the page showed before, when another was chosen on it. `who` is EVERYBODY for the whole
    class whatever their years. `part` counts the parts of a long strand from 1.
    """

    group: int = 0
    strand: int = 0
    who: str = ""
    part: int = 1
    was: int = 0
    taken: str = ""


@dataclass(frozen=True, slots=True)
class Missing:
    """There is nothing to judge yet: no class, or no subject that uses objectives, or no statements."""

    what: str


@dataclass(frozen=True, slots=True)
class Choice:
    """`lines` is the class, `shown` those of it whose statements these are. `taken_on` is None for today."""

    year: int
    classes: list[ClassName]
    group: ClassName
    lines: list[PupilLine]
    strands: list[StrandChoice]
    strand: StrandChoice
    who: str
    part: int
    taken_on: date | None

    @property
    def years(self) -> list[str]:
        """The year groups of the class, youngest first."""
        return sorted({line.year_group for line in self.lines}, key=year_order)

    @property
    def shown(self) -> list[PupilLine]:
        years = shown_years(self.strand, self.years, self.who)
        return [line for line in self.lines if line.year_group in years]

    @property
    def left_out(self) -> int:
        """How many of the class are of another year and not shown."""
        return len(self.lines) - len(self.shown)

    @property
    def everybody(self) -> bool:
        return self.who == EVERYBODY

    @property
    def course(self) -> Course:
        return self.strand.course

    @property
    def bands(self) -> list[tuple[str, list[StrandChoice]]]:
        return by_band(self.strands, self.course)

    @property
    def subjects(self) -> list[tuple[str, StrandChoice, bool]]:
        """(title, the strand it opens with, whether it is the one shown) of each subject."""
        every = [line.year_group for line in self.lines]
        found = courses(self.strands, every)
        said = titles(found)
        return [(said[course], usual_strand(self.strands, course, every), course == self.course) for course in found]

    @property
    def subject(self) -> str:
        return next(title for title, _, current in self.subjects if current)

    @property
    def own_years(self) -> list[tuple[str, int, StrandChoice, bool]]:
        """Of a mixed class: (year, pupils, strand, whether shown) for each year that has statements of its own."""
        found = [(year, same_strand(self.strands, self.strand, year)) for year in self.years]
        return [
            (
                year_words(year),
                sum(line.year_group == year for line in self.lines),
                strand,
                strand.band == self.strand.band,
            )
            for year, strand in found
            if strand
        ]

    @property
    def beside(self) -> list[StrandChoice]:
        """The strands of the same subject and years, in order."""
        return [row for row in self.strands if (row.course, row.band) == (self.course, self.strand.band)]

    @property
    def earlier(self) -> StrandChoice | None:
        return neighbours(self.strands, self.strand)[0]

    @property
    def later(self) -> StrandChoice | None:
        return neighbours(self.strands, self.strand)[1]

    @property
    def title(self) -> str:
        """ "4B, Maths: Fractions, Year 4"."""
        return f"{self.group.name}, {self.subject}: {self.strand.name}, {self.strand.band_name}"

    @property
    def fields(self) -> list[tuple[str, str | int]]:
        """What is shown, as an address or a form says it; today and the usual pupils are left unsaid."""
        told: list[tuple[str, str | int]] = [("group", self.group.id), ("strand", self.strand.id)]
        told += [("who", self.who)] if self.who else []
        told += [("part", self.part)] if self.part > 1 else []
        return told + ([("taken", self.taken_on.isoformat())] if self.taken_on else [])


def choose(*, viewer: Viewer, asked: Asked, on: date) -> Choice | Missing | None:
    """None when a class or a strand is asked for that is not this person's to judge. Five questions."""
    year, taken_on = academic_year_on(on), _day(asked.taken)
    held: QuerySet[Any, Any] = class_rows(school=viewer.school, year=year, member=viewer.member)
    told = held.order_by().values_list("pk", "name", "teacher_id", "helps")
    rows = [ClassName(pk, name, teacher, bool(helps)) for pk, name, teacher, helps in told]
    classes = classes_to_mark(viewer=viewer, classes=rows)
    used = used_subjects(school=viewer.school)
    strands = offered_strands(school=viewer.school, year=year, used=used)
    needed = (("class", classes), ("use", used), ("statement", strands))
    if lacking := next((what for what, found in needed if not found), ""):
        return Missing(lacking) if not (asked.group or asked.strand) else None
    group = _group(classes, asked.group, viewer)
    wanted = next((row for row in strands if row.id == asked.strand), None)
    if group is None or (asked.strand and wanted is None) or asked.who not in ("", EVERYBODY):
        return None
    lines = class_roll(school=viewer.school, on=on, year=year, group=group.id)
    strand = _strand(strands, wanted, asked, [line.year_group for line in lines])
    return Choice(year, classes, group, lines, strands, strand, asked.who, max(asked.part, 1), taken_on)


def _strand(strands: list[StrandChoice], wanted: StrandChoice | None, asked: Asked, years: list[str]) -> StrandChoice:
    """Whoever turns to another class wants the same subject there, for its own years."""
    moved = bool(asked.was) and asked.was != asked.group
    if wanted and not moved:
        return wanted
    course = wanted.course if wanted else courses(strands, years)[0]
    return usual_strand(strands, course, years)


def _group(classes: list[ClassName], wanted: int, viewer: Viewer) -> ClassName | None:
    if wanted:
        return next((row for row in classes if row.id == wanted), None)
    return next((row for row in classes if row.teacher == viewer.member), classes[0])


def _day(text: str) -> date | None:
    """The day an address says; None for today, and for what is no day."""
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        return None
