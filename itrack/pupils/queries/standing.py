"""What held on a day, as the record stood at a moment, for larger questions: each value may be a blank."""

from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from itrack.pupils.models import Enrolment, GroupPlace, Pupil


def standing(as_at: Any) -> Q:
    """The versions that stand; with a moment, those that stood then."""
    if as_at is None:
        return Q(ended_at__isnull=True)
    return Q(added_at__lte=as_at) & (Q(ended_at__isnull=True) | Q(ended_at__gt=as_at))


def covers(on: Any) -> Q:
    """The spells that include the day: both ends belong to a spell, an open end has not come."""
    return (Q(starts__isnull=True) | Q(starts__lte=on)) & (Q(ends__isnull=True) | Q(ends__gte=on))


def on_roll(*, school: Any, on: Any, as_at: Any = None) -> QuerySet[Pupil]:
    """The pupils with a spell on the school's roll that includes the day."""
    spells = Enrolment.objects.filter(standing(as_at), covers(on), school_id=school, pupil=OuterRef("pk"))
    return Pupil.objects.filter(Exists(spells), school_id=school)


def places(*, school: Any, year: Any, on: Any, as_at: Any = None) -> QuerySet[GroupPlace]:
    """The places in that year's classes, on a day or on any, earliest first."""
    found = GroupPlace.objects.filter(standing(as_at), school_id=school, group__year=year).order_by("starts", "pk")
    return found if on is None else found.filter(covers(on))
