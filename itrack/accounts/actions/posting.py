"""The mails about accounts, as the worker writes them: here the token is made, and nowhere is it kept but in the mail.

A job names whom by id. What has happened since it was queued is looked at now: a withdrawn invitation is not sent.
"""

from collections.abc import Callable, Sequence
from datetime import datetime

from django.conf import settings

from itrack.accounts.actions.links import make_link
from itrack.accounts.models import Membership, Person
from itrack.accounts.queries.factors import factors_of
from itrack.accounts.queries.people import viewers_of
from itrack.accounts.rules_links import GOOD_FOR, Purpose
from itrack.accounts.rules_people import ROLE_WORDS
from itrack.foundation import audit
from itrack.foundation.promise import keeps
from itrack.foundation.tenancy.windows import writing
from itrack.foundation.viewer import Role
from itrack.mailing.api import send
from itrack.mailing.rules.letters import (
    Letter,
    Sender,
    invitation,
    new_password,
    password_changed,
    proofs_changed,
    user_name,
)

# What the audit log of the schools says about a mail, in the end.
SENT, NOT_SENT = "sent", "not_sent"


def _sender() -> Sender:
    return Sender(settings.OPERATOR["name"], settings.OPERATOR["email"])


def _post(to: str, letter: Letter) -> None:
    send(to=to, subject=letter.subject, text=letter.text)


@keeps("users_create_their_own_username_and_password")
def post_invitation(*, school: int, member: int, at: datetime) -> None:
    """Sends the invitation if it still stands; raises OSError when the mail server does not take it."""
    with writing(school):
        rows = Membership.objects.filter(school_id=school, pk=member, joined_at__isnull=True, ended_on__isnull=True)
        place = rows.select_related("person", "school").first()
        if place is None:
            return
        token = make_link(person=place.person_id, purpose=Purpose.INVITATION, school=school, at=at)
    letter = invitation(
        name=place.name,
        school=place.school.name,
        role=ROLE_WORDS[Role(place.role)],
        link=f"{settings.ADDRESS}/invitation/{token}",
        until=at + GOOD_FOR[Purpose.INVITATION],
        known=place.person.username is not None,
        sender=_sender(),
    )
    _post(place.person.email or "", letter)
    note_mail(places=[(school, member)], about="invitation", how=SENT, at=at)


@keeps("help_with_lost_login_details")
def post_new_password(*, person: int, at: datetime) -> None:
    """Sends the link for a new password to the registered address, if there is such an account and address."""

    def write() -> Letter:
        token = make_link(person=person, purpose=Purpose.PASSWORD, school=None, at=at)
        link, until = f"{settings.ADDRESS}/new-password/{token}", at + GOOD_FOR[Purpose.PASSWORD]
        return new_password(link=link, until=until, sender=_sender())

    _to_account(person, lambda account: write(), about="password", at=at)


@keeps("help_with_lost_login_details")
def post_user_name(*, person: int, at: datetime) -> None:
    """Sends the user name to the registered address, if there is such an account and address."""

    def write(account: Person) -> Letter:
        return user_name(username=account.username or "", link=f"{settings.ADDRESS}/sign-in", sender=_sender())

    _to_account(person, write, about="user_name", at=at)


def post_password_changed(*, person: int, at: datetime) -> None:
    """Tells the registered address that the password was changed, so that its owner learns of it if it was another."""

    def write(account: Person) -> Letter:
        when = account.password_set_at or at
        return password_changed(at=when, link=f"{settings.ADDRESS}/forgotten", sender=_sender())

    _to_account(person, write, about="password_changed", at=at)


def post_proofs_changed(*, person: int, at: datetime) -> None:
    """Tells the registered address that a passkey or an app was added or removed."""

    def write(account: Person) -> Letter:
        proofs = len(factors_of(person=person))
        return proofs_changed(proofs=proofs, at=at, link=f"{settings.ADDRESS}/forgotten", sender=_sender())

    _to_account(person, write, about="proofs_changed", at=at)


def _to_account(person: int, write: Callable[[Person], Letter], *, about: str, at: datetime) -> None:
    account = Person.objects.filter(pk=person, is_active=True, username__isnull=False).first()
    places = places_of(person)
    if account is None or not account.email or not places:
        return
    _post(account.email, write(account))
    note_mail(places=places, about=about, how=SENT, at=at)


def places_of(person: int) -> list[tuple[int, int]]:
    """(school, membership) of each place the person has taken up and not left."""
    return [(viewer.school, viewer.member) for viewer in viewers_of(person=person)]


def note_mail(*, places: Sequence[tuple[int, int]], about: str, how: str, at: datetime) -> None:
    """Tells each school, in its audit log, that a mail went out, or that it did not in the end."""
    for school, member in places:
        with writing(school):
            audit.record(school=school, by=None, at=at, verb=f"{about}.{how}", subject="membership", subject_id=member)
