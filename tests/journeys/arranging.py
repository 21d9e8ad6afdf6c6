"""What no page or command does yet, done to the running product by its own actions, in a process beside it."""

import subprocess
import sys

from tests.journeys.product import Product

BEGIN = """
import sys
from argparse import Namespace
from itrack.config.cli.ground import standing
with standing(Namespace(home=sys.argv[1])):
    from datetime import UTC, datetime
    from itrack.accounts.api import settle_role, viewers_named
    from itrack.accounts.models import Membership
    from itrack.accounts.rules_sessions import Limits
    from itrack.foundation.tenancy.windows import writing
    from itrack.schools.api import school_by_urn
    now = datetime.now(UTC)
"""
ROLE = """
    [place] = viewers_named(username=sys.argv[2])
    with writing(place.school):
        limits = Limits(second_factor=sys.argv[3] == "yes")
        settle_role(school=place.school, role=place.role, limits=limits, by=None, at=now)
"""
PLACE = """
    [place] = viewers_named(username=sys.argv[2])
    school = school_by_urn(urn=sys.argv[3]).id
    with writing(school):
        Membership.objects.create(
            school_id=school, person_id=place.person, name=place.name, job_title="Supply teacher", role="teacher",
            joined_at=now,
        )
"""
IDLE = """
    from datetime import timedelta
    from itrack.accounts.models import SignIn
    [place] = viewers_named(username=sys.argv[2])
    with writing(place.school):
        last = now - Limits().idle - timedelta(minutes=1)
        SignIn.objects.filter(member_id=place.member, ended_at__isnull=True).update(began_at=last, seen_at=last)
"""


def must_have_a_factor(product: Product, username: str, *, must: bool) -> None:
    """Whether everybody of this person's role is asked for a second proof."""
    _do(product, ROLE, username, "yes" if must else "no")


def also_teaches_at(product: Product, username: str, urn: str) -> None:
    _do(product, PLACE, username, urn)


def leaves_the_desk(product: Product, username: str) -> None:
    """This person's last click is longer ago than their role may be idle."""
    _do(product, IDLE, username)


def _do(product: Product, deed: str, *words: str) -> None:
    command = [sys.executable, "-P", "-c", BEGIN + deed, str(product.home), *words]
    subprocess.run(command, env=product.environment, check=True)
