"""Saving what was judged, statement by statement."""

from collections.abc import Mapping
from datetime import date, datetime

from django.db import transaction

from itrack.foundation import audit, clock
from itrack.foundation.changes.actions import record_change_set, undo
from itrack.foundation.models import ChangeSet
from itrack.foundation.refusal import Refused
from itrack.foundation.versions import Deed, merge
from itrack.objectives.models import StatementMark
from itrack.objectives.queries.marking import last_changes, last_own_change, marking
from itrack.objectives.queries.wanted import ABOUT, WANTED
from itrack.objectives.rules.marking import (
    Cell,
    Marking,
    SavedStatements,
    Sorted,
    keep_theirs,
    sort_out,
    why_not_on,
)

KEY = ("pupil_id", "statement_id")
VALUES = ("depth_id", "taken_on")


@transaction.atomic
def save_statements(
    *,
    school: int,
    cells: Mapping[Cell, str],
    by: int,
    at: datetime,
    taken_on: date | None = None,
    shown: Mapping[Cell, str] | None = None,
) -> SavedStatements:
    """Saves typed codes by (pupil, statement); "" empties a cell. What cannot be saved is refused, the rest is saved.

    `taken_on` is the day they were judged, today unless told. `shown` is what the page showed: a cell typed as shown is
    left alone, and one that somebody else has changed since is refused and told. Teachers and assistants judge the
    pupils of their own classes. One change set for the lot, none when nothing changes.
    """
    today = clock.day_of(at)
    taken_on = taken_on or today
    if reason := why_not_on(taken_on, today=today):
        raise Refused(reason)
    here = marking(school=school, cells=cells, by=by, at=at, taken_on=taken_on)
    told = _keep_theirs(school, sort_out(cells, shown, here), here, by, at)
    change_set = _store(school, told.wanted, here, by, at) if told.wanted else None
    cleared = sum(not code for code in told.wanted.values())
    return SavedStatements(change_set, len(told.wanted) - cleared, cleared, told.unchanged, told.refused)


def _keep_theirs(school: int, told: Sorted, here: Marking, by: int, at: datetime) -> Sorted:
    """What others put in meanwhile stays, and an entry each lets them learn that another mark was wanted."""
    if not told.overtaken:
        return told
    changes = last_changes(school=school, cells=told.overtaken, now=at)
    told_of = {cell: change for cell, change in changes.items() if cell in set(told.overtaken)}
    theirs = [change.mark for change in told_of.values() if change.by != by]
    audit.record_each(school=school, by=by, at=at, verb=WANTED, subject=ABOUT, subject_ids=theirs)
    return keep_theirs(told, told_of, here, by)


def _store(school: int, wanted: Mapping[Cell, str], here: Marking, by: int, at: datetime) -> int:
    to_set = {cell: here.depth(cell, code) for cell, code in wanted.items() if code}
    to_clear = [here.stands[cell].mark for cell, code in wanted.items() if not code]
    counts = {"saved": len(to_set), "cleared": len(to_clear)}
    made = record_change_set(school=school, kind=ChangeSet.Kind.STATEMENTS, by=by, at=at, counts=counts)
    rows = [(*cell, depth, here.taken_on) for cell, depth in to_set.items()]
    merge(StatementMark, deed=Deed(school, made.pk, at), key=KEY, values=VALUES, rows=rows)
    if to_clear:
        stands = StatementMark.objects.filter(school_id=school, pk__in=to_clear)
        stands.update(ended_at=at, ended_by_id=made.pk)
    return made.pk


def undo_last_statements(*, school: int, statements: list[int], pupils: list[int], by: int, at: datetime) -> bool:
    """Takes back what this person last changed in these statements for these pupils; False when there is nothing.

    Refused when somebody has since changed the same marks.
    """
    last = last_own_change(school=school, statements=statements, pupils=pupils, by=by)
    if last is None:
        return False
    undo(school=school, change_set=last, by=by, at=at)
    return True
