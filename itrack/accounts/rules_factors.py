"""Second factors: how recovery codes look, how long a fresh proof lasts, and which factor may go.

A recovery code has twelve letters of an alphabet of 31, which is 59 random bits: 7qk2-m4xp-9rtd
"""

import secrets
import unicodedata
from collections.abc import Sequence
from datetime import timedelta
from typing import Final

from itrack.accounts.rules_sessions import Factor

CODES: Final = 10
LETTERS: Final = 12
# None of 0 o, 1 i l, which look alike on paper.
ALPHABET: Final = "23456789abcdefghjkmnpqrstuvwxyz"
# From asking the browser for a passkey to its answer.
ASKED_FOR: Final = timedelta(minutes=5)
# From proving once more who one is to changing what lets one in.
FRESH_FOR: Final = timedelta(minutes=10)
# What may stand alone; recovery codes only stand in for these.
LASTING: Final = (Factor.PASSKEY, Factor.APP)


def new_recovery_code() -> str:
    letters = "".join(secrets.choice(ALPHABET) for _ in range(LETTERS))
    return "-".join(letters[at : at + 4] for at in range(0, LETTERS, 4))


def as_stored(typed: str) -> str:
    """A recovery code however it was typed: capitals, spaces and strokes make no difference."""
    return "".join(letter for letter in unicodedata.normalize("NFKC", typed).lower() if letter.isalnum())


def why_not_removed(held: Sequence[Factor], *, required: bool) -> str:
    """Why one of these lasting factors has to stay; "" when it may go."""
    if required and len(held) <= 1:
        return (
            "Your role asks for a second proof, and this is the only one you have. Nothing was changed. "
            "Add another first, then remove this one."
        )
    return ""
