"""The two places where a password meets its hash. Both see it spelt the same way, whatever the keyboard sent.

One hash takes about 100 MiB on purpose, so that guessing is dear for a thief. Many at once would be dear for us: a
process works out a few at a time, the others wait a little, and then are told to come again.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from threading import BoundedSemaphore

from django.conf import settings
from django.contrib.auth.hashers import check_password, make_password

from itrack.accounts.rules_passwords import nobodys, settled
from itrack.foundation.refusal import Refused

BUSY = "Many people are signing in at this moment. Nothing was changed and no try was counted. Try again in a minute."
# Stands for no stored password. Django spends one hash on it, so that the answer takes as long as for a known name.
_NOBODYS = make_password(None)


class Busy(Refused):
    """No place to work out a hash came free in time. The password was not looked at."""

    status = 503

    def __init__(self) -> None:
        super().__init__(BUSY)
        self.headers["Retry-After"] = "20"


def hashed(password: str) -> str:
    """What is stored of a password."""
    with _a_place():
        return make_password(settled(password))


def matches(password: str, stored: str | None) -> bool:
    """Whether the password is the stored one. Without a stored one the same work is done and the answer is no.

    What cannot be anybody's password is refused without any work, whoever it is for.
    """
    if nobodys(password):
        return False
    with _a_place():
        return check_password(settled(password), stored or _NOBODYS)


@contextmanager
def _a_place() -> Iterator[None]:
    places = _places(settings.HASHES_AT_ONCE)
    if not places.acquire(timeout=settings.HASH_PATIENCE):
        raise Busy
    try:
        yield
    finally:
        places.release()


@cache
def _places(number: int) -> BoundedSemaphore:
    return BoundedSemaphore(number)
