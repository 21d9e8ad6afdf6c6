"""The audit log: one entry a deed or a look, of ids, field names and counts. A value is never passed in."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from itrack.foundation.models import AuditEntry


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
) -> None:
    """Writes one entry in the caller's transaction. `verb` reads like "roll.imported"; `by` is a membership's id."""
    AuditEntry.objects.create(
        school_id=school,
        by_id=by,
        at=at,
        verb=verb,
        subject=subject,
        subject_id=subject_id,
        fields=sorted(fields),
        counts=dict(counts or {}),
    )
