"""P98. What somebody may do follows their work at the school, not the moment they signed in."""

from datetime import date

from itrack.accounts.api import change_place, end_place
from itrack.foundation.promise import Enforced
from itrack.promises.evidence.people import changes_take_effect

PROMISE = Enforced(
    id="P98",
    says="When somebody joins, changes role or leaves, their access follows at their next click, even while they are "
    "signed in. Accounts nobody uses are pointed out, and the school can list who joined, moved and left.",
    since=date(2026, 11, 24),
    kept_by=[change_place, end_place],
    evidence=changes_take_effect,
)
