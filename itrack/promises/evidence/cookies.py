"""Evidence for what lies on people's devices, and what does not."""

from django.conf import settings

from itrack.accounts.api import remembered
from itrack.accounts.rules_defaults import CODE
from itrack.foundation.promise import Seen
from itrack.promises.evidence.everywhere import everywhere
from itrack.promises.evidence.words import listed


def settings_lie_on_accounts() -> Seen:
    """Counts what is remembered, looks for anything but ids and codes among it, and names the cookies there are."""
    with everywhere() as schools:
        people, choices = remembered()
    strange = [value for value in choices if not CODE.fullmatch(str(value))]
    cookies = [settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME, settings.DEVICE_COOKIE_NAME]
    return Seen(
        holds=not strange,
        observed=f"{len(choices)} choices of {people} people at {schools} schools are kept with their accounts; "
        f"{len(strange)} of them are anything but an id or a code. The program sets {len(cookies)} cookies, and none "
        f"of them holds a setting: {listed(cookies)}.",
    )
