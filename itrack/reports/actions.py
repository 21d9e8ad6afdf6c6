"""Remembering the filters a reader of a report usually wants, and forgetting them."""

from collections.abc import Mapping
from datetime import datetime

from itrack.foundation import audit
from itrack.reports.models import UsualView


def remember_view(*, school: int, by: int, at: datetime, report: str, filters: Mapping[str, str]) -> None:
    """From now on this report begins with these filters (ids and codes) for the member `by`."""
    UsualView.objects.update_or_create(
        school_id=school, member_id=by, report=report, defaults={"filters": dict(filters)}
    )
    audit.record(school=school, by=by, at=at, verb="report.view_remembered", fields=filters)


def forget_view(*, school: int, by: int, at: datetime, report: str) -> None:
    """The report begins as it does for anybody again. Nothing happens when nothing was remembered."""
    forgotten, _ = UsualView.objects.filter(school_id=school, member_id=by, report=report).delete()
    if forgotten:
        audit.record(school=school, by=by, at=at, verb="report.view_forgotten")
