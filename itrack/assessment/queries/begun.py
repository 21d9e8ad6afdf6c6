"""Whose year has begun: the pupils with a mark at one of its assessment points."""

from itrack.assessment.models import Judgement


def marked_in_year(*, school: int, year: int) -> set[int]:
    """The pupils with a standing mark at a point of the academic year that starts in `year`."""
    rows = Judgement.objects.filter(school_id=school, point__year=year, ended_at__isnull=True)
    return set(rows.values_list("pupil_id", flat=True))
