"""P21. Looking at a record must not be able to change it, whatever the program believes it is doing."""

from datetime import date

from itrack.foundation.page import page
from itrack.foundation.promise import Enforced
from itrack.foundation.tenancy.windows import reading
from itrack.promises.evidence.rights import reading_cannot_write

PROMISE = Enforced(
    id="P21",
    says="A page that only shows records has no permission to change any: the database would refuse it.",
    since=date(2026, 11, 23),
    kept_by=[page, reading],
    evidence=reading_cannot_write,
)
