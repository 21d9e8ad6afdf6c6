"""Who teaches which class, without counting anybody in it."""

from dataclasses import dataclass

from itrack.pupils.models import Group
from itrack.pupils.rules_years import natural_order


@dataclass(frozen=True, slots=True)
class TaughtClass:
    """A class of an academic year with its teacher's membership; None and "" for a class without one."""

    id: int
    name: str
    year: int
    teacher: int | None
    teacher_name: str


def taught_classes(*, school: int, year: int) -> list[TaughtClass]:
    """The classes of that academic year and of later ones, in their natural order."""
    rows = Group.objects.filter(school_id=school, year__gte=year)
    told = rows.values_list("pk", "name", "year", "teacher_id", "teacher__name")
    found = [TaughtClass(pk, name, its, teacher, called or "") for pk, name, its, teacher, called in told]
    return sorted(found, key=lambda row: (row.year, natural_order(row.name)))
