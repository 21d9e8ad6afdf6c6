"""P94. A password guessed, reused or leaked opens every pupil's record that its owner may see."""

from datetime import date

from itrack.accounts.api import set_password
from itrack.accounts.rules_passwords import faults
from itrack.foundation.promise import Enforced
from itrack.promises.evidence.passwords import every_password_was_judged

PROMISE = Enforced(
    id="P94",
    says="Every password holds capital letters, small letters and digits, is long, and is none that is easily guessed. "
    "The same rules judge it however it is set.",
    since=date(2026, 11, 24),
    kept_by=[faults, set_password],
    evidence=every_password_was_judged,
)
