"""The doors: work that nobody may be on for, such as a restore, shuts them in one transaction.

    with doors_shut(now=clock.now()) as on:
        if on:
            refuse(f"{len(on)} people are signed in")
        ...  # nobody can sign in until this block ends

Signing in holds the doors open for the length of its own transaction, shutting them waits for that. So whoever was on
their way in is counted, and whoever comes later is told to wait.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from django.db import connection

from itrack.accounts.queries.presence import OnNow, who_is_on
from itrack.foundation.refusal import Refused
from itrack.foundation.tenancy.windows import writing
from itrack.schools.api import every_school

# Any number will do, so long as nothing else in the database locks by it.
DOORS = 7_203_115


def come_in() -> None:
    """Asked by whoever signs in, inside that transaction. Refused while the doors are shut."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_try_advisory_xact_lock_shared(%s)", [DOORS])
        [open_now] = cursor.fetchone() or (False,)
    if not open_now:
        raise Refused("Nobody can sign in for a few minutes: work on the system is under way. Try again then.")


@contextmanager
def doors_shut(*, now: datetime) -> Iterator[list[OnNow]]:
    """Keeps newcomers out until the block ends, and tells who is on, of all schools."""
    schools = [school.id for school in every_school()]
    with writing(*schools):
        with connection.cursor() as cursor:
            cursor.execute("select pg_advisory_xact_lock(%s)", [DOORS])
        yield [one for school in schools for one in who_is_on(school=school, now=now)]
