"""P55. Who is signed in is recorded, shown to few, and forgotten soon."""

from datetime import date

from itrack.accounts.api import arrive, begin_stay, who_is_on
from itrack.foundation.promise import Enforced
from itrack.promises.evidence.presence import presence_is_recorded_and_short

PROMISE = Enforced(
    id="P55",
    says="While somebody is signed in, we record that they are, so that nobody works on the system underneath them. "
    "Only the school’s leaders see the list, each look at it is logged, and it is kept for two weeks.",
    since=date(2026, 11, 24),
    kept_by=[begin_stay, arrive, who_is_on],
    evidence=presence_is_recorded_and_short,
)
