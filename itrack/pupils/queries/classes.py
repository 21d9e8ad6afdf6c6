"""The classes of a year, and who may see which."""

from collections import Counter
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from itrack.foundation.viewer import Role, Viewer
from itrack.pupils.models import ClassHelper, Group, Pupil
from itrack.pupils.queries.roll import years_of_pupils
from itrack.pupils.queries.standing import on_roll, places
from itrack.pupils.rules_years import natural_order, year_group_name, year_group_order
from itrack.schools.api import academic_year_on

# Who sees every class of the school. A teacher sees their own unless the school lets teachers see all, and like an
# assistant those they help in.
SEES_EVERY_CLASS = frozenset({Role.ADMINISTRATOR, Role.HEAD, Role.SENCO, Role.OFFICE})
IN_CLASS = frozenset({Role.TEACHER, Role.ASSISTANT})


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
    """The classes of the year this person sees: a teacher and an assistant their own, a governor none."""
    found = classes(school=viewer.school, year=year, on=on)
    if sees_every_class(viewer):
        return found
    own = own_groups(viewer)
    return [row for row in found if row.id in own]


def sees_every_class(viewer: Viewer) -> bool:
    """Whether this person sees every pupil of the school by name, by role or because the school settled it so."""
    return viewer.role in SEES_EVERY_CLASS or (viewer.role == Role.TEACHER and viewer.whole_school)


def own_groups(viewer: Viewer) -> set[int]:
    """The classes, of any year, that this person teaches or helps in. One question."""
    if viewer.role not in IN_CLASS:
        return set()
    return set(taught_or_helped(school=viewer.school, member=viewer.member).values_list("pk", flat=True))


def taught_or_helped(*, school: int, member: int) -> QuerySet[Group]:
    """The classes whose teacher the member is, or in which they help, for a larger question to take in."""
    helped = ClassHelper.objects.filter(school_id=school, member_id=member, ended_at__isnull=True)
    own = Q(teacher_id=member) | Q(pk__in=helped.values("group_id"))
    return Group.objects.filter(own, school_id=school)


def may_see_class(*, viewer: Viewer, group: int) -> bool:
    """Whether this person sees the pupils of the class; False for a class of another school too."""
    if sees_every_class(viewer):
        return Group.objects.filter(school_id=viewer.school, pk=group).exists()
    return group in own_groups(viewer)


def may_see_pupil(*, viewer: Viewer, pupil: int, on: date) -> bool:
    """Whether this person sees this pupil by name on that day; False for a pupil of another school too."""
    if sees_every_class(viewer):
        return Pupil.objects.filter(school_id=viewer.school, pk=pupil, merged_into__isnull=True).exists()
    if viewer.role not in IN_CLASS:
        return False
    held = places(school=viewer.school, year=academic_year_on(on), on=on).filter(pupil_id=pupil)
    return held.filter(group__in=taught_or_helped(school=viewer.school, member=viewer.member)).exists()
