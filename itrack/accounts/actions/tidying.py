"""What is left of sign-ins is thrown away when nobody needs it any more."""

from datetime import datetime

from django.contrib.sessions.models import Session

from itrack.accounts.models import SignIn
from itrack.accounts.rules_sessions import KEPT_FOR


def forget_old_sign_ins(*, school: int, at: datetime) -> int:
    """Deletes sign-ins of people last seen more than 14 days ago; returns how many. The window must be open."""
    return SignIn.objects.filter(school_id=school, seen_at__lt=at - KEPT_FOR).delete()[0]


def forget_old_sessions(*, at: datetime) -> int:
    """Deletes what lapsed cookies point at; returns how many rows went."""
    return Session.objects.filter(expire_date__lt=at).delete()[0]
