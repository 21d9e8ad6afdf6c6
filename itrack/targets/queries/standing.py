"""Targets as they stand, and each beside the last mark."""

from collections.abc import Collection
from datetime import datetime

from itrack.assessment.api import last_marks, stood
from itrack.schools.api import PointRow
from itrack.targets.models import PupilTarget
from itrack.targets.rules.standings import Cell, Standing, Target, standing
from itrack.targets.rules.track import Steps


def standing_targets(
    *, school: int, pupils: Collection[int], point: int, assessment: int, as_at: datetime | None = None
) -> dict[Cell, Target]:
    """(pupil, subject) → the target for that point in that assessment, as it stands or stood at the moment `as_at`."""
    rows = PupilTarget.objects.filter(
        stood(as_at), school_id=school, pupil_id__in=list(pupils), point_id=point, assessment_id=assessment
    )
    told = rows.values_list("pupil_id", "subject_id", "code", "band", "added_by__by__name", "added_at")
    return {(row[0], row[1]): Target(*row[2:]) for row in told}


def standings(
    *,
    school: int,
    pupils: Collection[int],
    subjects: Collection[int],
    point: PointRow,
    assessment: int,
    steps: Steps,
    as_at: datetime | None = None,
) -> dict[Cell, Standing]:
    """Every one of the cells, with the target for the point and the last mark up to it. Two questions."""
    targets = standing_targets(school=school, pupils=pupils, point=point.id, assessment=assessment, as_at=as_at)
    at = point.year, point.slot
    marks = last_marks(school=school, pupils=pupils, assessment=assessment, year=at[0], slot=at[1], as_at=as_at)
    cells = [(pupil, subject) for pupil in pupils for subject in subjects]
    return {cell: standing(targets.get(cell), marks.get(cell), at, steps) for cell in cells}
