"""Setting what pupils are to reach."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.db.models import Q

from itrack.foundation.changes.actions import record_change_set
from itrack.foundation.models import ChangeSet
from itrack.foundation.versions import Deed, merge
from itrack.targets.models import PupilTarget
from itrack.targets.queries.setting import setting
from itrack.targets.rules.setting import SavedTargets, Setting, sort_out
from itrack.targets.rules.standings import Cell

KEY = ("pupil_id", "point_id", "subject_id", "assessment_id")
VALUES = ("option_id", "scheme_id", "score", "code", "band", "of_year")


@transaction.atomic
def set_targets(
    *,
    school: int,
    point: int,
    cells: Mapping[Cell, str],
    by: int,
    at: datetime,
    assessment: int = 0,
    shown: Mapping[Cell, str] | None = None,
) -> SavedTargets:
    """Sets typed targets by (pupil, subject) for a point; "" takes one away. What cannot be set is refused alone.

    `assessment` 0 is the main one.
    `shown` is what the page showed: a cell typed as shown is left alone, and one that somebody else changed since is
    refused and told. One change set for the lot, none when nothing changes.
    """
    here = setting(school=school, point=point, assessment=assessment, pupils={who for who, _ in cells}, by=by, at=at)
    told = sort_out(cells, shown, here)
    if not told.wanted:
        return SavedTargets(None, 0, 0, told.refused)
    made = _store(school, point, told.wanted, here, by, at)
    return SavedTargets(made, len(told.wanted) - told.cleared, told.cleared, told.refused)


def _store(school: int, point: int, wanted: Mapping[Cell, str], here: Setting, by: int, at: datetime) -> int:
    cleared = [cell for cell, code in wanted.items() if not code]
    counts = {"targets": len(wanted) - len(cleared), "targets cleared": len(cleared)}
    counts = {name: n for name, n in counts.items() if n}
    made = record_change_set(school=school, kind=ChangeSet.Kind.TARGETS, by=by, at=at, counts=counts)
    rows = [_row(here, cell, code, point) for cell, code in wanted.items() if code]
    merge(PupilTarget, deed=Deed(school, made.pk, at), key=KEY, values=VALUES, rows=rows)
    if cleared:
        named = Q(*(Q(pupil_id=pupil, subject_id=subject) for pupil, subject in cleared), _connector=Q.OR)
        stands = PupilTarget.objects.filter(named, school_id=school, point_id=point, assessment_id=here.assessment)
        stands.filter(ended_at__isnull=True).update(ended_at=at, ended_by_id=made.pk)
    return made.pk


def _row(here: Setting, cell: Cell, code: str, point: int) -> tuple[object, ...]:
    """A target as KEY and VALUES have it."""
    told, band = here.target(cell, code)
    about = (cell[0], point, cell[1], here.assessment)
    return (*about, told.option, here.scale.id, told.score, told.code, band, told.of_year)
