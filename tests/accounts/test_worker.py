"""The worker's part: a real job, a real mail server, and what happens when that does not take the mail."""

import logging
from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.db import connection
from procrastinate.contrib.django import app

from itrack.accounts import tasks
from itrack.accounts.actions.links import make_link
from itrack.accounts.api import invite
from itrack.accounts.models import Link
from itrack.accounts.rules_links import Purpose
from itrack.foundation import clock
from itrack.foundation.models import AuditEntry
from itrack.foundation.tenancy.windows import writing
from itrack.foundation.viewer import Role
from tests.accounts.post import empty_the_queue
from tests.cast import Cast, build_cast
from tests.mailing.conftest import Sink, sink

__all__ = ["sink"]

NIA = {"name": "Nia Nightjar", "job_title": "Class teacher, RH", "email": "nia@oakfield.example", "role": Role.TEACHER}


def invited(cast: Cast) -> int:
    with writing(cast.oakfield):
        return invite(school=cast.oakfield, by=cast.ada.member, at=clock.now(), **NIA)


def said(cast: Cast, member: int) -> list[str]:
    with writing(cast.oakfield):
        rows = AuditEntry.objects.filter(subject_id=member, verb__startswith="invitation.")
        return list(rows.order_by("pk").values_list("verb", flat=True))


def trying(attempts: int) -> SimpleNamespace:
    return SimpleNamespace(job=SimpleNamespace(attempts=attempts))


@pytest.mark.django_db(transaction=True)
def test_the_worker_sends_a_queued_invitation_by_smtp(sink: Sink) -> None:
    cast = build_cast()
    empty_the_queue()
    member = invited(cast)

    with app.replace_connector(app.connector.get_worker_connector()) as worker:
        worker.run_worker(queues=None, wait=False, install_signal_handlers=False, listen_notify=False)

    [(addressed, letter)] = sink.got
    assert addressed == ["nia@oakfield.example"]
    assert "/invitation/" in letter.get_content()
    assert said(cast, member) == ["invitation.sent"]
    with connection.cursor() as cursor:
        cursor.execute("select status::text from procrastinate_jobs where task_name = 'accounts.invite'")
        assert cursor.fetchall() == [("succeeded",)]
    empty_the_queue()


def test_a_mail_that_is_not_taken_is_tried_again_with_a_new_link(cast: Cast, sink: Sink) -> None:
    member = invited(cast)
    sink.refuses = True
    with pytest.raises(OSError, match="451"):
        tasks.send_invitation(trying(0), school=cast.oakfield, member=member)
    assert said(cast, member) == []
    sink.refuses = False

    tasks.send_invitation(trying(1), school=cast.oakfield, member=member)

    assert len(sink.got) == 1
    assert said(cast, member) == ["invitation.sent"]


def test_after_the_last_try_the_school_and_the_log_are_told_and_no_address_is(cast: Cast, sink: Sink, caplog) -> None:
    member = invited(cast)
    sink.refuses = True

    with pytest.raises(OSError, match="451"), caplog.at_level(logging.ERROR):
        tasks.send_invitation(trying(6), school=cast.oakfield, member=member)

    assert said(cast, member) == ["invitation.not_sent"]
    assert [one.getMessage() for one in caplog.records] == ["A mail about invitation was given up after 7 tries"]


def test_waits_between_tries_grow_and_end(cast: Cast) -> None:
    decisions = [tasks.AGAIN.get_retry_decision(exception=OSError(), job=SimpleNamespace(attempts=n)) for n in range(7)]

    waits = [one.retry_at for one in decisions if one is not None]
    assert len(waits) == 6
    assert waits == sorted(waits)
    assert decisions[-1] is None


def test_every_night_links_that_lapsed_a_month_ago_go_and_others_stay(cast: Cast) -> None:
    now = clock.now()
    for age in (38, 29, 0):
        make_link(person=cast.tom.person, purpose=Purpose.PASSWORD, school=None, at=now - timedelta(days=age))

    tasks.forget_what_is_over(0)

    assert Link.objects.count() == 2
    assert not Link.objects.filter(expires_at__lt=now - timedelta(days=30)).exists()
