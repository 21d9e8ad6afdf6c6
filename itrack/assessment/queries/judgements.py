"""Teachers' judgements as they stand, or as they stood."""

from collections.abc import Collection, Sequence
from datetime import datetime

from django.db.models import Q

from itrack.assessment.models import Judgement


def standing(*, school: int, point: int, pupils: Collection[int]) -> dict[tuple[int, int], int]:
    """(pupil, subject) → option, of one point."""
    rows = Judgement.objects.filter(school_id=school, point_id=point, pupil_id__in=pupils, ended_at__isnull=True)
    return {(pupil, subject): option for pupil, subject, option in rows.values_list("pupil", "subject", "option")}


def judgement_table(*, school: int, point: int, as_at: datetime | None = None) -> Sequence[tuple[int, int, int]]:
    """(pupil, subject, option) of every judgement of one point that stands, or stood at the moment `as_at`."""
    rows = Judgement.objects.filter(_stood(as_at), school_id=school, point_id=point)
    return list(rows.values_list("pupil_id", "subject_id", "option_id"))


def _stood(as_at: datetime | None) -> Q:
    if as_at is None:
        return Q(ended_at__isnull=True)
    return Q(added_at__lte=as_at) & (Q(ended_at__isnull=True) | Q(ended_at__gt=as_at))
