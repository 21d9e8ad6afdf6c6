"""Browsers in which somebody has signed in: a cookie of random tokens, one an account, and a row for each.

A token opens nothing. It only lets the account's owner be counted apart from strangers who guess at their password.
"""

from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import Q
from django.db.models.functions import Lower
from django.http import HttpRequest, HttpResponse

from itrack.accounts.models import KnownDevice
from itrack.accounts.rules_links import digest, new_token

KEPT = timedelta(days=180)
# Several people share a staffroom computer; its cookie holds a token for each of the last ten.
MOST = 10
LONGEST_TOKEN = 60
_FRESH = "_fresh_device_cookie"


def _tokens(request: HttpRequest) -> list[str]:
    words = request.COOKIES.get(settings.DEVICE_COOKIE_NAME, "")[: MOST * LONGEST_TOKEN].split(".")
    return [word for word in words if word][:MOST]


def known_device(*, request: HttpRequest, name: str = "", person: int | None = None) -> int | None:
    """The row by which the account with this user name, or this id, knows the browser; None for a strange one.

    Asks the same question of the database for a name nobody has as for one somebody has.
    """
    rows = KnownDevice.objects.filter(digest__in=[digest(token) for token in _tokens(request)] or [""])
    known = rows.annotate(named=Lower("person__username")).filter(Q(named=name) | Q(person_id=person))
    return known.values_list("pk", flat=True).first()


def know_device(*, request: HttpRequest, person: int, at: datetime) -> None:
    """Remembers the browser of somebody who has just signed in. The cookie goes out with the answer."""
    tokens = _tokens(request)
    mine = KnownDevice.objects.filter(person_id=person, digest__in=[digest(token) for token in tokens])
    if not mine.update(used_at=at):
        token = new_token()
        KnownDevice.objects.create(person_id=person, digest=digest(token), made_at=at, used_at=at)
        tokens = [token, *tokens][:MOST]
    setattr(request, _FRESH, ".".join(tokens))


def forget_strange_devices(*, request: HttpRequest, person: int) -> None:
    """Forgets every browser of the person but the one that asks."""
    ours = [digest(token) for token in _tokens(request)]
    KnownDevice.objects.filter(person_id=person).exclude(digest__in=ours).delete()


def forget_old_devices(*, at: datetime) -> int:
    """Throws away what was not used for 180 days; returns how many rows went."""
    return KnownDevice.objects.filter(used_at__lt=at - KEPT).delete()[0]


def hand_over(*, request: HttpRequest, response: HttpResponse) -> None:
    """Puts the cookie on the answer when somebody signed in on the way to it."""
    cookie = getattr(request, _FRESH, "")
    if cookie:
        response.set_cookie(
            settings.DEVICE_COOKIE_NAME,
            cookie,
            max_age=int(KEPT.total_seconds()),
            secure=settings.SESSION_COOKIE_SECURE,
            httponly=True,
            samesite="Lax",
        )
