"""The mails we write, in plain text. None of them holds a password; a link in one is good once and for a while."""

from dataclasses import dataclass
from datetime import datetime

from itrack.foundation.clock import LONDON


@dataclass(frozen=True, slots=True)
class Sender:
    """Who runs the product and how to reach them."""

    name: str
    email: str


@dataclass(frozen=True, slots=True)
class Letter:
    """`subject` is one line. `text` is what stands in the mail."""

    subject: str
    text: str


def invitation(*, name: str, school: str, role: str, link: str, until: datetime, known: bool, sender: Sender) -> Letter:
    """To somebody who is to have a place in a school. `known` people sign in with the account they have."""
    what_next = (
        "You have an account with us already. Open this link and sign in as you always do; the school is then there "
        "beside the one you know:"
        if known
        else "Open this link to choose your own user name and password. Nobody else sees or sets them:"
    )
    return _letter(
        f"Your place at {school} in iTRACK",
        f"Dear {name},",
        f"{school} keeps its pupils’ progress in iTRACK and has given you a place there. Your role: {role}.",
        what_next,
        link,
        f"It works once, until {_moment(until)}. After that, ask your school’s administrator for a new one.",
        "If you do not work with this school, delete this mail. Nothing happens unless the link is used.",
        sender=sender,
    )


def new_password(*, link: str, until: datetime, sender: Sender) -> Letter:
    """To the registered address of somebody who asked for a new password."""
    return _letter(
        "A new password for iTRACK",
        "Somebody, we hope you, asked for a new password for your iTRACK account. Open this link to choose one:",
        link,
        f"It works once, until {_moment(until)}. Setting a new password signs you out everywhere. Where your account "
        "asks for a second proof of who you are, it goes on asking.",
        "If it was not you, delete this mail. Your password stays as it is, and nobody has learned anything.",
        sender=sender,
    )


def user_name(*, username: str, link: str, sender: Sender) -> Letter:
    """To the registered address of somebody who asked for their user name. `link` is the page to sign in."""
    return _letter(
        "Your user name for iTRACK",
        "Somebody, we hope you, asked for the user name of your iTRACK account. It is:",
        username,
        "Sign in here:",
        link,
        "If it was not you, delete this mail. A user name opens nothing without its password.",
        sender=sender,
    )


def password_changed(*, at: datetime, link: str, sender: Sender) -> Letter:
    """To the registered address of somebody whose password was changed. `link` is the page for lost passwords."""
    return _letter(
        "Your iTRACK password was changed",
        f"The password of your iTRACK account was changed on {_moment(at)}, by somebody who knew the old one.",
        "If that was you, there is nothing to do. If it was not, ask for a new password here at once:",
        link,
        "and tell your school’s administrator.",
        sender=sender,
    )


def proofs_changed(*, proofs: int, at: datetime, link: str, sender: Sender) -> Letter:
    """To the registered address of somebody whose passkeys or app have changed. `proofs` is how many there are now."""
    now = {0: "It has none now.", 1: "It has one now."}.get(proofs, f"It has {proofs} now.")
    return _letter(
        "The second proofs of your iTRACK account were changed",
        f"On {_moment(at)} a passkey or an authenticator app of your iTRACK account was added or removed. {now}",
        "If that was you, or your school’s administrator at your wish, there is nothing to do. If it was not, set a "
        "new password here at once:",
        link,
        "and tell your school’s administrator.",
        sender=sender,
    )


def _letter(subject: str, *parts: str, sender: Sender) -> Letter:
    goodbye = f"{sender.name}, who run iTRACK\nHelp: {sender.email}\n\nWe never ask for a password by mail."
    return Letter(subject, "\n\n".join((*parts, goodbye)) + "\n")


def _moment(at: datetime) -> str:
    """ "Tuesday 1 December 2026, 10:00", in the school's time."""
    here = at.astimezone(LONDON)
    return f"{here:%A} {here.day} {here:%B %Y, %H:%M}"
