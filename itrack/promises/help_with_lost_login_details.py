"""P33. Who has lost a user name or password is helped by mail, at the registered address, without anybody between."""

from datetime import date

from itrack.accounts.api import ask_for_help, post_new_password, post_user_name, set_lost_password, use_link
from itrack.foundation.promise import Enforced
from itrack.promises.evidence.credentials import help_is_for_the_owner_alone

PROMISE = Enforced(
    id="P33",
    says="Who has forgotten their user name or password is helped at once, by mail to the address registered with the "
    "account and nowhere else. The link works once and for an hour; a new password signs everybody else out and "
    "replaces no second factor.",
    since=date(2026, 11, 24),
    kept_by=[ask_for_help, post_new_password, post_user_name, use_link, set_lost_password],
    evidence=help_is_for_the_owner_alone,
)
