"""P48. Nobody is on with another's account unnoticed: the newest sign-in ends the one before, and both are told."""

from datetime import date

from itrack.accounts.api import arrive, begin_stay, end_everywhere
from itrack.foundation.promise import Enforced
from itrack.promises.evidence.signing_in import one_sign_in_an_account

PROMISE = Enforced(
    id="P48",
    says="An account is signed in at one place at a time. A newer sign-in ends the one before it, a new password ends "
    "both, and both sides are told.",
    since=date(2026, 11, 24),
    kept_by=[begin_stay, arrive, end_everywhere],
    evidence=one_sign_in_an_account,
)
