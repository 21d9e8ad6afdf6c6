"""The post in tests: what the worker would do with the jobs that wait, and what then lies in a mailbox."""

import json
import re
from dataclasses import dataclass
from datetime import datetime

from django.core import mail
from django.db import connection

from itrack.accounts.actions import posting

WORK = {
    "accounts.invite": posting.post_invitation,
    "accounts.new_password": posting.post_new_password,
    "accounts.user_name": posting.post_user_name,
}


@dataclass(frozen=True)
class Job:
    id: int
    task: str
    args: dict[str, int]


def jobs() -> list[Job]:
    """The mails that wait to be written, earliest first."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select id, task_name, args::text from procrastinate_jobs where status = 'todo' and task_name = any(%s) "
            "order by id",
            [list(WORK)],
        )
        return [Job(pk, task, json.loads(args)) for pk, task, args in cursor.fetchall()]


def post(at: datetime) -> list:
    """Does the waiting work; returns the mails it sent."""
    before = len(mail.outbox)
    for job in jobs():
        WORK[job.task](**job.args, at=at)
        with connection.cursor() as cursor:
            cursor.execute("delete from procrastinate_jobs where id = %s", [job.id])
    return mail.outbox[before:]


def link_in(letter) -> str:
    """The one address in a mail, without the product's own beginning."""
    [found] = re.findall(r"^https?://[^/\s]+(/\S*)$", letter.body, re.MULTILINE)
    return found


def empty_the_queue() -> None:
    """For tests that commit: what they queued is not among the tables that are emptied behind them."""
    with connection.cursor() as cursor:
        cursor.execute("delete from procrastinate_events")
        cursor.execute("delete from procrastinate_jobs")
