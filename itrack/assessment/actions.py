"""Saving what was judged and storing what was tested."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db.models import Q

from itrack.assessment.models import Judgement, Result
from itrack.assessment.queries.marking import last_changes, last_codes, last_own_change, marking
from itrack.assessment.queries.wanted import ABOUT, WANTED
from itrack.assessment.rules.grid import shown_beside
from itrack.assessment.rules.marks import Cell, Marking, SavedMarks, Sheet, Sorted, keep_theirs, sort_out, tidy
from itrack.foundation import audit
from itrack.foundation.changes.actions import record_change_set, undo
from itrack.foundation.models import ChangeSet
from itrack.foundation.refusal import Refused
from itrack.foundation.versions import Deed, merge

JUDGEMENT_KEY = ("pupil_id", "point_id", "subject_id", "assessment_id")
JUDGEMENT_VALUES = ("option_id", "scheme_id", "score", "code", "band", "of_year", "taken_on", "confirmed")
# A pupil, a point, a subject and an assessment, as JUDGEMENT_KEY has them.
type Place = tuple[int, int, int, int]
RESULT_KEY = ("pupil_id", "stage", "year", "subject", "method", "component", "qualifier")
RESULT_VALUES = ("locale", "status", "result", "result_date", "recognised")


def save_marks(
    *,
    school: int,
    cells: Mapping[Cell, str],
    by: int,
    at: datetime,
    point: int = 0,
    subject: int = 0,
    assessment: int = 0,
    shown: Mapping[Cell, str] | None = None,
    confirm: Collection[Cell] = (),
    taken_on: date | None = None,
    kind: str = ChangeSet.Kind.MARKS,
) -> SavedMarks:
    """Saves typed marks; "" empties a cell. What cannot be saved is refused, the rest is saved.

    The cells are (pupil, subject) at one `point`, or (pupil, point) in one `subject`. `taken_on` is a test's day.
    `shown` is what the page showed: a cell typed as shown is left alone, one that others changed since is refused and
    told. `confirm` are copies said to be right. One change set for the lot, of that `kind`; none when nothing changes.
    """
    sheet = Sheet(point=0 if subject else point, subject=subject, assessment=assessment)
    here = marking(school=school, sheet=sheet, cells=cells, by=by, at=at, taken_on=taken_on)
    told = _keep_theirs(school, sort_out(cells, shown, here, confirm), here, by, at)
    made = _store(school, told, here, by, at, taken_on, kind) if told.wanted else None
    return SavedMarks(made, told.set, told.cleared, told.unchanged, told.refused, _shown(told.told, cells, here))


def _shown(told: Mapping[Cell, str], typed: Mapping[Cell, str], here: Marking) -> dict[str, tuple[str, str, str]]:
    """What a page cannot know of the marks it sent: their bands, and how they are stored where that is no code."""
    marks = {cell: (code, here.mark(cell, code)[1]) for cell, code in told.items() if code}
    known = {cell for cell, (code, _) in marks.items() if code == tidy(typed[cell])}
    return shown_beside(marks, here.scale, known=known)


def _keep_theirs(school: int, told: Sorted, here: Marking, by: int, at: datetime) -> Sorted:
    """What others put in meanwhile stays, and an entry each lets them learn that another mark was wanted."""
    if not told.overtaken:
        return told
    changes = last_changes(school=school, sheet=here.sheet, cells=told.overtaken, now=at)
    theirs = [change.mark for change in changes.values() if change.by != by]
    audit.record_each(school=school, by=by, at=at, verb=WANTED, subject=ABOUT, subject_ids=theirs)
    return keep_theirs(told, changes, here, by)


def _store(school: int, told: Sorted, here: Marking, by: int, at: datetime, taken_on: date | None, kind: str) -> int:
    wanted = told.wanted
    made = record_change_set(school=school, kind=kind, by=by, at=at, counts=told.counts)
    deed = Deed(school, made.pk, at)
    to_set = {cell: code for cell, code in wanted.items() if code}
    to_clear = [_place(here, cell) for cell, code in wanted.items() if not code]
    rows = [_row(here, cell, code, taken_on) for cell, code in to_set.items()]
    merge(Judgement, deed=deed, key=JUDGEMENT_KEY, values=JUDGEMENT_VALUES, rows=rows)
    if to_clear:
        named = (dict(zip(JUDGEMENT_KEY, place, strict=True)) for place in to_clear)
        chosen = Q(*(Q(**name) for name in named), _connector=Q.OR)
        stands = Judgement.objects.filter(chosen, school_id=deed.school, ended_at__isnull=True)
        stands.update(ended_at=deed.at, ended_by_id=deed.change_set)
    _note_past(school, here, [here.sheet.place(column)[0] for _, column in wanted], by, at)
    return made.pk


def _place(here: Marking, cell: Cell) -> Place:
    return cell[0], *here.sheet.place(cell[1]), here.sheet.assessment


def _row(
    here: Marking, cell: Cell, code: str, taken_on: date | None, *, confirmed: bool = True
) -> tuple[int | Decimal | str | date | None, ...]:
    """A mark as JUDGEMENT_KEY and JUDGEMENT_VALUES have it."""
    told, band = here.mark(cell, code)
    mark = (told.option, here.scale.id, told.score, told.code, band, told.of_year, taken_on)
    return *_place(here, cell), *mark, confirmed


def _note_past(school: int, here: Marking, points: Sequence[int], by: int, at: datetime) -> None:
    """A change to a point that is past leaves an entry of its own, so that it can be found among all others."""
    for point, marks in Counter(point for point in points if point in here.past).items():
        audit.record(
            school=school,
            by=by,
            at=at,
            verb="past-marks.changed",
            subject="assessment point",
            subject_id=point,
            counts={"marks": marks},
        )


def copy_last(
    *, school: int, point: int, subject: int, pupils: Collection[int], by: int, at: datetime, assessment: int = 0
) -> int:
    """Puts each pupil's last earlier mark into their empty cell, unconfirmed; returns how many.

    Marks that no band has, such as absent, are not copied: they say something of their own day alone. Nor are scores.
    """
    cells = {(who, subject): "" for who in pupils}
    here = marking(school=school, sheet=Sheet(point=point, assessment=assessment), cells=cells, by=by, at=at)
    _may_copy(here, point, subject)
    empty = [pupil for pupil in here.pupils if (pupil, subject) not in here.stands]
    last = last_codes(school=school, point=point, subject=subject, assessment=here.sheet.assessment, pupils=empty)
    fits = {(pupil, subject): code for pupil, code in last.items() if not here.refusal((pupil, subject), code)}
    if not fits:
        return 0
    here = marking(school=school, sheet=here.sheet, cells=fits, by=by, at=at)
    rows = [_row(here, cell, code, None, confirmed=False) for cell, code in fits.items()]
    made = record_change_set(school=school, kind=ChangeSet.Kind.MARKS, by=by, at=at, counts={"copied": len(rows)})
    merge(Judgement, deed=Deed(school, made.pk, at), key=JUDGEMENT_KEY, values=JUDGEMENT_VALUES, rows=rows)
    _note_past(school, here, [point] * len(rows), by, at)
    return len(rows)


def _may_copy(here: Marking, point: int, subject: int) -> None:
    if not here.points or subject not in here.subjects:
        raise Refused("There is no such subject or assessment point in this school. Nothing was copied.")
    if here.scale.numeric:
        raise Refused("A score belongs to the day of its test, so it is not copied. Nothing was copied.")
    if here.is_retired(point, subject):
        raise Refused("This subject was retired before the assessment point opened. Nothing was copied.")
    if here.read_only:
        raise Refused(f"{here.read_only} Nothing was copied.")
    if closed := here.closed(point):
        raise Refused(f"{closed} Nothing was copied. A head or an administrator can change marks of that point.")


def undo_last(
    *, school: int, points: Collection[int], pupils: Collection[int], by: int, at: datetime, sheet: Sheet
) -> bool:
    """Takes back what this person last changed at these points for these pupils; False when there is nothing.

    Of the sheet's assessment, and of its subject when it has one. Refused when somebody has since changed the same.
    """
    last = last_own_change(school=school, sheet=sheet, points=points, pupils=pupils, by=by)
    if last is None:
        return False
    undo(school=school, change_set=last, by=by, at=at)
    return True


def store_results(*, deed: Deed, rows: Sequence[tuple[Any, ...]]) -> int:
    """Stores statutory results, each a tuple of RESULT_KEY then RESULT_VALUES; returns how many now stand anew."""
    return merge(Result, deed=deed, key=RESULT_KEY, values=RESULT_VALUES, rows=rows).added


def end_results(*, deed: Deed, keys: Sequence[tuple[Any, ...]]) -> int:
    """Takes results away, each named by its RESULT_KEY; returns how many stood. They remain as earlier versions."""
    named = (Q(**dict(zip(RESULT_KEY, key, strict=True))) for key in keys)
    chosen = Q(*named, _connector=Q.OR) if keys else Q(pk__in=[])
    rows = Result.objects.filter(chosen, school_id=deed.school, ended_at__isnull=True)
    return rows.update(ended_at=deed.at, ended_by_id=deed.change_set)


def put_marks(*, deed: Deed, rows: Sequence[tuple[Any, ...]]) -> int:
    """Stores marks that were read elsewhere, each a tuple of JUDGEMENT_KEY then JUDGEMENT_VALUES; returns how many
    now stand anew."""
    return merge(Judgement, deed=deed, key=JUDGEMENT_KEY, values=JUDGEMENT_VALUES, rows=rows).added


def end_marks(*, deed: Deed, marks: Collection[int]) -> int:
    """Takes marks away, by their ids; returns how many stood. They remain as earlier versions."""
    rows = Judgement.objects.filter(school_id=deed.school, pk__in=marks, ended_at__isnull=True)
    return rows.update(ended_at=deed.at, ended_by_id=deed.change_set)
