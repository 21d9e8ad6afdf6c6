"""The cast on stage: built once and left standing while tests that ask for it come one after another.

Building two schools takes some four hundred statements, a savepoint takes one. So the cast is built in a transaction
that stays open, and what a test does to it is put back to the savepoint its `db` opened inside. A test that wants an
empty database, real transactions or a world of its own finds the stage cleared.
"""

from django.db import transaction

from tests.cast import Cast, build_cast


class Stage:
    """At most one transaction with the cast in it, on the connection of the tests."""

    def __init__(self) -> None:
        self._open: transaction.Atomic | None = None
        self.cast: Cast | None = None

    def set(self) -> None:
        """Has the cast standing; builds it if it is not there."""
        if self._open is None:
            self._open = transaction.atomic()
            self._open.__enter__()
            self.cast = build_cast()

    def clear(self) -> None:
        """Takes everything back, as if nobody had ever been there."""
        if self._open is not None:
            transaction.set_rollback(True)
            self._open.__exit__(None, None, None)
            self._open = self.cast = None


STAGE = Stage()
