"""Saving what was judged and storing what was tested."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db.models import Q

from itrack.accounts.api import role_of
from itrack.assessment.models import Judgement, Result
from itrack.assessment.queries.judgements import standing
from itrack.assessment.rules.marks import Cell, Marking, SavedMarks, Sorted, sort_out
from itrack.curriculum.api import mark_options, subjects
from itrack.foundation import clock
from itrack.foundation.changes.actions import close_change_set, open_change_set
from itrack.foundation.models import ChangeSet
from itrack.foundation.versions import Deed, merge
from itrack.foundation.viewer import Role
from itrack.pupils.api import pupils_to_mark
from itrack.schools.api import academic_year_on, points

MARK_ALL = frozenset({Role.ADMINISTRATOR, Role.HEAD, Role.SENCO})
RESULT_KEY = ("pupil_id", "stage", "year", "subject", "method", "component", "qualifier")
RESULT_VALUES = ("locale", "status", "result", "result_date", "recognised")


def save_marks(*, school: int, point: int, cells: Mapping[Cell, str], by: int, at: datetime) -> SavedMarks:
    """Saves typed codes by (pupil, subject); "" empties a cell. What cannot be saved is refused, the rest is saved.

    One change set for the lot, none when nothing changes. A teacher's marks are taken for their own classes alone.
    """
    marking = _marking(school, point, {pupil for pupil, _ in cells}, by, at)
    told = sort_out(cells, standing(school=school, point=point, pupils=marking.pupils), marking)
    change_set = _store(school, point, told, by, at) if told.to_set or told.to_clear else None
    return SavedMarks(change_set, len(told.to_set), len(told.to_clear), told.unchanged, told.refused)


def _marking(school: int, point: int, pupils: set[int], by: int, at: datetime) -> Marking:
    day = clock.day_of(at)
    here = pupils_to_mark(school=school, pupils=pupils, member=by, on=day, year=academic_year_on(day))
    role = role_of(school=school, member=by)
    return Marking(
        point=any(known.id == point for known in points(school=school)),
        pupils={pupil for pupil, taught in here.items() if role in MARK_ALL or (role is Role.TEACHER and taught)},
        subjects={subject for subject, _ in subjects(school=school)},
        options={option.code: option.id for option in mark_options(school=school)},
    )


def _store(school: int, point: int, told: Sorted, by: int, at: datetime) -> int:
    change_set = open_change_set(school=school, kind=ChangeSet.Kind.MARKS, by=by, at=at)
    rows = [(pupil, point, subject, option) for (pupil, subject), option in told.to_set.items()]
    merge(
        Judgement,
        deed=Deed(school, change_set.pk, at),
        key=("pupil_id", "point_id", "subject_id"),
        values=("option_id",),
        rows=rows,
    )
    _end(school, point, told.to_clear, change_set.pk, at)
    close_change_set(change_set, counts={"saved": len(told.to_set), "cleared": len(told.to_clear)})
    return change_set.pk


def _end(school: int, point: int, cells: Sequence[Cell], change_set: int, at: datetime) -> None:
    if not cells:
        return
    chosen = Q()
    for pupil, subject in cells:
        chosen |= Q(pupil_id=pupil, subject_id=subject)
    stands = Judgement.objects.filter(chosen, school_id=school, point_id=point, ended_at__isnull=True)
    stands.update(ended_at=at, ended_by_id=change_set)


def store_results(*, deed: Deed, rows: Sequence[tuple[Any, ...]]) -> int:
    """Stores statutory results, each a tuple of RESULT_KEY then RESULT_VALUES; returns how many now stand anew."""
    return merge(Result, deed=deed, key=RESULT_KEY, values=RESULT_VALUES, rows=rows).added
