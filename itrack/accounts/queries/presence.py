"""Who is on now."""

from dataclasses import dataclass
from datetime import datetime

from itrack.accounts.models import RoleRule, SignIn
from itrack.accounts.queries.stays import limits_from
from itrack.accounts.rules_sessions import Limits, usual_limits, why_over
from itrack.foundation.promise import keeps
from itrack.foundation.viewer import Role


@dataclass(frozen=True, slots=True)
class OnNow:
    """Somebody signed in to the school. `seen_at` is at most half a minute behind their last click."""

    member: int
    name: str
    job_title: str
    role: Role
    began_at: datetime
    seen_at: datetime
    device: str


@keeps("logged_in_presence_is_recorded_and_seen_by_few")
def who_is_on(*, school: int, now: datetime) -> list[OnNow]:
    """Those whose sign-in holds, latest click first. Who has been idle for too long is gone, ended or not."""
    settled = {Role(rule.role): limits_from(rule) for rule in RoleRule.objects.filter(school_id=school)}
    rows = SignIn.objects.filter(school_id=school, ended_at__isnull=True, member__ended_on__isnull=True)
    open_ones = rows.select_related("member").order_by("-seen_at", "pk")
    return [_shown(row) for row in open_ones if _holds(row, settled, now)]


def _holds(row: SignIn, settled: dict[Role, Limits], now: datetime) -> bool:
    role = Role(row.member.role)
    limits = settled.get(role) or usual_limits(role)
    return why_over(first=row.first_at, seen=row.seen_at, now=now, factor=row.factor, limits=limits) is None


def _shown(row: SignIn) -> OnNow:
    place = row.member
    return OnNow(place.pk, place.name, place.job_title, Role(place.role), row.began_at, row.seen_at, row.device)


def presence_kept(*, now: datetime) -> tuple[int, datetime | None]:
    """How many sign-ins are kept in the schools of the window, and when the one longest unseen was last seen."""
    rows = SignIn.objects.filter(seen_at__lte=now)
    oldest = rows.order_by("seen_at").values_list("seen_at", flat=True).first()
    return rows.count(), oldest
