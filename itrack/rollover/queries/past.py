"""New years that were set up, the latest first, so that one can be taken back."""

from dataclasses import dataclass
from datetime import datetime

from itrack.foundation.models import ChangeSet
from itrack.schools.api import settings_changes

WORDS = {
    "places": ("pupil placed", "pupils placed"),
    "classes": ("class made", "classes made"),
    "leaving": ("pupil marked as leaving", "pupils marked as leaving"),
    "year groups": ("year group settled by hand", "year groups settled by hand"),
    "points": ("assessment point added", "assessment points added"),
}


@dataclass(frozen=True, slots=True)
class PastYear:
    """One setting up of a new year; `words` say what it did."""

    id: int
    at: datetime
    by: str
    words: str
    undone_at: datetime | None


def past_years(*, school: int, change_set: int | None = None) -> list[PastYear]:
    """The latest, newest first; or the one asked for, if it is the school's."""
    rows = settings_changes(school=school, kind=ChangeSet.Kind.ROLLOVER, words=WORDS, change_set=change_set)
    return [PastYear(row.id, row.at, row.by, row.words, row.undone_at) for row in rows]
