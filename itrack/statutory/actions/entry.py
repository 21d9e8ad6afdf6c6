"""Storing what was typed in the entry grid. A result typed here and one from a file are one fact under one key."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import transaction

from itrack.assessment.api import end_results, store_results
from itrack.assessment.rules.results import ResultLine
from itrack.foundation import audit
from itrack.foundation.changes.actions import record_change_set, undo
from itrack.foundation.models import ChangeSet
from itrack.foundation.versions import Deed
from itrack.statutory.queries.entry import Entering, entering, last_own_entry
from itrack.statutory.rules.entry import Cell, RefusedCell, sort_out

ENGLAND, FINAL = "ENG", "R"


@dataclass(frozen=True, slots=True)
class SavedResults:
    """What became of a save, in cells. `change_set` is None when nothing had to be changed."""

    change_set: int | None
    saved: int
    cleared: int
    refused: list[RefusedCell] = field(default_factory=list)


@transaction.atomic
def save_results(
    *,
    school: int,
    assessment: str,
    year: int,
    cells: Mapping[Cell, str],
    shown: Mapping[Cell, str],
    by: int,
    at: datetime,
) -> SavedResults:
    """Saves typed results of one assessment and year; "" empties a cell. What cannot be saved is refused, the rest not.

    A teacher enters results of their own class while the school year runs; what is over needs a leader and is noted.
    """
    here = entering(school=school, assessment=assessment, year=year, pupils={cell[0] for cell in cells}, by=by, at=at)
    told = sort_out(cells, shown, here.entry)
    if not told.wanted:
        return SavedResults(None, 0, 0, told.refused)
    cleared = sum(not result for result in told.wanted.values())
    counts = {"results": len(told.wanted) - cleared, "results cleared": cleared}
    made = record_change_set(school=school, kind=ChangeSet.Kind.RESULTS, by=by, at=at, counts=counts)
    _store(Deed(school, made.pk, at), told.wanted, here)
    if here.past:
        _note_past(school, year, len(told.wanted), by, at)
    return SavedResults(made.pk, len(told.wanted) - cleared, cleared, told.refused)


def _store(deed: Deed, wanted: Mapping[Cell, str], here: Entering) -> None:
    """Where rows stand for a component, each of them is replaced under the key it has."""
    rows: list[tuple[Any, ...]] = []
    ended: list[tuple[Any, ...]] = []
    for (pupil, name), result in wanted.items():
        standing = here.lines.get((pupil, name), [])
        keys = [(_key(pupil, line), line.locale, line.result_date) for line in standing]
        for key, locale, on in keys or [(_new_key(pupil, name, here), ENGLAND, None)]:
            if result:
                rows.append((*key, locale, FINAL, result, on, True))
            else:
                ended.append(key)
    store_results(deed=deed, rows=rows)
    if ended:
        end_results(deed=deed, keys=ended)


def _key(pupil: int, line: ResultLine) -> tuple[Any, ...]:
    return (pupil, line.stage, line.year, line.subject, line.method, line.component, line.qualifier)


def _new_key(pupil: int, name: str, here: Entering) -> tuple[Any, ...]:
    stage, subject, method, component, qualifier = here.entry.components[name].key
    return (pupil, stage, here.entry.year, subject, method, component, qualifier)


def _note_past(school: int, year: int, results: int, by: int, at: datetime) -> None:
    """A change to a year that is over leaves an entry of its own, so that it can be found among all others."""
    audit.record(
        school=school,
        by=by,
        at=at,
        verb="past-results.changed",
        subject="statutory year",
        subject_id=year,
        counts={"results": results},
    )


def undo_last_entry(*, school: int, assessment: str, year: int, by: int, at: datetime) -> bool:
    """Takes back what this person last changed in this assessment and year; False when there is nothing."""
    last = last_own_entry(school=school, assessment=assessment, year=year, by=by)
    if last is None:
        return False
    undo(school=school, change_set=last, by=by, at=at)
    return True
