"""Reads the mails that the trial wrote into files instead of sending them.

Django's file backend appends mails to a file, each followed by a line of dashes.
"""

import re
from dataclasses import dataclass
from datetime import datetime
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default

_BETWEEN = re.compile(rb"^-{79}\n", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a mail; `is_link` when it is an address of a page and nothing else."""

    words: str
    is_link: bool


@dataclass(frozen=True, slots=True)
class Mail:
    """A mail as its reader would see it. `sent_at` is None when its head does not say."""

    to: str
    subject: str
    sent_at: datetime | None
    lines: tuple[Line, ...]


def mails_in(file: bytes) -> list[Mail]:
    """The mails of one file, in the order in which they were written; one that is still being written is left out."""
    *whole, _ = _BETWEEN.split(file)
    return [_mail(part) for part in whole]


def _mail(raw: bytes) -> Mail:
    read = message_from_bytes(raw, policy=default)
    date = read["Date"]
    text = _text(read)
    return Mail(
        to=str(read["To"] or ""),
        subject=str(read["Subject"] or ""),
        sent_at=date.datetime if date is not None else None,
        lines=tuple(Line(line, bool(re.fullmatch(r"https?://\S+", line))) for line in text.splitlines()),
    )


def _text(read: EmailMessage) -> str:
    body = read.get_body(preferencelist=("plain",))
    return str(body.get_content()).strip() if body is not None else ""
