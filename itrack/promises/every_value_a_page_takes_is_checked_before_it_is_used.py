"""P20. An attacker's text must never become part of a question to the database."""

from datetime import date

from itrack.foundation.page import page
from itrack.foundation.promise import Enforced
from itrack.promises.evidence.parameters import every_value_checked

PROMISE = Enforced(
    id="P20",
    says="Everything a page is sent is checked against what that page expects before it is used, and reaches the "
    "database as a value, never as part of a question.",
    since=date(2026, 11, 23),
    kept_by=[page],
    evidence=every_value_checked,
)
