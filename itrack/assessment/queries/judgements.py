"""Teachers' judgements as they stand, or as they stood."""

from collections.abc import Callable, Collection, Sequence
from datetime import datetime
from typing import Any

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import Case, Exists, OuterRef, Q, QuerySet, Subquery, TextField, Value, When
from django.db.models.functions import Cast, Concat

from itrack.assessment.models import Judgement
from itrack.assessment.rules.marks import COPIED
from itrack.assessment.rules.standing import PointMark
from itrack.curriculum.api import main_assessment
from itrack.foundation.composed import ComposedAsAt
from itrack.schools.api import point_rows

# A judgement's code as pages and saves pass it on, with COPIED after one that nobody has confirmed.
SAID = Concat(
    Cast("code", TextField()),
    Case(When(confirmed=False, then=Value(COPIED)), default=Value(""), output_field=TextField()),
    output_field=TextField(),
)

POINT_MARK = ("pupil_id", "point_id", "subject_id", "assessment_id", "code", "band", "of_year", "score", "scheme__kind")


def judgement_table(
    *, school: int, point: int, as_at: datetime | None = None, assessment: int = 0
) -> Sequence[tuple[int, int, str, str]]:
    """(pupil, subject, code, band) of every judgement of one point that stands, or stood at the moment `as_at`.

    Of the main assessment, or of the one named. Copies that nobody had confirmed are not among them.
    """
    rows = Judgement.objects.filter(stood(as_at), school_id=school, point_id=point, confirmed=True)
    return list(of_assessment(rows, school, assessment).values_list("pupil_id", "subject_id", "code", "band"))


def pupils_by_mark(
    *, school: int, point: int, as_at: datetime | None = None
) -> Sequence[tuple[int, str, str, Sequence[int]]]:
    """The same of the main assessment as (subject, code, band, the pupils who have that mark)."""
    return [(*mark, pupils) for *mark, pupils in _BY_MARK.rows(school=school, point=point, as_at=as_at)]


def _by_mark(given: Callable[[str], Any], as_at: Any) -> QuerySet[Judgement, Any]:
    rows = Judgement.objects.filter(stood(as_at), school_id=given("school"), point_id=given("point"), confirmed=True)
    marks = of_assessment(rows, given("school")).values_list("subject_id", "code", "band")
    return marks.annotate(pupils=ArrayAgg("pupil_id")).order_by()


_BY_MARK = ComposedAsAt(_by_mark)


def marks_over(
    *, school: int, points: Collection[int], assessment: int = 0, subject: int = 0, as_at: datetime | None = None
) -> list[PointMark]:
    """The confirmed marks of these points that stand or stood, in every subject or one; 0 is the main assessment."""
    rows = Judgement.objects.filter(stood(as_at), school_id=school, point_id__in=points, confirmed=True)
    if subject:
        rows = rows.filter(subject_id=subject)
    told = of_assessment(rows, school, assessment).order_by().values_list(*POINT_MARK)
    return [PointMark(*row) for row in told]


def marked_points(*, school: int, subject: int, as_at: datetime | None = None) -> set[tuple[int, int]]:
    """(assessment, point) of every pair that has a confirmed mark in the subject."""
    rows = Judgement.objects.filter(stood(as_at), school_id=school, subject_id=subject, confirmed=True)
    return set(rows.order_by().values_list("assessment_id", "point_id").distinct())


def last_marked_point(*, school: int, points: Collection[int], group: int | None = None) -> int | None:
    """The last of these points at which the main assessment has a confirmed mark, of the class where one is given."""
    rows = of_assessment(Judgement.objects.filter(stood(None), school_id=school, confirmed=True), school)
    if group is not None:
        rows = rows.filter(pupil__places__group_id=group, pupil__places__ended_at__isnull=True)
    marked = point_rows(school=school).filter(Exists(rows.filter(point_id=OuterRef("pk"))), pk__in=points)
    return marked.order_by("-year", "-slot").values_list("pk", flat=True).first()


def of_assessment(rows: QuerySet[Judgement], school: Any, assessment: Any = 0) -> QuerySet[Judgement]:
    """Of these judgements those of the assessment, 0 for the school's main one."""
    return rows.filter(assessment_id=assessment or Subquery(main_assessment(school=school)))


def last_before(rows: QuerySet[Judgement], *, year: int, slot: int) -> QuerySet[Judgement]:
    """Of these judgements the last of each pupil and subject before the point of that year and slot; no copies."""
    earlier = rows.filter(Q(point__year__lt=year) | Q(point__year=year, point__slot__lt=slot), confirmed=True)
    latest = earlier.order_by("pupil_id", "subject_id", "-point__year", "-point__slot")
    return latest.distinct("pupil_id", "subject_id")


def stood(as_at: Any) -> Q:
    """Of versioned rows those that stand, or stood at the moment `as_at`, which may be a blank."""
    if as_at is None:
        return Q(ended_at__isnull=True)
    return Q(added_at__lte=as_at) & (Q(ended_at__isnull=True) | Q(ended_at__gt=as_at))
