"""Sending mail. Called in background work alone: a mail server may take its time, and a page must not wait for it."""

from email.utils import formataddr, make_msgid
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMessage

from itrack.foundation.refusal import Refused
from itrack.mailing.rules.addresses import address_fault, one_line


def send(*, to: str, subject: str, text: str) -> None:
    """Hands one mail to the mail server; raises OSError (smtplib's errors are such) when it is not taken.

    A second address, or a line break in what stands in the head, is refused before a server is asked.
    """
    if address_fault(to) or not one_line(subject):
        raise Refused("This mail has no address or no subject that fits in one line. It was not sent.")
    EmailMessage(
        subject=subject,
        body=text,
        from_email=formataddr((settings.OPERATOR["name"], settings.MAIL_FROM)),
        to=[to],
        reply_to=[settings.OPERATOR["email"]],
        headers={
            # Ours, so that the worker's host name is not told; and no holiday notice need answer.
            "Message-ID": make_msgid(domain=urlsplit(settings.ADDRESS).hostname or "localhost"),
            "Auto-Submitted": "auto-generated",
        },
    ).send()
