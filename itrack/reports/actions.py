"""Remembering the filters a reader usually wants, settling what is held back from governors, adding up for a trust."""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from itrack.foundation import audit
from itrack.foundation.clock import day_of
from itrack.reports.models import RollUp, SmallNumbers, UsualView
from itrack.reports.queries.roll_ups import missing
from itrack.reports.rules.pooled import FIGURES, Counts

ADD_UP = "reports.add_up"


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


@dataclass(frozen=True, slots=True)
class Added:
    """A point added up: its figures by subject, None for what is held back, and by what rule."""

    year: int
    slot: int
    as_at: date
    upto: int
    beside: str
    figures: Mapping[str, Counts]


def keep_roll_up(*, school: int, at: datetime, added: Added) -> None:
    """Keeps what was added up in the place of what was kept of that point before."""
    kept = RollUp.objects.filter(school_id=school, year=added.year, slot=added.slot)
    kept.exclude(subject__in=added.figures).delete()
    key = {"school_id": school, "year": added.year, "slot": added.slot}
    told = {"upto": added.upto, "beside": added.beside, "as_at": added.as_at, "made_at": at}
    RollUp.objects.bulk_create(
        [RollUp(subject=subject, **key, **told, **counts) for subject, counts in added.figures.items()],
        update_conflicts=True,
        unique_fields=["school", "year", "slot", "subject"],
        update_fields=[*told, *FIGURES],
    )
    counts = {"year": added.year, "slot": added.slot, "subjects": len(added.figures)}
    audit.record(school=school, by=None, at=at, verb="report.added_up", counts=counts)


def ask_to_add_up(*, schools: Sequence[int], beside: str, at: datetime) -> None:
    """Has what is missing added up in the background, a job a school; one that is waiting is not asked for twice."""
    for school in dict.fromkeys(one.school for one in missing(schools=schools, today=day_of(at), beside=beside)):
        with suppress(AlreadyEnqueued), transaction.atomic():
            app.configure_task(ADD_UP, queueing_lock=f"{ADD_UP}:{school}").defer(school=school)
