"""Marks as they stand with all that is stored of them, for checking and putting right."""

from collections.abc import Collection

from itrack.assessment.models import Judgement
from itrack.assessment.queries.judgements import of_assessment
from itrack.assessment.rules.standing import StandingMark

FIELDS = (
    *("pk", "pupil_id", "point_id", "subject_id", "assessment_id", "scheme_id"),
    *("option_id", "score", "code", "band", "of_year", "taken_on", "confirmed", "scheme__kind"),
)


def standing_marks(
    *, school: int, points: Collection[int], subject: int = 0, pupils: Collection[int] | None = None
) -> list[StandingMark]:
    """Every mark of these points that stands, of every assessment; in one subject and of some pupils when asked."""
    rows = Judgement.objects.filter(school_id=school, point_id__in=points, ended_at__isnull=True)
    if subject:
        rows = rows.filter(subject_id=subject)
    if pupils is not None:
        rows = rows.filter(pupil_id__in=pupils)
    return [StandingMark(*row) for row in rows.order_by().values_list(*FIELDS)]


def marks_of(*, school: int, point: int, assessment: int, subject: int = 0) -> list[StandingMark]:
    """The marks of one point and assessment that stand, confirmed or not; 0 is the main assessment, every subject."""
    rows = Judgement.objects.filter(school_id=school, point_id=point, ended_at__isnull=True)
    if subject:
        rows = rows.filter(subject_id=subject)
    told = of_assessment(rows, school, assessment).order_by().values_list(*FIELDS)
    return [StandingMark(*row) for row in told]
