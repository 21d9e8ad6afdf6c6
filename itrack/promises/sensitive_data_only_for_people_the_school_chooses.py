"""P99. A school's records are for the people that school has chosen, each as far as their work needs."""

from datetime import date

from itrack.accounts.api import sign_in
from itrack.foundation.page import page
from itrack.foundation.promise import Enforced
from itrack.foundation.tenancy.windows import reading, writing
from itrack.promises.evidence.rights import only_the_schools_own_people

PROMISE = Enforced(
    id="P99",
    says="A school’s records are seen by nobody but the people that school has given an account, and by each of them "
    "as far as their role allows. Another school sees nothing.",
    since=date(2026, 11, 23),
    kept_by=[page, reading, writing, sign_in],
    evidence=only_the_schools_own_people,
)
