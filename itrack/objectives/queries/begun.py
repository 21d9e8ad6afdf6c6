"""Whether a school year has begun, as far as objectives tell it."""

from datetime import date

from itrack.objectives.models import StatementMark


def judged_since(*, school: int, day: date) -> set[int]:
    """The pupils with a standing statement mark that was judged on that day or later."""
    rows = StatementMark.objects.filter(school_id=school, taken_on__gte=day, ended_at__isnull=True)
    return set(rows.values_list("pupil_id", flat=True))
