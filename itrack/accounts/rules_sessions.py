"""How long a sign-in lasts, for what reasons it ends, and what a role begins with.

NIST SP 800-63B asks for a new sign-in after 12 hours or 30 minutes without use; both are where every role begins.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from itrack.foundation.viewer import Role

# How stale "last seen" may grow: the longest somebody who came is not yet seen on the list of who is on.
NOTED_EVERY = timedelta(seconds=30)
KEPT_FOR = timedelta(days=14)


class Factor(StrEnum):
    """What somebody proved beside the password."""

    PASSKEY = "passkey"
    APP = "app"
    RECOVERY = "recovery"


class Ended(StrEnum):
    """Why a sign-in is over."""

    SIGNED_OUT = "signed out"
    REPLACED = "replaced"
    IDLE = "idle"
    TOO_LONG = "too long"
    PASSWORD = "password"  # noqa: S105 - the word, not one
    REMOVED = "removed"
    MOVED = "moved"
    CLOSED = "closed"
    FACTOR = "factor"


@dataclass(frozen=True, slots=True)
class Limits:
    """What a role is held to in a school."""

    idle: timedelta = timedelta(minutes=30)
    longest: timedelta = timedelta(hours=12)
    second_factor: bool = False
    whole_school: bool = False


# These see the whole school's pupils or hold its keys, so a password alone is not enough for them.
GUARDED = frozenset({Role.ADMINISTRATOR, Role.HEAD, Role.SENCO, Role.OFFICE})


def usual_limits(role: Role) -> Limits:
    """What holds for a role where the school has settled nothing."""
    return Limits(second_factor=role in GUARDED)


def why_over(*, first: datetime, seen: datetime, now: datetime, factor: str, limits: Limits) -> Ended | None:
    """The reason for which a sign-in that nobody ended no longer holds; None while it does."""
    if now - first >= limits.longest:
        return Ended.TOO_LONG
    if now - seen >= limits.idle:
        return Ended.IDLE
    if limits.second_factor and not factor:
        return Ended.FACTOR
    return None
