"""What the worker does for accounts. The name is procrastinate's: it looks for tasks here.

A mail that the server does not take is tried again after 5 seconds, then ever later, for some five hours. Then the
school's audit log and the program's log say that it did not go out.
"""

import logging
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from procrastinate import JobContext, RetryStrategy
from procrastinate.contrib.django import app

from itrack.accounts.actions.changing import CHANGED
from itrack.accounts.actions.devices import forget_old_devices
from itrack.accounts.actions.factors import PROOFS_CHANGED
from itrack.accounts.actions.holdups import forget_old_tries
from itrack.accounts.actions.invitations import INVITE
from itrack.accounts.actions.links import forget_old_links
from itrack.accounts.actions.lost import NEW_PASSWORD, USER_NAME
from itrack.accounts.actions.posting import (
    NOT_SENT,
    note_mail,
    places_of,
    post_invitation,
    post_new_password,
    post_password_changed,
    post_proofs_changed,
    post_user_name,
)
from itrack.accounts.actions.tidying import forget_old_sessions, forget_old_sign_ins
from itrack.foundation import clock
from itrack.foundation.tenancy.windows import writing
from itrack.schools.api import every_school

log = logging.getLogger(__name__)
AGAIN = RetryStrategy(max_attempts=6, exponential_wait=5)


@app.task(name=INVITE, retry=AGAIN, pass_context=True)
def send_invitation(context: JobContext, *, school: int, member: int) -> None:
    with _said_in_the_end(context, [(school, member)], "invitation"):
        post_invitation(school=school, member=member, at=clock.now())


@app.task(name=NEW_PASSWORD, retry=AGAIN, pass_context=True)
def send_new_password(context: JobContext, *, person: int) -> None:
    with _said_in_the_end(context, places_of(person), "password"):
        post_new_password(person=person, at=clock.now())


@app.task(name=USER_NAME, retry=AGAIN, pass_context=True)
def send_user_name(context: JobContext, *, person: int) -> None:
    with _said_in_the_end(context, places_of(person), "user_name"):
        post_user_name(person=person, at=clock.now())


@app.task(name=CHANGED, retry=AGAIN, pass_context=True)
def send_password_changed(context: JobContext, *, person: int) -> None:
    with _said_in_the_end(context, places_of(person), "password_changed"):
        post_password_changed(person=person, at=clock.now())


@app.task(name=PROOFS_CHANGED, retry=AGAIN, pass_context=True)
def send_proofs_changed(context: JobContext, *, person: int) -> None:
    with _said_in_the_end(context, places_of(person), "proofs_changed"):
        post_proofs_changed(person=person, at=clock.now())


@app.periodic(cron="52 2 * * *")
@app.task(name="accounts.forget", queueing_lock="accounts.forget", pass_context=False)
def forget_what_is_over(timestamp: int) -> None:
    """Every night: lapsed links and cookies, browsers nobody uses, wrong tries that no longer count, and sign-ins of
    people unseen for two weeks are thrown away.
    """
    now = clock.now()
    forget_old_links(at=now)
    forget_old_devices(at=now)
    forget_old_tries(at=now)
    forget_old_sessions(at=now)
    for school in every_school():
        with writing(school.id):
            forget_old_sign_ins(school=school.id, at=now)


@contextmanager
def _said_in_the_end(context: JobContext, places: Sequence[tuple[int, int]], about: str) -> Iterator[None]:
    try:
        yield
    except Exception:
        if context.job.attempts >= (AGAIN.max_attempts or 0):
            note_mail(places=places, about=about, how=NOT_SENT, at=clock.now())
            log.exception("A mail about %s was given up after %s tries", about, context.job.attempts + 1)
        raise
