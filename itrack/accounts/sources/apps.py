"""Codes of an authenticator app (TOTP, RFC 6238): six digits from a shared secret and the time, a new one each step."""

from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Final

import pyotp
import segno

STEP: Final = 30  # seconds
DIGITS: Final = 6
# Clocks differ: the code of the step before and of the one after is taken too.
SKEW: Final = (0, -1, 1)
QUIET: Final = 4  # modules of white that a reader needs round the drawing


@dataclass(frozen=True, slots=True)
class Square:
    """A QR code as one path in a square of so many modules, white edge included."""

    size: int
    path: str


def new_secret() -> str:
    """160 random bits as 32 letters and digits, as people can type them into an app."""
    return pyotp.random_base32()


def step_now(at: datetime) -> int:
    return int(at.timestamp()) // STEP


def step_of(typed: str, *, secret: str, at: datetime) -> int | None:
    """The step whose code this is, within one step of `at`; None when it is no such code.

    Whoever takes the code must see to it that no step is taken twice.
    """
    code = "".join(typed.split())
    if len(code) != DIGITS or not code.isascii() or not code.isdigit():
        return None
    app, now = pyotp.TOTP(secret, interval=STEP, digits=DIGITS), step_now(at)
    fits = [now + skew for skew in SKEW if pyotp.utils.strings_equal(app.generate_otp(now + skew), code)]
    return fits[0] if fits else None


def address(secret: str, *, name: str, issuer: str) -> str:
    """What the QR code says: the app shows the account under this name and issuer."""
    return pyotp.TOTP(secret, interval=STEP, digits=DIGITS).provisioning_uri(name=name, issuer_name=issuer)


def drawn(words: str) -> Square:
    """The words as a QR code."""
    rows = [list(row) for row in segno.make(words, micro=False, error="m").matrix_iter(border=QUIET)]
    strokes = [stroke for y, row in enumerate(rows) for stroke in _strokes(row, y)]
    return Square(len(rows), "".join(strokes))


def _strokes(row: list[int], y: int) -> list[str]:
    strokes, x = [], 0
    for dark, modules in groupby(row):
        long = len(list(modules))
        if dark:
            strokes.append(f"M{x} {y}h{long}v1h-{long}z")
        x += long
    return strokes


def in_fours(secret: str) -> str:
    """The secret as it is read and typed: in groups of four."""
    return " ".join(secret[at : at + 4] for at in range(0, len(secret), 4))
