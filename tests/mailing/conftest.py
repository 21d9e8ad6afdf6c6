"""A mail server of our own on this machine, which keeps what it is handed."""

from __future__ import annotations

import socket
from dataclasses import dataclass, field
from email import message_from_bytes
from email.policy import default
from typing import TYPE_CHECKING

import pytest
from aiosmtpd.controller import Controller

if TYPE_CHECKING:
    from collections.abc import Iterator
    from email.message import EmailMessage

    from aiosmtpd.smtp import SMTP, Envelope, Session


@dataclass
class Sink:
    """`got` is each mail with the addresses it was handed over for. `refuses` makes the server answer 451."""

    got: list[tuple[list[str], EmailMessage]] = field(default_factory=list)
    refuses: bool = False
    port: int = 0

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802 - its name
        if self.refuses:
            return "451 Try again later"
        assert isinstance(envelope.content, bytes)
        self.got.append((list(envelope.rcpt_tos), message_from_bytes(envelope.content, policy=default)))
        return "250 OK"


def free_port() -> int:
    with socket.socket() as asked:
        asked.bind(("127.0.0.1", 0))
        return int(asked.getsockname()[1])


@pytest.fixture
def sink(settings, django_mail_patch_dns) -> Iterator[Sink]:
    """Mail goes to it by SMTP, as live mail goes to a school host's server."""
    kept = Sink(port=free_port())
    server = Controller(kept, hostname="127.0.0.1", port=kept.port)
    server.start()
    options = {"host": "127.0.0.1", "port": kept.port, "timeout": 5}
    settings.MAILERS = {"default": {"BACKEND": "django.core.mail.backends.smtp.EmailBackend", "OPTIONS": options}}
    yield kept
    server.stop()
