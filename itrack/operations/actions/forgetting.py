"""What is kept for a while is deleted when the while is over."""

from datetime import datetime

from itrack.foundation.audit import forget_entries


def forget_old_entries(*, school: int, at: datetime) -> int:
    """Deletes the school's audit entries that are older than a year; returns how many. Its window must be open."""
    return forget_entries(school=school, at=at)
