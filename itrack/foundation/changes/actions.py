"""Opening a change set and taking it back."""

from collections.abc import Mapping
from datetime import datetime

from django.db import IntegrityError, connection, transaction

from itrack.foundation import audit
from itrack.foundation.changes import restore
from itrack.foundation.changes.queries import dependants_of, later_changes_to, said_by
from itrack.foundation.models import ChangeSet
from itrack.foundation.refusal import Refused


def open_change_set(*, school: int, kind: str, by: int, at: datetime) -> ChangeSet:
    """Begins a deed. Every row it brings carries the change set's id as `added_by`."""
    return ChangeSet.objects.create(school_id=school, kind=kind, by_id=by, at=at)


def close_change_set(change_set: ChangeSet, *, counts: Mapping[str, int]) -> None:
    """Notes how much the deed did and leaves the one audit entry."""
    change_set.counts = dict(counts)
    change_set.save(update_fields=["counts"])
    _leave_entry(change_set)


def _leave_entry(change_set: ChangeSet) -> None:
    audit.record(
        school=change_set.school_id,
        by=change_set.by_id,
        at=change_set.at,
        verb=f"{change_set.kind}.done",
        subject="change set",
        subject_id=change_set.pk,
        counts=change_set.counts,
    )


def record_change_set(*, school: int, kind: str, by: int, at: datetime, counts: Mapping[str, int]) -> ChangeSet:
    """Opens and closes at once a deed whose extent is known before its rows are stored: two statements, not three."""
    change_set = ChangeSet.objects.create(school_id=school, kind=kind, by_id=by, at=at, counts=dict(counts))
    _leave_entry(change_set)
    return change_set


@transaction.atomic
def undo(*, school: int, change_set: int, by: int, at: datetime) -> ChangeSet:
    """Puts everything back as it stood before the change set, or refuses and says what now depends on it."""
    deed = ChangeSet.objects.select_for_update().filter(school_id=school, pk=change_set).first()
    if deed is None:
        raise Refused(f"There is no change set {change_set} in this school. Nothing was changed.")
    if deed.undone_at is not None:
        raise Refused(f"This was already taken back on {deed.undone_at:%d %B %Y}. Nothing was changed.")
    _refuse_if_something_depends(deed)
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            # Said first too: the second undo in one transaction would otherwise be held to the order of tables.
            cursor.execute("set constraints all deferred")
            restore.put_back(deed)
            cursor.execute("set constraints all immediate")
            cursor.execute("set constraints all deferred")
    except IntegrityError as error:
        raise Refused(
            "Something entered later stands in the place of what this would put back. "
            "Nothing was changed. Take the later entry back first."
        ) from error
    deed.undone_at, deed.undone_by_id = at, by
    deed.save(update_fields=["undone_at", "undone_by"])
    audit.record(school=school, by=by, at=at, verb=f"{deed.kind}.undone", subject="change set", subject_id=deed.pk)
    return deed


def _refuse_if_something_depends(deed: ChangeSet) -> None:
    if later := later_changes_to(deed):
        raise Refused(
            f"Later work changed the same records: {said_by(later)}. Nothing was taken back. Undo the later work first."
        )
    if dependants := dependants_of(deed):
        listed = ", ".join(f"{count} {words}" for words, count in dependants.items())
        raise Refused(f"These now depend on it: {listed}. Nothing was taken back. Undo them first.")
