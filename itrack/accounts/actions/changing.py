"""Changing one's own password, signed in."""

from datetime import datetime

from django.db import transaction
from django.http import HttpRequest
from procrastinate.contrib.django import app

from itrack.accounts.actions.hashing import matches
from itrack.accounts.actions.holdups import count_wrong, counted_against, forgive, hold_back
from itrack.accounts.actions.passwords import set_password
from itrack.accounts.actions.stays import KEY
from itrack.accounts.models import Person, SignIn
from itrack.accounts.rules_holdups import account_name
from itrack.accounts.rules_links import digest, new_token
from itrack.foundation.tenancy.windows import writing
from itrack.foundation.viewer import Viewer

CHANGED = "accounts.password_changed"


def change_password(*, request: HttpRequest, viewer: Viewer, current: str, password: str, at: datetime) -> bool:
    """Sets the viewer's new password if `current` is theirs; False when it is not, which counts as a wrong try.

    This sign-in goes on under a new key: whoever holds a copy of its cookie is out. Raises TooManyTries, WeakPassword.
    """
    account = Person.objects.get(pk=viewer.person)
    what = counted_against(request=request, kind="account", name=account_name(account.username or ""))
    hold_back(what=what, now=at)
    if not matches(current, account.password):
        count_wrong(what=what, at=at)
        return False
    forgive(what=what)
    with transaction.atomic():
        set_password(person=viewer.person, password=password, at=at, keep=True)
        _under_a_new_key(request, viewer)
        app.configure_task(CHANGED).defer(person=viewer.person)
    return True


def _under_a_new_key(request: HttpRequest, viewer: Viewer) -> None:
    token = new_token()
    with writing(viewer.school):
        SignIn.objects.filter(school_id=viewer.school, pk=viewer.sign_in).update(key=digest(token))
        Person.objects.filter(pk=viewer.person).update(live_key=digest(token))
    request.session.cycle_key()
    request.session[KEY] = token
