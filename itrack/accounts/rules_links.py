"""Links sent by mail: what for, and how long they are good."""

import hashlib
import secrets
from datetime import timedelta
from enum import StrEnum


class Purpose(StrEnum):
    INVITATION = "invitation"
    PASSWORD = "password"  # noqa: S105 - the word, not one


class Lost(StrEnum):
    """What somebody asks for help with."""

    PASSWORD = "password"  # noqa: S105 - the word, not one
    USER_NAME = "name"


class Fate(StrEnum):
    """How a link stands. The words say what happened and what to do, by purpose, in `SAID`."""

    GOOD = "good"
    USED = "used"
    EXPIRED = "expired"
    REPLACED = "replaced"
    UNKNOWN = "unknown"


_ASK_AGAIN = "Nothing was changed. Ask for a new one under “Forgotten your password or user name?”."
_NEWER = "A newer mail has replaced this link. Nothing was changed. Open the link in the latest mail."
SAID = {
    (Purpose.INVITATION, Fate.USED): "This invitation has been taken up. Nothing was changed. Sign in with the user "
    "name and the password that were chosen then; if that was not you, tell your school’s administrator.",
    (Purpose.INVITATION, Fate.EXPIRED): "This invitation is no longer good. Nothing was changed. Ask your school’s "
    "administrator to send you a new one.",
    (Purpose.INVITATION, Fate.REPLACED): _NEWER,
    (Purpose.INVITATION, Fate.UNKNOWN): "This link leads to no invitation. Open the whole link from the mail; if it "
    "still does not work, ask your school’s administrator to send you a new one.",
    (Purpose.PASSWORD, Fate.USED): f"This link has been used to set a new password. {_ASK_AGAIN}",
    (Purpose.PASSWORD, Fate.EXPIRED): f"This link was good for one hour, and that is over. {_ASK_AGAIN}",
    (Purpose.PASSWORD, Fate.REPLACED): _NEWER,
    (Purpose.PASSWORD, Fate.UNKNOWN): f"This link is not whole, or was never sent. {_ASK_AGAIN}",
}
GOOD_FOR = {Purpose.INVITATION: timedelta(days=7), Purpose.PASSWORD: timedelta(hours=1)}


def new_token() -> str:
    """256 random bits, as an address can carry them."""
    return secrets.token_urlsafe(32)


def digest(token: str) -> str:
    """What is stored of a token: 64 hex digits. A token has 256 random bits, so a bare hash cannot be guessed back."""
    return hashlib.sha256(token.encode()).hexdigest()
