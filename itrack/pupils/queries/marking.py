"""Whom a mark may be given to, and by whom."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet

from itrack.foundation.viewer import Viewer
from itrack.pupils.models import Enrolment, Group, Pupil
from itrack.pupils.queries.classes import SEES_EVERY_CLASS
from itrack.pupils.queries.standing import places
from itrack.pupils.rules_years import natural_order


def pupils_to_mark(*, school: int, pupils: Collection[int], member: int, on: date, year: int) -> dict[int, bool]:
    """Those of the pupils who have not left by that day → whether the member teaches their class of that year then.

    Locks the pupils, so that two people marking one pupil wait for each other. A later start on the roll is no bar:
    marks of an earlier year or school are entered after the pupil has come.
    """
    here = Enrolment.objects.filter(Q(ends__isnull=True) | Q(ends__gte=on), ended_at__isnull=True, school_id=school)
    taught = places(school=school, year=year, on=on).filter(pupil=OuterRef("pk"), group__teacher_id=member)
    rows = Pupil.objects.filter(Exists(here.filter(pupil=OuterRef("pk"))), school_id=school, pk__in=pupils)
    locked = rows.order_by("pk").select_for_update(no_key=True, of=("self",))
    return dict(locked.annotate(taught=Exists(taught)).values_list("pk", "taught"))


@dataclass(frozen=True, slots=True)
class ClassName:
    """A class to choose from. `teacher` is a membership's id."""

    id: int
    name: str
    teacher: int | None


def class_rows(*, school: int, year: int) -> QuerySet[Group]:
    """The classes of the year, for a larger question to take in."""
    return Group.objects.filter(school_id=school, year=year)


def classes_to_mark(*, viewer: Viewer, classes: Iterable[ClassName]) -> list[ClassName]:
    """Those of the classes whose marks this person enters, by name: a teacher's own, else all."""
    every = viewer.role in SEES_EVERY_CLASS
    return sorted(
        (row for row in classes if every or row.teacher == viewer.member), key=lambda row: natural_order(row.name)
    )
