"""Links sent by mail: what for, and how long they are good."""

import hashlib
import secrets
from datetime import timedelta
from enum import StrEnum


class Purpose(StrEnum):
    INVITATION = "invitation"
    PASSWORD = "password"  # noqa: S105 - the word, not one


GOOD_FOR = {Purpose.INVITATION: timedelta(days=7), Purpose.PASSWORD: timedelta(hours=1)}


def new_token() -> str:
    """256 random bits, as an address can carry them."""
    return secrets.token_urlsafe(32)


def digest(token: str) -> str:
    """What is stored of a token: 64 hex digits. A token has 256 random bits, so a bare hash cannot be guessed back."""
    return hashlib.sha256(token.encode()).hexdigest()
