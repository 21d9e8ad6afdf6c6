"""Taking back what was written in a report, or said of it."""

from datetime import datetime

from django.db.models import Q
from django.http import Http404

from itrack.foundation.changes.actions import undo
from itrack.foundation.changes.queries import kind_of
from itrack.foundation.models import ChangeSet
from itrack.foundation.refusal import Refused
from itrack.parents.models import Comment, ReportState

VOUCHED_FOR = (
    "The report was marked as ready, or as read, after this was written. Make it a draft again first. "
    "Nothing was taken back."
)


def take_own_back(*, school: int, change_set: int, by: int, at: datetime, leads: bool) -> None:
    """The same for the person who did it; a leader may take back what others wrote."""
    kind, author = kind_of(school=school, change_set=change_set)
    if kind != ChangeSet.Kind.PARENTS:
        raise Http404
    if author != by and not leads:
        raise Refused("Only the person who wrote this, or a leader, may take it back. Nothing was changed.")
    take_report_back(school=school, change_set=change_set, by=by, at=at)


def take_report_back(*, school: int, change_set: int, by: int, at: datetime) -> None:
    """Texts and state stand as they did. Words that somebody has vouched for since are not changed under them."""
    touched = Comment.objects.filter(Q(added_by_id=change_set) | Q(ended_by_id=change_set), school_id=school)
    since = ReportState.objects.filter(school_id=school, ended_at__isnull=True, added_by_id__gt=change_set)
    if since.filter(pupil_id__in=touched.values("pupil_id"), year__in=touched.values("year")).exists():
        raise Refused(VOUCHED_FOR)
    undo(school=school, change_set=change_set, by=by, at=at)
