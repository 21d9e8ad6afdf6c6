"""Whom a mark may be given to, and by whom."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Exists, IntegerField, OuterRef, Q, QuerySet
from django.db.models.functions import Cast

from itrack.foundation.viewer import Viewer
from itrack.pupils.models import ClassHelper, Enrolment, Group, Pupil
from itrack.pupils.queries.classes import SEES_EVERY_CLASS, taught_or_helped
from itrack.pupils.queries.standing import places
from itrack.pupils.rules_years import natural_order


def pupils_to_mark(*, school: int, pupils: Collection[int], member: int, on: date, year: int) -> dict[int, bool]:
    """Those of the pupils who have not left by that day → whether the member teaches their class of that year then.

    Locks the pupils, so that two people marking one pupil wait for each other. A later start on the roll is no bar:
    marks of an earlier year or school are entered after the pupil has come.
    """
    here = Enrolment.objects.filter(Q(ends__isnull=True) | Q(ends__gte=on), ended_at__isnull=True, school_id=school)
    own = taught_or_helped(school=school, member=member)
    taught = places(school=school, year=year, on=on).filter(pupil=OuterRef("pk"), group__in=own)
    rows = Pupil.objects.filter(Exists(here.filter(pupil=OuterRef("pk"))), school_id=school, pk__in=pupils)
    locked = rows.order_by("pk").select_for_update(no_key=True, of=("self",))
    return dict(locked.annotate(taught=Exists(taught)).values_list("pk", "taught"))


@dataclass(frozen=True, slots=True)
class ClassName:
    """A class to choose from. `teacher` is a membership's id; `helps` says whether the person who asks helps in it."""

    id: int
    name: str
    teacher: int | None
    helps: bool = False


def class_rows(*, school: Any, year: Any, member: Any) -> QuerySet[Group]:
    """The classes of the year, for a larger question to take in; `helps` is 1 where the member helps in one, else 0."""
    helping = ClassHelper.objects.filter(
        school_id=school, group_id=OuterRef("pk"), member_id=member, ended_at__isnull=True
    )
    found = Group.objects.filter(school_id=school, year=year)
    return found.annotate(helps=Cast(Exists(helping), IntegerField()))


def classes_to_mark(*, viewer: Viewer, classes: Iterable[ClassName]) -> list[ClassName]:
    """Those of the classes whose marks this person enters, by name: those they teach or help in, else all."""
    every = viewer.role in SEES_EVERY_CLASS
    own = (row for row in classes if every or row.helps or row.teacher == viewer.member)
    return sorted(own, key=lambda row: natural_order(row.name))
