"""Evidence for the list of who is signed in: who may see it, whether it is true, how long it is kept."""

from datetime import timedelta

from itrack.accounts.api import presence_kept, who_is_on
from itrack.accounts.rules_sessions import KEPT_FOR
from itrack.foundation import clock
from itrack.foundation.promise import Seen
from itrack.foundation.routes import every_route
from itrack.promises.evidence.everywhere import everywhere
from itrack.promises.evidence.words import listed
from itrack.schools.api import every_school

PAGE = "signed-in"
# The nightly routine may be a day behind.
SLACK = timedelta(days=1)


def presence_is_recorded_and_short() -> Seen:
    """Counts who is on, looks for sign-ins kept too long, reads who may open the list and whether that is logged."""
    now = clock.now()
    [declared] = [route.declared for route in every_route() if route.declared and route.declared.name == PAGE]
    with everywhere() as schools:
        on = sum(len(who_is_on(school=school.id, now=now)) for school in every_school())
        kept, oldest = presence_kept(now=now)
    days = (now - oldest).days if oldest else 0
    short = oldest is None or now - oldest <= KEPT_FOR + SLACK
    return Seen(
        holds=short and declared.logged and not declared.may.public,
        observed=f"{on} people are signed in at {schools} schools. {kept} sign-ins are kept, the oldest last seen "
        f"{days} days ago (14 are allowed). The list opens to: {listed(declared.may.words())}; each look at it is "
        f"{'logged' if declared.logged else 'not logged'}.",
    )
