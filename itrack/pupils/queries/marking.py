"""Whom a mark may be given to."""

from collections.abc import Collection
from datetime import date

from django.db.models import Exists, OuterRef, Q

from itrack.pupils.models import Enrolment, Pupil
from itrack.pupils.queries.standing import places


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
