"""P93. Who is given a place gets a link, and makes user name and password themselves; nobody else can."""

from datetime import date

from itrack.accounts.api import accept, invite, post_invitation, take_up, use_link
from itrack.foundation.promise import Enforced
from itrack.promises.evidence.credentials import owners_set_their_own

PROMISE = Enforced(
    id="P93",
    says="Everybody who uses the system chooses their own user name and password, by a link that works once and for "
    "a week. Nobody at the school or with us can see a password or set somebody else’s, and no mail holds one.",
    since=date(2026, 11, 24),
    kept_by=[invite, post_invitation, use_link, take_up, accept],
    evidence=owners_set_their_own,
)
