"""P96. Only the school decides who has an account, and whoever it removes is out at once."""

from datetime import date

from itrack.accounts.api import end_place, take_places
from itrack.foundation.promise import Enforced
from itrack.promises.evidence.people import accounts_are_managed

PROMISE = Enforced(
    id="P96",
    says="A school’s administrators see everybody who has an account there, add people, change what they may do and "
    "remove them, at any time. Whoever is removed is signed out at their next click and holds no link that lets them "
    "back in.",
    since=date(2026, 11, 24),
    kept_by=[take_places, end_place],
    evidence=accounts_are_managed,
)
