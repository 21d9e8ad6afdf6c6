"""P90. Pupils come in by three doors and no other; one function stands behind all of them."""

from datetime import date

from itrack.foundation.promise import Enforced
from itrack.promises.evidence.arrival import pupils_arrive_by_known_ways
from itrack.pupils.api import store_pupils

PROMISE = Enforced(
    id="P90",
    says="A pupil’s record comes to us from the school alone: in a Common Transfer File or a spreadsheet of what such "
    "a file may hold, typed in by hand, or through Wonde. There is no other way in.",
    since=date(2026, 11, 23),
    kept_by=[store_pupils],
    evidence=pupils_arrive_by_known_ways,
)
