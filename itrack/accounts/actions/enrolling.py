"""Adding an app or a passkey: something is offered, the person shows that it works, and only then is it stored."""

from datetime import datetime
from typing import Any

from django.http import HttpRequest

from itrack.accounts.actions.factors import add_app, add_passkey, make_codes, opened_for, sealed_for
from itrack.accounts.actions.proving import passkeys_of, remember_asked, site_of, user_handle, was_asked
from itrack.accounts.queries.factors import account_of, codes_left
from itrack.accounts.rules_devices import device_of
from itrack.accounts.sources import apps, passkeys
from itrack.accounts.sources.passkeys import NAME, NotAccepted
from itrack.accounts.sources.sealing import Unreadable

OFFERED, OFFER = "offered", "offer"


def offer_app(*, request: HttpRequest, person: int) -> str:
    """The secret for a new app: the same until it is taken up, so that a page may be looked at twice."""
    held = _offered(request, person)
    if held:
        return held
    secret = apps.new_secret()
    # Sessions lie in the database like everything else.
    request.session[OFFERED] = sealed_for(person, OFFER, secret.encode())
    return secret


def _offered(request: HttpRequest, person: int) -> str:
    try:
        return opened_for(person, OFFER, request.session.get(OFFERED, "")).decode()
    except Unreadable:
        return ""


def shown_app(*, request: HttpRequest, person: int) -> dict[str, Any]:
    """What the page of a new app shows: the drawing, the secret in fours, the address for an app on this device."""
    secret = offer_app(request=request, person=person)
    address = apps.address(secret, name=account_of(person=person).username, issuer=NAME)
    return {"square": apps.drawn(address), "secret": apps.in_fours(secret), "address": address}


def take_app(*, request: HttpRequest, person: int, code: str, at: datetime) -> bool:
    """Stores the offered app if this is a code of it."""
    secret = _offered(request, person)
    step = apps.step_of(code, secret=secret, at=at) if secret else None
    if step is None:
        return False
    add_app(person=person, secret=secret, step=step, at=at)
    del request.session[OFFERED]
    return True


def ask_for_new_passkey(*, request: HttpRequest, person: int, at: datetime) -> dict[str, Any] | None:
    """What to ask the browser so that it makes a passkey; None at an address where it cannot."""
    site = site_of(request)
    if site is None:
        return None
    name = account_of(person=person).username
    known = passkeys_of(person)
    options, state = passkeys.ask_new(site=site, user=user_handle(person), name=name, known=known)
    remember_asked(request, "add", person, state, at)
    return options


def take_passkey(*, request: HttpRequest, person: int, given: str, name: str, at: datetime) -> bool:
    """Stores the passkey the browser made for what it was asked. Without a name it gets that of the browser."""
    asked, site = was_asked(request, "add", person, at), site_of(request)
    if asked is None or site is None:
        return False
    try:
        made = passkeys.take_new(site=site, state=asked["state"], answer=given)
    except NotAccepted:
        return False
    name = name.strip() or device_of(request.headers.get("User-Agent", ""))
    add_passkey(person=person, passkey=made, name=name[:60], at=at)
    return True


def first_codes(*, person: int, at: datetime) -> list[str]:
    """Recovery codes for somebody who has none left; no codes for somebody who has some."""
    return [] if codes_left(person=person) else make_codes(person=person, at=at)
