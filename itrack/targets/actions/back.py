"""Taking back what was done to targets."""

from datetime import datetime

from django.http import Http404

from itrack.foundation.changes.actions import undo
from itrack.foundation.changes.queries import kind_of
from itrack.foundation.models import ChangeSet
from itrack.foundation.refusal import Refused


def take_targets_back(*, school: int, change_set: int, by: int, at: datetime, leads: bool) -> None:
    """Puts targets, cohort targets or their rules back as they stood; a leader may take back what others did."""
    kind, author = kind_of(school=school, change_set=change_set)
    if kind != ChangeSet.Kind.TARGETS:
        raise Http404
    if author != by and not leads:
        raise Refused("Only the person who set these targets, or a leader, may take them back. Nothing was changed.")
    undo(school=school, change_set=change_set, by=by, at=at)
