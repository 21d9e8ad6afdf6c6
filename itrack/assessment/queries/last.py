"""The last mark of each pupil in each subject, up to a point."""

from collections.abc import Callable, Collection
from datetime import datetime
from functools import partial
from typing import Any

from django.db.models import BooleanField, Case, Q, QuerySet, Value, When

from itrack.assessment.models import Judgement
from itrack.assessment.queries.judgements import of_assessment, stood
from itrack.assessment.rules.standing import LastMark
from itrack.foundation.composed import ComposedAsAt, among


def last_marks(
    *,
    school: int,
    pupils: Collection[int],
    assessment: int,
    year: int,
    slot: int,
    since: int = 0,
    as_at: datetime | None = None,
) -> dict[tuple[int, int], LastMark]:
    """(pupil, subject) → the last mark of the assessment, at the point of that year and half term or before it.

    As they stand, or stood at the moment `as_at`. A mark without a band, such as absent, is passed over while there is
    an earlier one that has a band. `since` is the first academic year looked at, 0 for all there are.
    """
    about = {"school": school, "pupils": list(pupils), "since": since, "year": year, "slot": slot}
    asked: dict[str, Any] = {**about, "as_at": as_at}
    told = _OF_ONE.rows(assessment=assessment, **asked) if assessment else _OF_MAIN.rows(**asked)
    return {
        (pupil, subject): LastMark(code, band, called or "", at, half, name)
        for pupil, subject, code, band, called, at, half, name in told
    }


def _last(given: Callable[[str], Any], as_at: Any, *, main: bool) -> QuerySet[Judgement, Any]:
    until = Q(point__year__lt=given("year")) | Q(point__year=given("year"), point__slot__lte=given("slot"))
    theirs = Q(among("pupil_id", given("pupils"))) & stood(as_at)
    looked_at = Q(point__year__gte=given("since")) & until
    held = Judgement.objects.filter(looked_at, theirs, school_id=given("school"), confirmed=True)
    bare = Case(When(band="", then=Value(True)), default=Value(False), output_field=BooleanField())
    rows = of_assessment(held, given("school"), 0 if main else given("assessment")).annotate(bare=bare)
    last = rows.order_by("pupil_id", "subject_id", "bare", "-point__year", "-point__slot")
    return last.distinct("pupil_id", "subject_id").values_list(
        "pupil_id", "subject_id", "code", "band", "option__name", "point__year", "point__slot", "point__name"
    )


_OF_MAIN, _OF_ONE = (ComposedAsAt(partial(_last, main=main)) for main in (True, False))
