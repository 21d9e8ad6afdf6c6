"""The classes of a year, and who may see which."""

from collections import Counter
from dataclasses import dataclass
from datetime import date

from itrack.foundation.viewer import Role, Viewer
from itrack.pupils.models import Group, Pupil
from itrack.pupils.queries.roll import years_of_pupils
from itrack.pupils.queries.standing import on_roll, places
from itrack.pupils.rules_years import natural_order, year_group_name, year_group_order
from itrack.schools.api import academic_year_on

# Who sees every class of the school. A teacher sees their own; an assistant's groups are not recorded yet.
SEES_EVERY_CLASS = frozenset({Role.ADMINISTRATOR, Role.HEAD, Role.SENCO, Role.OFFICE})


@dataclass(frozen=True, slots=True)
class ClassRow:
    """A class of one academic year. `teacher` is a membership's id; `year_groups` are its pupils', youngest first."""

    id: int
    name: str
    year: int
    teacher: int | None
    teacher_name: str
    pupils: int
    year_groups: tuple[str, ...] = ()

    @property
    def year_group_names(self) -> list[str]:
        return [year_group_name(code) for code in self.year_groups]


def classes(*, school: int, year: int, on: date | None = None) -> list[ClassRow]:
    """Every class of the year, by its youngest pupils' year group, then by name; a class without pupils last.

    Counted are the pupils in it on that day and on roll; without a day, those whose last class of the year it was.
    """
    held = _held(school, year, on)
    counted = Counter(group for group, _ in held)
    rows = [
        ClassRow(pk, name, year, teacher, called or "", counted[pk], _youngest_first(pk, held))
        for pk, name, teacher, called in Group.objects.filter(school_id=school, year=year).values_list(
            "pk", "name", "teacher_id", "teacher__name"
        )
    ]
    return sorted(rows, key=_order)


def _held(school: int, year: int, on: date | None) -> list[tuple[int, str]]:
    """(class, year group) of each pupil with a place."""
    held = dict(places(school=school, year=year, on=on).values_list("pupil_id", "group_id"))
    if on is not None:
        here = set(on_roll(school=school, on=on).values_list("pk", flat=True))
        held = {pupil: group for pupil, group in held.items() if pupil in here}
    groups = years_of_pupils(held, school=school, year=year)
    return [(group, groups[pupil]) for pupil, group in held.items()]


def _youngest_first(group: int, held: list[tuple[int, str]]) -> tuple[str, ...]:
    return tuple(sorted({code for its, code in held if its == group}, key=year_group_order))


def _order(row: ClassRow) -> tuple[bool, int, list[tuple[bool, int, str]]]:
    youngest = year_group_order(row.year_groups[0]) if row.year_groups else 0
    return not row.year_groups, youngest, natural_order(row.name)


def classes_for(*, viewer: Viewer, year: int, on: date | None = None) -> list[ClassRow]:
    """The classes of the year this person sees: a teacher their own, an assistant and a governor none."""
    found = classes(school=viewer.school, year=year, on=on)
    return [row for row in found if _sees(viewer, row.teacher)]


def may_see_class(*, viewer: Viewer, group: int) -> bool:
    """Whether this person sees the pupils of the class; False for a class of another school too."""
    found = Group.objects.filter(school_id=viewer.school, pk=group).values_list("teacher_id", flat=True)
    return any(_sees(viewer, teacher) for teacher in found)


def may_see_pupil(*, viewer: Viewer, pupil: int, on: date) -> bool:
    """Whether this person sees this pupil by name on that day; False for a pupil of another school too."""
    if viewer.role in SEES_EVERY_CLASS:
        return Pupil.objects.filter(school_id=viewer.school, pk=pupil, merged_into__isnull=True).exists()
    if viewer.role != Role.TEACHER:
        return False
    taught = places(school=viewer.school, year=academic_year_on(on), on=on)
    return taught.filter(pupil_id=pupil, group__teacher_id=viewer.member).exists()


def _sees(viewer: Viewer, teacher: int | None) -> bool:
    return viewer.role in SEES_EVERY_CLASS or (viewer.role == Role.TEACHER and teacher == viewer.member)
