"""Putting marks right: moved, copied or taken away as they were previewed."""

from collections import Counter
from datetime import datetime

from itrack.assessment.api import end_marks, put_marks
from itrack.checking.queries.moving import Asked, Preview, moves, preview_of
from itrack.checking.rules.moving import Choices, Decided, decide, misasked
from itrack.foundation import audit, clock
from itrack.foundation.changes.actions import record_change_set, undo
from itrack.foundation.models import ChangeSet
from itrack.foundation.refusal import Refused
from itrack.foundation.versions import Deed
from itrack.pupils.api import hold_pupils
from itrack.schools.api import past_points

STALE = (
    "These marks have changed since you were shown what would become of them. Nothing was changed. "
    "Look at the preview again."
)
NOTHING = "No mark would change by what is chosen, so nothing was changed. Tick a pupil, or replace what stands."


def move_marks(*, school: int, asked: Asked, choices: Choices, shown: str, by: int, at: datetime) -> int:
    """Does what was previewed, with the choices made there; returns the change set.

    `shown` names the plan that was seen: refused when the marks, or what they mean there, are no longer the same.
    """
    if wrong := misasked(asked.act, asked.source, asked.target):
        raise Refused(f"{wrong} Nothing was changed.")
    hold_pupils(school=school, pupils=choices.pupils)
    found = preview_of(school=school, asked=asked)
    if found.seen != shown:
        raise Refused(STALE)
    decided = decide(found.lines, asked.act, choices)
    if not (decided.put or decided.taken):
        raise Refused(NOTHING)
    counts = decided.counts(asked.act)
    made = record_change_set(school=school, kind=ChangeSet.Kind.MOVED, by=by, at=at, counts=counts)
    deed = Deed(school, made.pk, at)
    end_marks(deed=deed, marks=[mark.id for mark in decided.taken])
    put_marks(deed=deed, rows=_rows(found, decided))
    _note_past(found, decided, deed, by)
    return made.pk


def _rows(found: Preview, decided: Decided) -> list[tuple[object, ...]]:
    """The marks to stand anew, as `put_marks` takes them."""
    place = found.asked.target
    rows: list[tuple[object, ...]] = []
    for line in decided.put:
        if told := line.becomes:
            where = (line.mark.pupil, place.point, line.subject, place.assessment)
            what = (told.option, found.scheme, told.score, told.code, line.band, told.of_year)
            rows.append((*where, *what, line.mark.taken_on, line.mark.confirmed))
    return rows


def _note_past(found: Preview, decided: Decided, deed: Deed, by: int) -> None:
    """Each point that is past gets an entry of its own, as when its marks are typed."""
    source, target = found.asked.source.point, found.asked.target.point
    touched = Counter([source] * len(decided.taken) + [target] * len(decided.put))
    past = past_points(found.offered.points, on=clock.day_of(deed.at))
    for point in sorted(touched.keys() & past.keys()):
        audit.record(
            school=deed.school,
            by=by,
            at=deed.at,
            verb="past-marks.changed",
            subject="assessment point",
            subject_id=point,
            counts={"marks": touched[point]},
        )


def take_move_back(*, school: int, change_set: int, by: int, at: datetime) -> None:
    """Undoes a move, and nothing else: refused when there is no such one."""
    if not moves(school=school, change_set=change_set):
        raise Refused("There is no such move of marks in this school. Nothing was changed.")
    undo(school=school, change_set=change_set, by=by, at=at)
