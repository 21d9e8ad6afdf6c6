"""What a marks page is about: the class, the point and the subjects asked for, and what else there is to choose."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from itrack.curriculum.api import mark_options, subjects
from itrack.curriculum.rules import BANDS, Band, OptionRow
from itrack.foundation.viewer import Viewer
from itrack.pupils.api import ClassName, classes_to_mark
from itrack.schools.api import PointRow, academic_year_on, points, year_title


@dataclass(frozen=True, slots=True)
class Asked:
    """What an address asks for, as ids; 0 and () mean the usual: the first own class, the open point, all subjects.

    `about` is the pupil of the class whose results stand beside the grid.
    """

    group: int = 0
    point: int = 0
    subjects: tuple[int, ...] = ()
    about: int = 0


@dataclass(frozen=True, slots=True)
class Missing:
    """There is nothing to mark yet: this person has no class, or the school no point, subject or mark."""

    what: str


@dataclass(frozen=True, slots=True)
class Choice:
    """`chosen` are the subjects shown; `year` is the academic year whose classes these are, this one."""

    year: int
    classes: list[ClassName]
    points: list[PointRow]
    subjects: list[tuple[int, str]]
    options: list[OptionRow]
    group: ClassName
    point: PointRow
    chosen: list[tuple[int, str]]

    @property
    def banded(self) -> list[OptionRow]:
        return [option for option in self.options if option.band]

    @property
    def unbanded(self) -> list[OptionRow]:
        return [option for option in self.options if not option.band]

    @property
    def uncounted(self) -> str:
        """[[code, what it is called], …] of the marks no band has, for the page's script."""
        return json.dumps([[option.code, option.name[:1].lower() + option.name[1:]] for option in self.unbanded])

    @property
    def bands(self) -> list[Band]:
        """The bands the marks here come down to, for the key."""
        used = {option.band for option in self.options}
        return [band for band in BANDS if band.code in used]

    @property
    def point_name(self) -> str:
        """ "Autumn 2"; with its year when that is not this one."""
        return self.point.name if self.point.year == self.year else self.point.title

    @property
    def points_by_year(self) -> list[tuple[str, list[PointRow]]]:
        """(title of the year, its points), the latest year first."""
        years = sorted({point.year for point in self.points}, reverse=True)
        return [(year_title(year), [point for point in self.points if point.year == year]) for year in years]

    @property
    def subject_field(self) -> str:
        """The chosen subjects as an address says them; "" for all of them."""
        every = len(self.chosen) == len(self.subjects)
        return "" if every else ",".join(str(subject) for subject, _ in self.chosen)

    @property
    def subject_choices(self) -> list[tuple[str, str]]:
        """(value, words): all, those chosen when they are several but not all, and each alone."""
        several = ", ".join(name for _, name in self.chosen) if "," in self.subject_field else ""
        alone = [(str(subject), name) for subject, name in self.subjects]
        return [("", "All subjects"), *([(self.subject_field, several)] if several else []), *alone]


def choose(*, viewer: Viewer, asked: Asked, on: date) -> Choice | Missing | None:
    """None when a class, point or subject is asked for that is not this person's to mark."""
    year = academic_year_on(on)
    classes = classes_to_mark(viewer=viewer, year=year)
    calendar, options = points(school=viewer.school), mark_options(school=viewer.school)
    point = _point(calendar, asked.point, on) if calendar else None
    taught = subjects(school=viewer.school, opens_on=point.opens_on if point else None)
    needed = (("class", classes), ("point", calendar), ("subject", taught), ("mark", options))
    if lacking := next((what for what, found in needed if not found), ""):
        return Missing(lacking) if asked == Asked() else None
    group = _group(classes, asked.group, viewer)
    chosen = [row for row in taught if row[0] in asked.subjects] if asked.subjects else taught
    if group is None or point is None or len(chosen) < len(set(asked.subjects)):
        return None
    return Choice(year, classes, calendar, taught, options, group, point, chosen)


def _group(classes: Sequence[ClassName], wanted: int, viewer: Viewer) -> ClassName | None:
    if wanted:
        return next((row for row in classes if row.id == wanted), None)
    return next((row for row in classes if row.teacher == viewer.member), classes[0])


def _point(calendar: Sequence[PointRow], wanted: int, on: date) -> PointRow | None:
    if wanted:
        return next((row for row in calendar if row.id == wanted), None)
    return next((row for row in reversed(calendar) if row.opens_on <= on), calendar[0])
