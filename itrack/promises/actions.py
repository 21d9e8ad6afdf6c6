"""The one write a promise makes: an attempt that must be refused."""

from django.db import connection, transaction

from itrack.foundation.tenancy.windows import reading


def try_to_write_while_reading() -> None:
    """Raises what PostgreSQL answers. The statement would change no row, and its transaction is always put back."""
    with transaction.atomic(), reading(), connection.cursor() as cursor:
        cursor.execute("update schools_school set name = name where false")
