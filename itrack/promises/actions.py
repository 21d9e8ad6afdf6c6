"""The writes a promise makes: attempts that must be refused or stalled, and are put back."""

import secrets
from datetime import datetime, timedelta

from django.db import connection, transaction

from itrack.accounts.api import count_wrong, wait_for
from itrack.foundation.tenancy.windows import reading

# Where nothing stalls them, guesses come to an end all the same.
MOST_GUESSES = 300


def try_to_write_while_reading() -> None:
    """Raises what PostgreSQL answers. The statement would change no row, and its transaction is always put back."""
    with transaction.atomic(), reading(), connection.cursor() as cursor:
        cursor.execute("update schools_school set name = name where false")


def guess_for(span: timedelta, *, now: datetime) -> tuple[int, timedelta]:
    """How many wrong guesses at an account nobody has are looked at in that time, each made as soon as it may be, and
    the wait after the last. Every one is counted as in life; all of them are put back.
    """
    what, at, made = [f"account:{secrets.token_hex(16)}"], now, 0
    with transaction.atomic():
        while at - now < span and made < MOST_GUESSES:
            wait = wait_for(what=what, now=at)
            if wait <= timedelta(0):
                count_wrong(what=what, at=at)
                made += 1
            at += wait
        wait = wait_for(what=what, now=min(at, now + span))
        transaction.set_rollback(True)
    return made, wait
