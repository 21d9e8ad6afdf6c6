"""P25. Whoever guesses at a password, a code or a link is stalled, and cannot lock its owner out by guessing."""

from datetime import date

from itrack.accounts.api import count_wrong, prove, sign_in, wait_for
from itrack.foundation.promise import Enforced
from itrack.promises.evidence.signing_in import guessing_is_stalled

PROMISE = Enforced(
    id="P25",
    says="Guessing at passwords is stalled: after a few wrong tries each further one waits longer, even if it is "
    "right, and whether the account exists or not. A stranger’s guesses do not keep the owner out.",
    since=date(2026, 11, 24),
    kept_by=[sign_in, prove, wait_for, count_wrong],
    evidence=guessing_is_stalled,
)
