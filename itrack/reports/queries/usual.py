"""What the reader's report begins with."""

from collections.abc import Mapping
from datetime import datetime

from itrack.foundation.viewer import Viewer
from itrack.reports.models import UsualView
from itrack.reports.queries.asked import FIELDS, Asked, Offered, Unclear, ask

# The point is always the one that is open: remembered, it would show last term's figures as this term's.
REMEMBERED = ("pupils", "subject")


def usual_filters(*, viewer: Viewer, report: str) -> dict[str, str]:
    """The filters this member asked to be remembered, {} for none."""
    kept = UsualView.objects.filter(school_id=viewer.school, member_id=viewer.member, report=report)
    filters = kept.values_list("filters", flat=True).first() or {}
    return {name: str(filters[name]) for name in REMEMBERED if filters.get(name)}


def ask_usually(
    *, viewer: Viewer, said: Mapping[str, str], usual: Mapping[str, str], now: datetime
) -> tuple[Asked, Offered]:
    """Like `ask`, but an address that says nothing means the remembered filters, as far as they still mean something.

    A class of last year, or one that is somebody else's now, is left out without a word.
    """
    if any(name in said for name in FIELDS):
        return ask(viewer=viewer, said=said, now=now)
    filters = dict(usual)
    while filters:
        try:
            return ask(viewer=viewer, said=filters, now=now)
        except Unclear as unclear:
            filters = {name: text for name, text in filters.items() if name != unclear.field}
    return ask(viewer=viewer, said={}, now=now)
