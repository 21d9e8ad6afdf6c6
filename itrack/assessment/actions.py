"""Saving what was judged and storing what was tested."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db.models import Q

from itrack.assessment.models import Judgement, Result
from itrack.assessment.queries.marking import last_changes, marking
from itrack.assessment.rules.marks import Cell, SavedMarks, keep_theirs, sort_out
from itrack.foundation.changes.actions import record_change_set
from itrack.foundation.models import ChangeSet
from itrack.foundation.versions import Deed, merge

RESULT_KEY = ("pupil_id", "stage", "year", "subject", "method", "component", "qualifier")
RESULT_VALUES = ("locale", "status", "result", "result_date", "recognised")


def save_marks(
    *,
    school: int,
    point: int,
    cells: Mapping[Cell, str],
    by: int,
    at: datetime,
    shown: Mapping[Cell, str] | None = None,
) -> SavedMarks:
    """Saves typed codes by (pupil, subject); "" empties a cell. What cannot be saved is refused, the rest is saved.

    `shown` is what the page showed in each cell: a cell typed as shown is left alone, and one that somebody else has
    changed since is refused and told. Without it what is typed counts. A teacher marks their own classes alone. One
    change set for the lot, none when nothing changes.
    """
    here = marking(school=school, point=point, pupils={pupil for pupil, _ in cells}, by=by, at=at)
    told = sort_out(cells, shown, here)
    if told.overtaken:
        changes = last_changes(school=school, point=point, cells=told.overtaken, now=at)
        told = keep_theirs(told, changes, here, by)
    to_set = {cell: here.options[code] for cell, code in told.wanted.items() if code}
    to_clear = [cell for cell, code in told.wanted.items() if not code]
    change_set = _store(school, point, to_set, to_clear, by, at) if told.wanted else None
    return SavedMarks(change_set, len(to_set), len(to_clear), told.unchanged, told.refused)


def _store(school: int, point: int, to_set: Mapping[Cell, int], to_clear: Sequence[Cell], by: int, at: datetime) -> int:
    counts = {"saved": len(to_set), "cleared": len(to_clear)}
    made = record_change_set(school=school, kind=ChangeSet.Kind.MARKS, by=by, at=at, counts=counts)
    merge(
        Judgement,
        deed=Deed(school, made.pk, at),
        key=("pupil_id", "point_id", "subject_id"),
        values=("option_id",),
        rows=[(pupil, point, subject, option) for (pupil, subject), option in to_set.items()],
    )
    if to_clear:
        chosen = Q(*(Q(pupil_id=pupil, subject_id=subject) for pupil, subject in to_clear), _connector=Q.OR)
        stands = Judgement.objects.filter(chosen, school_id=school, point_id=point, ended_at__isnull=True)
        stands.update(ended_at=at, ended_by_id=made.pk)
    return made.pk


def store_results(*, deed: Deed, rows: Sequence[tuple[Any, ...]]) -> int:
    """Stores statutory results, each a tuple of RESULT_KEY then RESULT_VALUES; returns how many now stand anew."""
    return merge(Result, deed=deed, key=RESULT_KEY, values=RESULT_VALUES, rows=rows).added
