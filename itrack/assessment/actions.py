"""Saving what was judged and storing what was tested."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db.models import Q

from itrack.assessment.models import Judgement, Result
from itrack.assessment.queries.marking import last_changes, last_options, last_own_change, marking
from itrack.assessment.rules.marks import Cell, SavedMarks, keep_theirs, sort_out
from itrack.foundation.changes.actions import record_change_set, undo
from itrack.foundation.models import ChangeSet
from itrack.foundation.refusal import Refused
from itrack.foundation.versions import Deed, merge

JUDGEMENT_KEY = ("pupil_id", "point_id", "subject_id")
JUDGEMENT_VALUES = ("option_id", "confirmed")
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
    confirm: Collection[Cell] = (),
) -> SavedMarks:
    """Saves typed codes by (pupil, subject); "" empties a cell. What cannot be saved is refused, the rest is saved.

    `shown` is what the page showed: a cell typed as shown is left alone, and one that somebody else has changed since
    is refused and told. Without it what is typed counts. `confirm` are copied cells said to be right. A teacher marks
    their own classes alone. One change set for the lot, none when nothing changes.
    """
    here = marking(school=school, point=point, pupils={pupil for pupil, _ in cells}, by=by, at=at)
    told = sort_out(cells, shown, here, confirm)
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
    rows = [(pupil, point, subject, option, True) for (pupil, subject), option in to_set.items()]
    merge(Judgement, deed=Deed(school, made.pk, at), key=JUDGEMENT_KEY, values=JUDGEMENT_VALUES, rows=rows)
    if to_clear:
        chosen = Q(*(Q(pupil_id=pupil, subject_id=subject) for pupil, subject in to_clear), _connector=Q.OR)
        stands = Judgement.objects.filter(chosen, school_id=school, point_id=point, ended_at__isnull=True)
        stands.update(ended_at=at, ended_by_id=made.pk)
    return made.pk


def copy_last(*, school: int, point: int, subject: int, pupils: Collection[int], by: int, at: datetime) -> int:
    """Puts each pupil's last earlier mark into their empty cell, unconfirmed; returns how many.

    Marks that no band has, such as absent, are not copied: they say something of their own day alone.
    """
    here = marking(school=school, point=point, pupils=set(pupils), by=by, at=at)
    if not here.point or subject not in here.subjects:
        raise Refused("There is no such subject or assessment point in this school. Nothing was copied.")
    empty = [pupil for pupil in here.pupils if (pupil, subject) not in here.stands]
    last = last_options(school=school, point=point, subject=subject, pupils=empty)
    rows = [(pupil, point, subject, option, False) for pupil, option in last.items()]
    if not rows:
        return 0
    made = record_change_set(school=school, kind=ChangeSet.Kind.MARKS, by=by, at=at, counts={"copied": len(rows)})
    merge(Judgement, deed=Deed(school, made.pk, at), key=JUDGEMENT_KEY, values=JUDGEMENT_VALUES, rows=rows)
    return len(rows)


def undo_last(*, school: int, point: int, pupils: Collection[int], by: int, at: datetime) -> bool:
    """Takes back what this person last changed at this point for these pupils; False when there is nothing.

    Refused when somebody has since changed the same marks.
    """
    last = last_own_change(school=school, point=point, pupils=pupils, by=by)
    if last is None:
        return False
    undo(school=school, change_set=last, by=by, at=at)
    return True


def store_results(*, deed: Deed, rows: Sequence[tuple[Any, ...]]) -> int:
    """Stores statutory results, each a tuple of RESULT_KEY then RESULT_VALUES; returns how many now stand anew."""
    return merge(Result, deed=deed, key=RESULT_KEY, values=RESULT_VALUES, rows=rows).added
