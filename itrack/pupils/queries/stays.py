"""Spells on the roll, with whether their first day is known."""

from datetime import date, datetime

from itrack.foundation import clock
from itrack.foundation.models import ChangeSet
from itrack.pupils.rules_answers import Stay

_IMPORT = ChangeSet.Kind.ROLL_IMPORT.value
COLUMNS = ("starts", "ends", "added_by__kind", "added_at")


def stay(starts: date, ends: date | None, kind: str, at: datetime) -> Stay:
    """A file that does not say when a pupil joined puts them on the roll from the day it is brought in."""
    # The dear question, which day it was in the school's time, is asked only of days that are near.
    near = kind == _IMPORT and abs((at.date() - starts).days) <= 1
    return Stay(starts, ends, not near or starts != clock.day_of(at))
