"""Somebody's own sign-ins of the last two weeks; older ones are not kept."""

from dataclasses import dataclass
from datetime import datetime

from itrack.accounts.models import SignIn
from itrack.accounts.rules_sessions import Factor

SHOWN = 10


@dataclass(frozen=True, slots=True)
class OwnStay:
    """One sign-in in this school; `ended_at` and `ended` are empty while it holds."""

    id: int
    began_at: datetime
    seen_at: datetime
    ended_at: datetime | None
    ended: str
    device: str
    factor: str


def own_stays(*, school: int, member: int) -> list[OwnStay]:
    """The ten latest, newest first. The school's window must be open."""
    rows = SignIn.objects.filter(school_id=school, member_id=member).order_by("-began_at", "-pk")[:SHOWN]
    return [
        OwnStay(row.pk, row.began_at, row.seen_at, row.ended_at, row.ended, row.device, PROOF[row.factor])
        for row in rows
    ]


# What was proved, as the page says it.
PROOF = {"": "password", Factor.PASSKEY: "passkey", Factor.APP: "app", Factor.RECOVERY: "recovery code"}
