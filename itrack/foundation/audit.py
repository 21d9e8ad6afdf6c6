"""The audit log: one entry a deed or a look, of ids, field names and counts. A value is never passed in."""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta

from itrack.foundation.models import AuditEntry

KEPT_FOR = timedelta(days=366)


def record_each(*, school: int, by: int, at: datetime, verb: str, subject: str, subject_ids: Iterable[int]) -> None:
    """Writes an entry for each of the rows of one kind, in one statement."""
    AuditEntry.objects.bulk_create(
        AuditEntry(school_id=school, by_id=by, at=at, verb=verb, subject=subject, subject_id=subject_id)
        for subject_id in subject_ids
    )


def record(
    *,
    school: int,
    by: int | None,
    at: datetime,
    verb: str,
    subject: str = "",
    subject_id: int | None = None,
    fields: Iterable[str] = (),
    counts: Mapping[str, int] | None = None,
) -> int:
    """Writes one entry in the caller's transaction, returns its id. `verb`: "roll.imported"; `by`: a membership."""
    entry = AuditEntry.objects.create(
        school_id=school,
        by_id=by,
        at=at,
        verb=verb,
        subject=subject,
        subject_id=subject_id,
        fields=sorted(fields),
        counts=dict(counts or {}),
    )
    return entry.pk


def forget_entries(*, school: int, at: datetime) -> int:
    """Deletes the school's entries older than a year; returns how many. Younger ones the database holds on to."""
    old = AuditEntry.objects.filter(school_id=school, at__lt=at - KEPT_FOR)
    return old.delete()[0]
