"""Who looked at what: the looks that pages declared as logged, from the audit log."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import BigIntegerField, Q, QuerySet
from django.db.models.functions import Cast

from itrack.foundation import clock
from itrack.foundation.models import AuditEntry
from itrack.operations.rules import TAKEN_OUT, look_in_words
from itrack.pupils.api import pupil_names

SHOWN = 100


@dataclass(frozen=True, slots=True)
class Asked:
    """What the reader asked for. None stands for everybody, every pupil, any day; `until` is included."""

    member: int | None = None
    pupil: int | None = None
    since: date | None = None
    until: date | None = None
    before: int | None = None


@dataclass(frozen=True, slots=True)
class Look:
    id: int
    at: datetime
    who: str
    what: str
    pupil: int | None
    pupil_name: str


@dataclass(frozen=True, slots=True)
class Looks:
    """At most a hundred looks, newest first; `older` leads on to those before them, None when there are no more."""

    rows: list[Look]
    older: int | None


def looks(*, school: int, asked: Asked) -> Looks:
    """The looks asked for. Two questions, whatever the number of rows."""
    found = _found(school, asked).select_related("by").order_by("-pk")
    rows = list(found[: SHOWN + 1])
    more = len(rows) > SHOWN
    rows = rows[:SHOWN]
    names = pupil_names(school=school, pupils=_pupils(rows))
    return Looks([_look(row, names) for row in rows], rows[-1].pk if more else None)


def _found(school: int, asked: Asked) -> QuerySet[AuditEntry]:
    corrected = AuditEntry.objects.filter(school_id=school, verb__endswith=".not_shown", counts__has_key="look")
    seen = Q(verb__endswith=".seen") & ~Q(pk__in=corrected.values(look=Cast("counts__look", BigIntegerField())))
    nothing = Q(verb__endswith=".not_shown") | Q(verb__endswith=".refused")
    rows = AuditEntry.objects.filter(seen | nothing | Q(verb__in=TAKEN_OUT), school_id=school)
    wanted = Q()
    if asked.member is not None:
        wanted &= Q(by_id=asked.member)
    if asked.pupil is not None:
        wanted &= Q(subject="pupil", subject_id=asked.pupil)
    if asked.since is not None:
        wanted &= Q(at__gte=clock.midnight(asked.since))
    if asked.until is not None:
        wanted &= Q(at__lt=clock.midnight(asked.until + timedelta(days=1)))
    if asked.before is not None:
        wanted &= Q(pk__lt=asked.before)
    return rows.filter(wanted)


def _pupils(rows: Iterable[AuditEntry]) -> list[int]:
    return [row.subject_id for row in rows if row.subject == "pupil" and row.subject_id is not None]


def _look(row: AuditEntry, names: dict[int, str]) -> Look:
    pupil = row.subject_id if row.subject == "pupil" else None
    who = row.by.name if row.by else "the program"
    return Look(row.pk, row.at, who, look_in_words(row.verb), pupil, names.get(pupil or 0, ""))
