"""P49. What somebody sets stays set, kept with their account and not on their device."""

from datetime import date

from itrack.accounts.api import recall, set_look
from itrack.foundation.promise import Enforced
from itrack.promises.evidence.cookies import settings_lie_on_accounts

PROMISE = Enforced(
    id="P49",
    says="What you set stays set: the class and subject you opened last, and how pages look. It is kept with your "
    "account, so it is there on any device, and no cookie holds it.",
    since=date(2026, 11, 24),
    kept_by=[recall, set_look],
    evidence=settings_lie_on_accounts,
)
