"""What holds for each role in a school."""

from django.conf import settings

from itrack.accounts.models import RoleRule
from itrack.accounts.queries.stays import limits_from
from itrack.accounts.rules_sessions import GUARDED, Limits, usual_limits
from itrack.foundation.viewer import Role


def limits_by_role(*, school: int) -> dict[Role, Limits]:
    """Every role with what holds for it: as the school settled it, else as the product begins."""
    settled = {Role(rule.role): limits_from(rule) for rule in RoleRule.objects.filter(school_id=school)}
    return {role: settled.get(role) or usual_limits(role) for role in Role}


def always_asked() -> frozenset[Role]:
    """The roles whose second proof no school can give up. In the trial, which is for looking round, there are none."""
    return frozenset() if settings.TRIAL else GUARDED
