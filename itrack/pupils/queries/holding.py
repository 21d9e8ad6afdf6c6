"""The pupils that marks of any year belong to: locked while those are put right, their classes then, their spells."""

from collections import defaultdict
from collections.abc import Collection
from datetime import date

from itrack.pupils.models import Enrolment, Group, Pupil
from itrack.pupils.queries.standing import places, standing


def hold_pupils(*, school: int, pupils: Collection[int]) -> None:
    """Locks the pupils until the transaction ends, those who have left too: whoever marks one of them waits."""
    rows = Pupil.objects.filter(school_id=school, pk__in=pupils).order_by("pk")
    list(rows.select_for_update(no_key=True).values_list("pk", flat=True))


def every_class(*, school: int) -> list[tuple[int, int, str]]:
    """(year, id, name) of the classes of all years."""
    return list(Group.objects.filter(school_id=school).order_by().values_list("year", "pk", "name"))


def last_classes(*, school: int, year: int) -> dict[int, tuple[int, str]]:
    """Pupil → (id, name) of the last class of that year in which they had a place."""
    rows = places(school=school, year=year, on=None).values_list("pupil_id", "group_id", "group__name")
    return {pupil: (group, name) for pupil, group, name in rows}


def spells_of(*, school: int, pupils: Collection[int]) -> dict[int, list[tuple[date, date | None]]]:
    """The spells of these pupils on the roll, earliest first; the end of one that goes on is None."""
    rows = Enrolment.objects.filter(standing(None), school_id=school, pupil_id__in=pupils).order_by("starts")
    found: defaultdict[int, list[tuple[date, date | None]]] = defaultdict(list)
    for pupil, starts, ends in rows.values_list("pupil_id", "starts", "ends"):
        found[pupil].append((starts, ends))
    return dict(found)
