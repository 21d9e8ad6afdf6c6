"""P97. An account nobody needs any more is found within a term."""

from datetime import date

from itrack.foundation.promise import Enforced
from itrack.promises.evidence.people import accounts_are_reviewed
from itrack.staff.api import remind, sign_review

PROMISE = Enforced(
    id="P97",
    says="At least once a term we ask each school’s administrators to review who has an account. They are reminded two "
    "weeks and three days before the last day of term and once it has passed; until somebody signs, the school’s "
    "leaders see that it is overdue. What was signed is kept as it was and cannot be changed.",
    since=date(2026, 11, 24),
    kept_by=[remind, sign_review],
    evidence=accounts_are_reviewed,
)
