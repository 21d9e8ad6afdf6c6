"""Links sent by mail. What is stored is a digest, so that whoever reads the table can follow none of them.

token = make_link(person=17, purpose=Purpose.PASSWORD, school=None, at=now)   # in the worker, into the mail
use_link(key=digest(token), purpose=Purpose.PASSWORD, at=now)                 # once; then LinkGone
"""

from datetime import datetime, timedelta

from django.db import transaction

from itrack.accounts.models import Link, Person
from itrack.accounts.queries.links import Followed, alike, followed
from itrack.accounts.rules_links import GOOD_FOR, SAID, Fate, Purpose, digest, new_token
from itrack.foundation.promise import keeps
from itrack.foundation.refusal import Refused

# Long enough to see what became of a link that somebody asks about.
KEPT = timedelta(days=30)


class LinkGone(Refused):
    """A link that is used, expired, replaced or unknown; the sentence says which, and what to do."""

    status = 410

    def __init__(self, purpose: Purpose, fate: Fate) -> None:
        super().__init__(SAID[purpose, fate])
        self.fate = fate


@transaction.atomic
def make_link(*, person: int, purpose: Purpose, school: int | None, at: datetime) -> str:
    """Makes the token for a mail. The ones before it, for the same purpose and school, lead nowhere from now on."""
    # Two jobs at once would each see none before it.
    Person.objects.select_for_update(no_key=True).get(pk=person)
    void_links(person=person, purpose=purpose, school=school, at=at)
    token, until = new_token(), at + GOOD_FOR[purpose]
    Link.objects.create(
        person_id=person,
        purpose=purpose.value,
        digest=digest(token),
        made_at=at,
        expires_at=until,
        place_id=school,
    )
    return token


@keeps("users_create_their_own_username_and_password")
@keeps("help_with_lost_login_details")
@transaction.atomic
def use_link(*, key: str, purpose: Purpose, at: datetime) -> Followed:
    """Uses the link up; of two who follow it at once, one does. Raises LinkGone."""
    waiting = Link.objects.filter(digest=key, purpose=purpose.value, used_at__isnull=True, expires_at__gt=at)
    found = followed(key=key, purpose=purpose, now=at)
    if not waiting.update(used_at=at):
        # Somebody was quicker than our look if it still seems good.
        raise LinkGone(purpose, Fate.USED if found.fate is Fate.GOOD else found.fate)
    return found


def void_links(*, person: int, purpose: Purpose, school: int | None, at: datetime) -> None:
    """Lets the person's waiting links for this purpose lead nowhere."""
    alike(person=person, purpose=purpose, school=school).filter(used_at__isnull=True, expires_at__gt=at).update(
        expires_at=at
    )


def forget_old_links(*, at: datetime) -> int:
    """Throws away links that lapsed more than 30 days ago; returns how many went."""
    return Link.objects.filter(expires_at__lt=at - KEPT).delete()[0]
