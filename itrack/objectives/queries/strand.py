"""A strand's statements with the marks that stand, or stood, for reports."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from itrack.objectives.models import StatementMark
from itrack.objectives.queries.grid import wordings
from itrack.objectives.queries.marks import scale_of
from itrack.objectives.queries.offered import offered_strands
from itrack.objectives.queries.use import used_subjects
from itrack.objectives.rules.choice import StrandChoice
from itrack.objectives.rules.depth import NOT_FOR_THEM, Depth
from itrack.objectives.rules.grid import Wording
from itrack.objectives.rules.marking import Cell


@dataclass(frozen=True, slots=True)
class StrandMarks:
    """`marks` by pupil and statement, all of the one scale or NOT_FOR_THEM."""

    statements: list[Wording]
    scale: list[Depth]
    marks: dict[Cell, Depth]


def strands_in_use(*, school: int, year: int) -> list[StrandChoice]:
    """Of the subjects that use objectives in the academic year, in the order they are offered."""
    return offered_strands(school=school, year=year, used=used_subjects(school=school))


def marks_of_strand(
    *, school: int, strand: StrandChoice, pupils: Collection[int], as_at: datetime | None = None
) -> StrandMarks:
    """Three questions, for any number of pupils."""
    statements = wordings(school=school, strands=[strand.id])
    scale = scale_of(school=school, framework=strand.course.framework)
    depths: dict[int | None, Depth] = {depth.id: depth for depth in (*scale, NOT_FOR_THEM)}
    then = Q(added_at__lte=as_at) & (Q(ended_at__isnull=True) | Q(ended_at__gt=as_at))
    rows = StatementMark.objects.filter(
        then if as_at else Q(ended_at__isnull=True),
        school_id=school,
        pupil_id__in=list(pupils),
        statement_id__in=[one.id for one in statements],
    )
    told = rows.values_list("pupil_id", "statement_id", "depth_id")
    return StrandMarks(statements, scale, {(pupil, one): depths[depth] for pupil, one, depth in told})
