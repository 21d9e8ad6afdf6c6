"""Remembering the filters a reader usually wants, forgetting them, and settling what is held back from governors."""

from collections.abc import Mapping
from datetime import datetime

from itrack.foundation import audit
from itrack.reports.models import SmallNumbers, UsualView


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


def settle_small_numbers(*, school: int, by: int, at: datetime, upto: int) -> None:
    """From now on counts of one to `upto` are held back from readers without names."""
    SmallNumbers.objects.update_or_create(school_id=school, defaults={"upto": upto})
    audit.record(school=school, by=by, at=at, verb="report.small_numbers_settled", fields=["upto"])
