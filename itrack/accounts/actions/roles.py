"""What a school settles for a role: how long its people stay signed in, and what they must prove."""

from datetime import datetime, timedelta

from django.db import transaction

from itrack.accounts.models import RoleRule
from itrack.accounts.queries.roles import always_asked
from itrack.accounts.rules_sessions import Limits
from itrack.foundation import audit
from itrack.foundation.refusal import Refused
from itrack.foundation.viewer import Role

MINUTES, HOURS = range(5, 241), range(1, 25)


@transaction.atomic
def settle_role(*, school: int, role: Role, limits: Limits, by: int | None, at: datetime) -> None:
    """Settles what holds for the role from the next click of everybody who has it."""
    idle, longest = limits.idle // timedelta(minutes=1), limits.longest // timedelta(hours=1)
    if idle not in MINUTES or longest not in HOURS:
        raise Refused("Somebody may be idle for 5 to 240 minutes and stay for 1 to 24 hours. Nothing was changed.")
    if role in always_asked() and not limits.second_factor:
        raise Refused("Leaders, the SENCO and the office always give a second proof. Nothing was changed.")
    values = {
        "idle_minutes": idle,
        "longest_hours": longest,
        "second_factor": limits.second_factor,
        "whole_school": limits.whole_school,
    }
    rule, _ = RoleRule.objects.update_or_create(school_id=school, role=role.value, defaults=values)
    audit.record(
        school=school, by=by, at=at, verb="role.settled", subject="role", subject_id=rule.pk, fields=sorted(values)
    )
