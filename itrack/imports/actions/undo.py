"""Taking an import back."""

from datetime import datetime

from django.db import transaction

from itrack.foundation.changes import actions as changes
from itrack.pupils.api import move_roll_on, take_roll


@transaction.atomic
def undo_import(*, school: int, change_set: int, by: int, at: datetime) -> None:
    """Puts the roll back as it stood before the import, or says what now depends on it."""
    take_roll(school=school)
    changes.undo(school=school, change_set=change_set, by=by, at=at)
    move_roll_on(school=school)
