"""P95. The best password is worth nothing on a note beside the screen."""

from datetime import date

from itrack.accounts.api import finish, go_on, take_advice
from itrack.foundation.promise import Enforced
from itrack.promises.evidence.passwords import everybody_was_asked

PROMISE = Enforced(
    id="P95",
    says="Everybody is asked to keep their user name and password safe: when they set up their account, and again "
    "every year before they are let in.",
    since=date(2026, 11, 24),
    kept_by=[go_on, finish, take_advice],
    evidence=everybody_was_asked,
)
