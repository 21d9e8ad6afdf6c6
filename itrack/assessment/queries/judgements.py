"""Teachers' judgements as they stand, or as they stood."""

from collections.abc import Sequence
from datetime import datetime

from django.db.models import Case, Q, QuerySet, TextField, Value, When
from django.db.models.functions import Cast, Concat

from itrack.assessment.models import Judgement
from itrack.assessment.rules.marks import COPIED

# A judgement's code as pages and saves pass it on, with COPIED after one that nobody has confirmed.
SAID = Concat(
    Cast("option__code", TextField()),
    Case(When(confirmed=False, then=Value(COPIED)), default=Value(""), output_field=TextField()),
    output_field=TextField(),
)


def judgement_table(*, school: int, point: int, as_at: datetime | None = None) -> Sequence[tuple[int, int, int]]:
    """(pupil, subject, option) of every judgement of one point that stands, or stood at the moment `as_at`.

    Copies that nobody had confirmed are not among them.
    """
    rows = Judgement.objects.filter(_stood(as_at), school_id=school, point_id=point, confirmed=True)
    return list(rows.values_list("pupil_id", "subject_id", "option_id"))


def last_before(rows: QuerySet[Judgement], *, year: int, slot: int) -> QuerySet[Judgement]:
    """Of these judgements the last of each pupil and subject before the point of that year and slot; no copies."""
    earlier = rows.filter(Q(point__year__lt=year) | Q(point__year=year, point__slot__lt=slot), confirmed=True)
    latest = earlier.order_by("pupil_id", "subject_id", "-point__year", "-point__slot")
    return latest.distinct("pupil_id", "subject_id")


def _stood(as_at: datetime | None) -> Q:
    if as_at is None:
        return Q(ended_at__isnull=True)
    return Q(added_at__lte=as_at) & (Q(ended_at__isnull=True) | Q(ended_at__gt=as_at))
