"""Spells on the roll, with whether their first day is known."""

from datetime import date, datetime

from itrack.foundation import clock
from itrack.foundation.models import ChangeSet
from itrack.pupils.rules_answers import Stay

COLUMNS = ("starts", "ends", "added_by__kind", "added_at")


def stay(starts: date, ends: date | None, kind: str, at: datetime) -> Stay:
    """A file that does not say when a pupil joined puts them on the roll from the day it is brought in."""
    return Stay(starts, ends, certain=kind != ChangeSet.Kind.ROLL_IMPORT or starts != clock.day_of(at))
