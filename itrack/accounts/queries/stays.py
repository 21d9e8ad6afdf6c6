"""The sign-in a request comes with: one question a request, before any window opens."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, F, JSONField, OuterRef, Subquery
from django.db.models.functions import JSONObject

from itrack.accounts.models import Person, RoleRule, SignIn
from itrack.accounts.queries.people import viewer_at, viewers_of
from itrack.accounts.rules_links import digest
from itrack.accounts.rules_sessions import Ended, Limits, usual_limits, why_over
from itrack.foundation.tenancy.windows import writing
from itrack.foundation.viewer import Role, Viewer


@dataclass(frozen=True, slots=True)
class Stay:
    """A sign-in as the request finds it. `over` says why it no longer holds, None while it does."""

    viewer: Viewer
    seen_at: datetime
    ended_at: datetime | None
    over: Ended | None


@dataclass(frozen=True, slots=True)
class OpenStay:
    """A sign-in that nobody ended. `over` says why it no longer holds all the same, None while it does."""

    id: int
    school: int
    device: str
    began_at: datetime
    over: Ended | None


def stay_of(*, school: int, key: str, now: datetime) -> Stay | None:
    """The sign-in with this key in that school, whose window must be open to the program; None for a made-up key."""
    rows = SignIn.objects.filter(school_id=school, key=digest(key)).annotate(settled=_settled())
    row = rows.select_related("member__person", "member__school").first()
    if row is None:
        return None
    limits = _limits_on(row)
    viewer = viewer_at(row.member, sign_in=row.pk, whole_school=limits.whole_school)
    return Stay(viewer, row.seen_at, row.ended_at, _over(row, limits, now))


def open_stays(*, schools: Sequence[int], person: int, now: datetime) -> list[OpenStay]:
    """The person's sign-ins in these schools, whose windows must be open, that nobody has ended; the latest first."""
    rows = SignIn.objects.filter(school_id__in=schools, member__person_id=person, ended_at__isnull=True)
    found = rows.annotate(settled=_settled()).select_related("member__person").order_by("-seen_at", "-pk")
    return [
        OpenStay(row.pk, row.school_id, row.device, row.began_at, _over(row, _limits_on(row), now)) for row in found
    ]


def newest_stay(*, person: int) -> dict[str, Any] | None:
    """The sign-in that holds now, as a session can keep it: who and where, its key's digest, its browser; or None."""
    schools = [place.school for place in viewers_of(person=person)]
    with writing(*schools):
        key = Person.objects.values_list("live_key", flat=True).get(pk=person)
        row = SignIn.objects.filter(school_id__in=schools, key=key).first() if key else None
    if row is None:
        return None
    told = {"person": person, "newer": key, "school": row.school_id, "member": row.member_id, "sign_in": row.pk}
    return told | {"device": row.device}


def _limits_on(row: Any) -> Limits:
    return _limits(Role(row.member.role), row.settled)


def _settled() -> Subquery:
    """What the school has settled for the role of the sign-in's owner, as one value: null where it has not."""
    told = JSONObject(
        idle=F("idle_minutes"), longest=F("longest_hours"), factor=F("second_factor"), whole=F("whole_school")
    )
    rules = RoleRule.objects.filter(school_id=OuterRef("school_id"), role=OuterRef("member__role"))
    return Subquery(rules.values(told=told)[:1], output_field=JSONField())


def _limits(role: Role, settled: dict[str, Any] | None) -> Limits:
    if settled is None:
        return usual_limits(role)
    idle, longest = timedelta(minutes=settled["idle"]), timedelta(hours=settled["longest"])
    return Limits(idle, longest, second_factor=settled["factor"], whole_school=settled["whole"])


def limits_of(*, school: int, role: Role) -> Limits:
    """What holds for a role in that school: as it settled, else as the product begins. Its window must be open."""
    rule = RoleRule.objects.filter(school_id=school, role=role.value).first()
    return usual_limits(role) if rule is None else limits_from(rule)


def limits_from(rule: RoleRule) -> Limits:
    idle, longest = timedelta(minutes=rule.idle_minutes), timedelta(hours=rule.longest_hours)
    return Limits(idle, longest, second_factor=rule.second_factor, whole_school=rule.whole_school)


def _over(row: SignIn, limits: Limits, now: datetime) -> Ended | None:
    if row.ended_at is not None:
        return Ended(row.ended)
    place = row.member
    if place.ended_on is not None or place.joined_at is None or not place.person.is_active:
        return Ended.REMOVED
    if place.person.live_key != row.key:
        return Ended.REPLACED
    return why_over(first=row.first_at, seen=row.seen_at, now=now, factor=row.factor, limits=limits)


@dataclass(frozen=True, slots=True)
class LiveSignIns:
    """Accounts whose key leads to a sign-in that nobody ended, those that have several, and open sign-ins beside."""

    accounts: int
    twice: int
    over: int


def live_sign_ins() -> LiveSignIns:
    """Counted over the schools whose windows are open."""
    open_ones = SignIn.objects.filter(ended_at__isnull=True)
    held = open_ones.filter(key=F("member__person__live_key")).values("member__person").annotate(n=Count("pk"))
    counts = list(held.values_list("n", flat=True))
    return LiveSignIns(len(counts), sum(n > 1 for n in counts), open_ones.count() - sum(counts))
