"""Putting an official figure in, taking it away, and undoing either."""

from datetime import datetime
from decimal import Decimal

from django.db import transaction
from django.db.models import Q, QuerySet

from itrack.foundation.changes.actions import record_change_set, undo
from itrack.foundation.models import ChangeSet
from itrack.foundation.refusal import Refused
from itrack.foundation.versions import Deed, merge
from itrack.statutory.models import SchoolFigure

KEY, VALUES = ("measure", "year", "national"), ("value", "source", "note", "published")


@transaction.atomic
def set_figure(
    *,
    school: int,
    measure: str,
    year: int,
    value: Decimal,
    source: str,
    note: str,
    by: int,
    at: datetime,
    national: bool = False,
    published: str = "",
) -> int | None:
    """Puts a figure in the place of a computed one, or of the national one; returns the change set's id, None when it
    stood so."""
    told = (value, source, note, published)
    if _standing(school, measure, year, national).values_list(*VALUES).first() == told:
        return None
    counts = {"national figures" if national else "official figures": 1}
    made = record_change_set(school=school, kind=ChangeSet.Kind.RESULTS, by=by, at=at, counts=counts)
    rows = [(measure, year, national, *told)]
    merge(SchoolFigure, deed=Deed(school, made.pk, at), key=KEY, values=VALUES, rows=rows)
    return made.pk


@transaction.atomic
def remove_figure(*, school: int, measure: str, year: int, by: int, at: datetime, national: bool = False) -> int:
    """Takes the figure away, so that the computed one counts again, or the national one that came with the product."""
    stands = _standing(school, measure, year, national)
    if not stands.exists():
        raise Refused("There is no such figure to take away. Nothing was changed.")
    counts = {"national figures removed" if national else "official figures removed": 1}
    made = record_change_set(school=school, kind=ChangeSet.Kind.RESULTS, by=by, at=at, counts=counts)
    stands.update(ended_at=at, ended_by_id=made.pk)
    return made.pk


def _standing(school: int, measure: str, year: int, national: bool) -> QuerySet[SchoolFigure]:
    return SchoolFigure.objects.filter(
        school_id=school, measure=measure, year=year, national=national, ended_at__isnull=True
    )


@transaction.atomic
def undo_figure(*, school: int, change_set: int, by: int, at: datetime) -> tuple[str, int, bool]:
    """Takes a deed on figures back; returns the measure and the year it was about, and whether it was national."""
    touched = Q(added_by_id=change_set) | Q(ended_by_id=change_set)
    rows = SchoolFigure.objects.filter(touched, school_id=school).values_list("measure", "year", "national")
    about = rows.first()
    if about is None:
        raise Refused("There is no such change to official figures. Nothing was changed.")
    undo(school=school, change_set=change_set, by=by, at=at)
    return about
