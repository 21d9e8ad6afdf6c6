"""How many of the statements of a subject each pupil is secure in, of those taught."""

from collections import Counter
from collections.abc import Collection
from datetime import datetime

from django.db.models import Q

from itrack.frameworks.rules.years import subject_key
from itrack.objectives.models import StatementMark


def secure_of_taught(
    *, school: int, pupils: Collection[int], subject: str, as_at: datetime | None = None
) -> dict[int, tuple[int, int]]:
    """Pupil → (secure, taught), of whoever has a taught statement of any framework in the subject. One question."""
    then = Q(added_at__lte=as_at) & (Q(ended_at__isnull=True) | Q(ended_at__gt=as_at))
    rows = StatementMark.objects.filter(
        then if as_at else Q(ended_at__isnull=True), school_id=school, pupil_id__in=list(pupils), depth__taught=True
    )
    secure: Counter[int] = Counter()
    taught: Counter[int] = Counter()
    for pupil, name, is_secure in rows.values_list("pupil_id", "statement__strand__subject", "depth__secure"):
        if subject_key(name) == subject_key(subject):
            taught[pupil] += 1
            secure[pupil] += is_secure
    return {pupil: (secure[pupil], many) for pupil, many in taught.items()}
