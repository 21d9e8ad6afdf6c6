"""Accounts worth a second look: those nobody uses, and teachers who teach nobody."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Final

from itrack.foundation.viewer import Role
from itrack.ui.words import long_date

UNUSED_AFTER: Final = timedelta(days=60)
TAKEN_UP_WITHIN: Final = timedelta(days=14)


def why_look_again(
    *,
    role: Role,
    joined: date | None,
    last_sign_in: date | None,
    invited: date | None,
    classes: int,
    today: date,
) -> list[str]:
    """Each reason in words, none for an account in plain use. Days are those of the school's calendar."""
    return [*_unused(joined, last_sign_in, today), *_waiting(joined, invited, today), *_without(role, joined, classes)]


def _unused(joined: date | None, last: date | None, today: date) -> Iterator[str]:
    if joined is None or today - (last or joined) < UNUSED_AFTER:
        return
    if last is None:
        yield f"Has never signed in, since {long_date(joined)}"
    else:
        yield f"Not signed in for {(today - last).days} days"


def _waiting(joined: date | None, invited: date | None, today: date) -> Iterator[str]:
    if joined is None and (invited is None or today - invited >= TAKEN_UP_WITHIN):
        yield f"Invited {long_date(invited)}, not taken up" if invited else "Invitation not taken up"


def _without(role: Role, joined: date | None, classes: int) -> Iterator[str]:
    if role is Role.TEACHER and joined is not None and not classes:
        yield "Teacher without a class"
