"""The two windows through which the program sees the database.

    with reading(7): ...    # SELECT only, one school, READ ONLY, always rolled back
    with writing(7): ...    # one school, one transaction, committed when nothing was raised

The setting is a literal list (`'{7}'`, for a trust `'{7,8}'`), so that one policy serves both and so that a
connection on which nothing was set fails instead of answering an empty table.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.db import connection, transaction

from itrack.foundation.promise import keeps

_seen: ContextVar[tuple[int, ...]] = ContextVar("schools seen", default=())


def sees(school: int) -> bool:
    """Whether a window on this school is open here: an error page, drawn after it closed, must ask for nothing."""
    return school in _seen.get()


@contextmanager
def _seeing(schools: tuple[int, ...]) -> Iterator[None]:
    before = _seen.set(schools)
    try:
        yield
    finally:
        _seen.reset(before)


def _literal(schools: tuple[int, ...]) -> str:
    return "{" + ",".join(str(int(school)) for school in schools) + "}"


def _say(statements: str) -> None:
    # One string without parameters is one round trip.
    with connection.cursor() as cursor:
        cursor.execute(statements)


@keeps("pages_that_only_read_have_no_permission_to_write")
@keeps("sensitive_data_only_for_people_the_school_chooses")
@contextmanager
def reading(*schools: int) -> Iterator[None]:
    """Opens the reading window. Whatever is tried inside, nothing is stored: the database refuses, then rolls back."""
    with transaction.atomic():
        _say(
            f"SET LOCAL itrack.school = '{_literal(schools)}'; SET LOCAL ROLE itrack_reader; SET TRANSACTION READ ONLY"
        )
        try:
            with _seeing(schools):
                yield
        finally:
            transaction.set_rollback(True)


@keeps("sensitive_data_only_for_people_the_school_chooses")
@contextmanager
def writing(*schools: int) -> Iterator[None]:
    """Opens one transaction in which the rows of these schools, and no others, can be seen and changed."""
    with transaction.atomic():
        # Signing in opens this inside `as_person`, whose view of one person's places must not last into it.
        _say(f"SET LOCAL itrack.school = '{_literal(schools)}'; SET LOCAL itrack.person = ''")
        with _seeing(schools):
            yield


@contextmanager
def as_person(person: int) -> Iterator[None]:
    """One transaction that sees one person's own memberships and no school's rows: used to sign in."""
    with transaction.atomic():
        _say(f"SET LOCAL itrack.school = '{{}}'; SET LOCAL itrack.person = '{int(person)}'")
        yield
