"""The last mark of each pupil in each subject, up to a point."""

from collections.abc import Collection
from datetime import datetime

from django.db.models import BooleanField, Case, Q, Value, When

from itrack.assessment.models import Judgement
from itrack.assessment.queries.judgements import of_assessment, stood
from itrack.assessment.rules.standing import LastMark


def last_marks(
    *, school: int, pupils: Collection[int], assessment: int, year: int, slot: int, as_at: datetime | None = None
) -> dict[tuple[int, int], LastMark]:
    """(pupil, subject) → the last mark of the assessment, at the point of that year and half term or before it.

    As they stand, or stood at the moment `as_at`. A mark without a band, such as absent, is passed over while there is
    an earlier one that has a band.
    """
    until = Q(point__year__lt=year) | Q(point__year=year, point__slot__lte=slot)
    held = Judgement.objects.filter(until, stood(as_at), school_id=school, pupil_id__in=list(pupils), confirmed=True)
    bare = Case(When(band="", then=Value(True)), default=Value(False), output_field=BooleanField())
    rows = of_assessment(held, school, assessment).annotate(bare=bare)
    last = rows.order_by("pupil_id", "subject_id", "bare", "-point__year", "-point__slot")
    told = last.distinct("pupil_id", "subject_id").values_list(
        "pupil_id", "subject_id", "code", "band", "option__name", "point__year", "point__slot", "point__name"
    )
    return {
        (pupil, subject): LastMark(code, band, called or "", at, half, name)
        for pupil, subject, code, band, called, at, half, name in told
    }
