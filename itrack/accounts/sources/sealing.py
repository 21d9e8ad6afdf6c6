"""Secrets at rest: sealed so that a copy of the database alone opens nothing, and a row put elsewhere reads as nothing.

    kept = seal(b"JBSWY3DPEHPK3PXP", secret=SECRET_KEY, bound_to="app:17")
    unseal(kept, secret=SECRET_KEY, bound_to="app:17")

AES-256-GCM under a key that HKDF derives from the program's own; `bound_to` is authenticated with it.
"""

import hashlib
import hmac
import os
from base64 import urlsafe_b64decode, urlsafe_b64encode

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

# Stands before what was sealed, so that another way of sealing can one day be told from this one.
WAY = "1."
NONCE = 12


class Unreadable(ValueError):
    """Sealed with another key, for another row, or not by us."""


def seal(plain: bytes, *, secret: str, bound_to: str) -> str:
    """What may be stored; each call gives another text."""
    nonce = os.urandom(NONCE)
    sealed = AESGCM(_key(secret, "seal")).encrypt(nonce, plain, bound_to.encode())
    return WAY + urlsafe_b64encode(nonce + sealed).decode()


def unseal(kept: str, *, secret: str, bound_to: str) -> bytes:
    """The opposite. Raises Unreadable."""
    try:
        raw = urlsafe_b64decode(kept.removeprefix(WAY))
        return AESGCM(_key(secret, "seal")).decrypt(raw[:NONCE], raw[NONCE:], bound_to.encode())
    except (InvalidTag, ValueError):
        raise Unreadable(bound_to.partition(":")[0]) from None


def keyed_digest(words: str, *, secret: str) -> str:
    """64 hex digits that stand for the words, and that nobody can work out without the program's key."""
    return hmac.new(_key(secret, "digest"), words.encode(), hashlib.sha256).hexdigest()


def _key(secret: str, use: str) -> bytes:
    derive = HKDF(algorithm=SHA256(), length=32, salt=None, info=f"itrack second factor {use}".encode())
    return derive.derive(secret.encode())
