"""Help for somebody who has lost their user name or password. It goes by mail to the address registered with the
account, never onto the page, and whoever asks cannot tell from the answer whether there is such an account.
"""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.db.models import Q
from django.db.models.functions import Lower
from django.http import HttpRequest
from procrastinate.contrib.django import app

from itrack.accounts.actions.holdups import count_wrong, counted_against, hold_back
from itrack.accounts.actions.links import use_link, void_links
from itrack.accounts.actions.passwords import set_password
from itrack.accounts.models import Person
from itrack.accounts.rules_holdups import account_name
from itrack.accounts.rules_links import Lost, Purpose
from itrack.foundation.promise import keeps

NEW_PASSWORD, USER_NAME = "accounts.new_password", "accounts.user_name"
NOBODY = 0

JOBS: Mapping[Lost, str] = {Lost.PASSWORD: NEW_PASSWORD, Lost.USER_NAME: USER_NAME}


@keeps("help_with_lost_login_details")
@transaction.atomic
def ask_for_help(*, request: HttpRequest, typed: str, lost: Lost, at: datetime) -> None:
    """Queues one job whoever was named, known or not. Raises TooManyTries, counted by what was typed."""
    what = counted_against(request=request, kind="forgotten", name=account_name(typed))
    hold_back(what=what, now=at)
    # Each asking counts: nobody's mailbox can be filled by a stranger.
    count_wrong(what=what, at=at)
    app.configure_task(JOBS[lost]).defer(person=_named(account_name(typed)))


def _named(name: str) -> int:
    """The account with this user name or address; NOBODY for none. The same question for either."""
    rows = Person.objects.annotate(named=Lower("username"), mailed=Lower("email"))
    found = rows.filter(Q(named=name) | Q(mailed=name), is_active=True).values_list("pk", flat=True).first()
    return found or NOBODY


@keeps("help_with_lost_login_details")
@transaction.atomic
def set_lost_password(*, key: str, password: str, at: datetime) -> int:
    """Sets the password of the link's owner and returns the person. Raises LinkGone, or WeakPassword, which keeps it.

    Their sign-ins end everywhere, and other such links lead nowhere. A second factor is asked for as before.
    """
    link = use_link(key=key, purpose=Purpose.PASSWORD, at=at)
    set_password(person=link.person, password=password, at=at)
    void_links(person=link.person, purpose=Purpose.PASSWORD, school=None, at=at)
    return link.person
